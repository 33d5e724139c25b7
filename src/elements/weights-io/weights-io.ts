import {html, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {
  type CheckpointFile,
  checkpointName,
  type FileFormat,
  filesSpec,
  type LoadedFact,
  type ModelFacts,
  type ModelSpec,
  type TensorDistance,
} from '../../state/index.js';
import type {LiveModel} from '../../state/live-model.js';
import {define} from '../../ui/base/define.js';
import {bytes, count} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {ViewElement} from '../../ui/base/view-element.js';
import {download} from '../../ui/export/download.js';
import {FileWork} from '../../ui/model/file-work.js';
import {fileWorkStyles} from '../../ui/model/file-work.styles.js';
import {droppedFiles, filesOf} from './chosen-files.js';
import {FORMATS, renderSaveList} from './save-list.js';
import {type MapTensor, renderTensorMap, tensorInWords} from './tensor-map.js';
import {styles} from './weights-io.styles.js';

interface WeightsData {
  facts: ModelFacts;
  step: number;
}

/** A model as it was before another was loaded in its place. */
interface Before {
  /** What the reader knows it by. */
  name: string;
  /** The file that it came from. */
  file: string | undefined;
  model: LiveModel;
  spec: ModelSpec;
  /** Its run, as a checkpoint: an autosave may be older. Absent where nothing was trained. */
  run?: Blob;
}

const stepText = (step: number): string => step.toLocaleString('en');

const nameOf = ({step, spec}: LiveModel, file: string | undefined): string => {
  if (step > 0) return `the run at step ${stepText(step)}`;
  return file ?? (spec.checkpoint ? checkpointName(spec.checkpoint) : 'the model before');
};

/** What is done with files that the reader chooses. */
type Purpose = 'load' | 'compare';

/**
 * Saves a model as a file, loads one, and compares the model with a file tensor by tensor. What it loads is checked first: where
 * something is wrong, the model of the page stays as it is.
 *
 * @summary Save a model, load one from files, and compare two.
 * @group weights
 * @event {CustomEvent<LoadedFact>} gpt-loaded - A model was loaded from files.
 * @slot lead - Replaces the sentence above the element.
 * @csspart lead - The sentence above the element.
 * @csspart map - The model's tensors by size.
 * @csspart save - The files that can be saved.
 * @csspart load - Where files are dropped or chosen.
 * @csspart readout - The line that says what happened.
 * @csspart footer - Facts and embed.
 */
export class WeightsIo extends ViewElement<WeightsData> {
  static override styles = [...ViewElement.styles, fileWorkStyles, styles];
  static override lead =
    'How do you save a model and take it elsewhere? All that it has learned is numbers. Download them as a file, and go on another day, in this page or in Python.';

  /** Leaves out the files to save. */
  @property({type: Boolean, reflect: true, attribute: 'without-save'}) accessor withoutSave = false;
  /** Leaves out loading and comparing. */
  @property({type: Boolean, reflect: true, attribute: 'without-load'}) accessor withoutLoad = false;
  /** Writes folders with 16 bits per number: half the size, three significant digits. */
  @property({type: Boolean, reflect: true}) accessor half = false;

  @state() private accessor isOver = false;
  @state() private accessor reading = '';
  /** The tensor that the reader points at. */
  @state() private accessor pointed: MapTensor | undefined;
  @state() private accessor distances: readonly TensorDistance[] | undefined;
  /** Whether the comparison shows all tensors. */
  @state() private accessor showsAll = false;
  /** Loaded when the reader first compares. */
  #comparison?: typeof import('./distances.js');
  /** The models that others were loaded in the place of, the last one last. */
  #before: Before[] = [];
  /** What was loaded last. A checkpoint of this page leaves no name in the model. */
  #file?: string;
  #purpose: Purpose = 'load';
  readonly #work = new FileWork(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('dragover', this.#onDragOver);
    this.addEventListener('dragleave', this.#onDragLeave);
    this.addEventListener('drop', this.#onDrop);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('dragover', this.#onDragOver);
    this.removeEventListener('dragleave', this.#onDragLeave);
    this.removeEventListener('drop', this.#onDrop);
  }

  protected override async load(model: LiveModel): Promise<WeightsData> {
    return {facts: await model.ready, step: model.step};
  }

  protected override modelChanged(): void {
    this.#work.cancel();
    this.distances = undefined;
    this.#before = [];
    this.#file = undefined;
    this.reading = '';
  }

  protected override renderData({facts, step}: WeightsData): TemplateResult {
    const before = this.#before.at(-1);
    const outcome = html`${this.#work.render()}
      <p class="readout" part="readout" role="status">${this.reading || this.#present(facts, step)}</p>
      ${before ? html`<button @click=${this.#undo}>Undo: back to ${before.name}</button>` : nothing}`;
    return html`
      <div class="way ${this.withoutSave ? 'alone' : ''}">
        <section class="model">
          <h3>All that it has learned: ${count(facts.parameters)} numbers</h3>
          ${renderTensorMap(facts.config, this.pointed, (tensor) => (this.pointed = tensor))}
          <p class="pointed note">
            ${this.pointed ? tensorInWords(this.pointed) : 'Each area is a matrix of the model, as large as it has numbers.'}
          </p>
        </section>
        ${
          this.withoutSave
            ? nothing
            : html`<span class="arrow out" aria-hidden="true"></span>${renderSaveList({
                ...{facts, step, half: this.half, pointed: this.pointed, note: this.#saved()},
                isBusy: this.#work.running !== undefined,
                save: (format) => void this.save(format),
                setHalf: (half) => (this.half = half),
              })}`
        }
        ${this.withoutLoad ? nothing : this.#renderLoad(outcome)}
      </div>
      ${this.withoutLoad ? outcome : nothing}
      ${this.distances?.some(({distance}) => distance > 0) ? this.#comparison?.renderDistances(this.distances, this.showsAll, () => (this.showsAll = true)) : nothing}
    `;
  }

  #present({parameters, corpusProblem}: ModelFacts, step: number): string {
    const trained =
      step > 0 ? `, after ${stepText(step)} training ${step === 1 ? 'step' : 'steps'} here` : '';
    const {canceled} = this.#work;
    return `${canceled ? `${canceled} was canceled. ` : ''}The model has ${count(parameters)} parameters${trained}.${corpusProblem ? ` ${corpusProblem}` : ''}`;
  }

  /** What a download holds: readers may take a run that is only kept for the model. */
  #saved(): string {
    const {step, savedFact} = this.model ?? {};
    const kept = step === 0 && savedFact?.step;
    return kept
      ? `This is the model at step 0. ${stepText(kept)} ${kept === 1 ? 'step of an earlier run is' : 'steps of an earlier run are'} kept: press Continue first to save what they taught.`
      : 'The model is saved as it is now.';
  }

  /** @param outcome what came of the last file: it stands where files are chosen */
  #renderLoad(outcome: TemplateResult): TemplateResult {
    const busy = this.#work.running !== undefined;
    return html`<section class="load" part="load">
      <h3><span aria-hidden="true">↑</span> Load a file: it becomes the model</h3>
      <div class="drop ${this.isOver ? 'over' : ''}">
        <p>Drop a checkpoint, a Hugging Face folder, or a .zip of one here. Nothing leaves this computer.</p>
        <div class="choices">
          <button ?disabled=${busy} @click=${() => this.#choose('load', 'files')}>Choose files …</button>
          <button ?disabled=${busy} @click=${() => this.#choose('load', 'folder')}>Choose a folder …</button>
          <button ?disabled=${busy} @click=${() => this.#choose('compare', 'files')}>Compare with a file …</button>
        </div>
        <input hidden type="file" multiple name="files" aria-label="Files" @change=${this.#onChosen} />
        <input hidden type="file" webkitdirectory name="folder" aria-label="Folder" @change=${this.#onChosen} />
      </div>
      ${outcome}
    </section>`;
  }

  /** Saves the model and hands the file to the reader. */
  async save(format: FileFormat): Promise<void> {
    const {model} = this;
    if (!model) return;
    const {name, file} = FORMATS.find((entry) => entry.format === format)!;
    this.reading = '';
    const dtype = this.half ? 'F16' : 'F32';
    const blob = await this.#work.run(`Writing the ${name}`, model, (signal) =>
      model.saveFile({format, dtype}, {signal}),
    );
    if (!blob) return;
    download(blob, `${model.name}-${file}`);
    this.reading = `Saved ${model.name}-${file}: ${bytes(blob.size)}.`;
  }

  /** Loads files in the place of the model. */
  async loadFiles(files: readonly CheckpointFile[]): Promise<LoadedFact | undefined> {
    const {model} = this;
    if (!model) return undefined;
    const checkpoint = filesSpec(files);
    this.reading = '';
    this.distances = undefined;
    const isTraining = model.status === 'training';
    const before: Before = {name: '', file: this.#file, model, spec: model.spec};
    const loaded = await this.#work.run(`Loading ${checkpointName(checkpoint)}`, model, async (signal) => {
      if (isTraining) await model.pause();
      before.name = nameOf(model, this.#file);
      if (model.step > 0) before.run = await model.saveFile({format: 'checkpoint'}, {signal});
      return model.load(checkpoint, {signal});
    });
    if (!loaded) {
      if (isTraining) await model.resume();
      return undefined;
    }
    this.#before.push(before);
    this.#file = checkpointName(checkpoint);
    const {facts, notes, spec} = loaded;
    // Its autosaves belong to these files; a page that is loaded again opens its own model.
    const isLost = spec.checkpoint?.kind === 'files';
    this.reading = [
      `Loaded ${checkpointName(checkpoint)}: ${count(facts.parameters)} parameters.`,
      ...(facts.step > 0 ? [`Its run stands at step ${stepText(facts.step)}: press Resume to go on.`] : []),
      ...(isLost
        ? ['It is not kept when the page is closed, even if it is trained: save it as a file.']
        : []),
      ...notes,
      ...(facts.corpusProblem ? [facts.corpusProblem] : []),
    ].join(' ');
    this.emit('gpt-loaded', loaded);
    return loaded;
  }

  /** Compares the model with files, tensor by tensor. */
  async compareFiles(files: readonly CheckpointFile[]): Promise<void> {
    const {model} = this;
    if (!model) return;
    this.reading = '';
    this.showsAll = false;
    const checkpoint = filesSpec(files);
    const name = checkpointName(checkpoint);
    this.distances = await this.#work.run(`Comparing with ${name}`, model, async (signal) => {
      this.#comparison ??= await import('./distances.js');
      return model.compare(checkpoint, {signal});
    });
    if (this.distances) this.reading = this.#comparison!.distanceSentence(this.distances);
  }

  #undo = async (): Promise<void> => {
    const before = this.#before.pop();
    if (!before) return;
    this.distances = undefined;
    const {name, file, model, spec, run} = before;
    const isDone = await this.#work.run(`Opening ${name}`, model, async (signal) => {
      model.spec = spec;
      await model.start();
      if (run) await model.load(filesSpec([{path: 'before.safetensors', blob: run}]), {signal});
      return true;
    });
    if (isDone) this.#file = file;
    else this.#before.push(before);
    this.reading = isDone ? `Back to ${name}.` : '';
  };

  #choose(purpose: Purpose, name: 'files' | 'folder'): void {
    this.#purpose = purpose;
    this.renderRoot.querySelector<HTMLInputElement>(`input[name="${name}"]`)!.click();
  }

  #onChosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const files = filesOf(input.files ?? []);
    input.value = ''; // the same file can be chosen again
    if (files.length > 0) void this.#take(files);
  };

  #take(files: CheckpointFile[]): Promise<unknown> {
    const purpose = this.#purpose;
    this.#purpose = 'load';
    return purpose === 'load' ? this.loadFiles(files) : this.compareFiles(files);
  }

  #onDragOver = (event: DragEvent): void => {
    if (this.withoutLoad || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isOver = true;
  };

  #onDragLeave = (): void => {
    this.isOver = false;
  };

  #onDrop = async (event: DragEvent): Promise<void> => {
    this.isOver = false;
    if (this.withoutLoad || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    if (this.#work.running !== undefined) {
      this.reading =
        'The dropped files were not read: wait for what is under way, or cancel it, and drop them again.';
      return;
    }
    await this.loadFiles(await droppedFiles(event.dataTransfer));
  };

  protected override footer(): FooterOptions {
    const {distances} = this;
    const data = this.data;
    return {
      picture:
        data &&
        (async () => {
          const {weightsPicture} = await import('./weights-picture.js');
          return weightsPicture(data.facts, data.step, this.colors.theme, this.size.width);
        }),
      table:
        distances &&
        (() => [
          ['tensor', 'shape', 'rms of the file', 'rms difference', 'largest difference'],
          ...distances.map(({name, shape, scale, distance, largest}) => [
            name,
            shape.join(' × '),
            scale,
            distance,
            largest,
          ]),
        ]),
    };
  }
}

define('weights-io', WeightsIo);

declare global {
  interface HTMLElementTagNameMap {
    'weights-io': WeightsIo;
  }
}
