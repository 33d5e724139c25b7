import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {SPAM_CLASSES} from '../../data/spam-ham/index.js';
import {checkpointName, filesSpec, type LabeledSpec, type LiveModel, type Tune} from '../../state/index.js';
import {announceLearner, type LabeledData, labeledOf} from '../../state/labeled-data.js';
import {define} from '../../ui/base/define.js';
import {count, decimals, percent} from '../../ui/base/format.js';
import {type FooterOptions, GptElement} from '../../ui/base/gpt-element.js';
import {Loaded} from '../../ui/base/loaded.js';
import {Memo} from '../../ui/base/memo.js';
import {modelFacts} from '../../ui/base/model-facts.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {ThemeController} from '../../ui/base/theme-controller.js';
import {renderProblem} from '../../ui/base/waiting.js';
import {type Before, bringBack, keep} from '../../ui/model/before.js';
import {ModelController} from '../../ui/model/model-controller.js';
import {CanvasSurface} from '../../viz/canvas-surface.js';
import type {Attribution} from './attribution.js';
import {Classifier, type Start} from './classifier.js';
import {styles} from './classifier-trainer.styles.js';
import type {Metric} from './curves.js';
import type {HeadReading, NextTokens} from './head.js';
import {loadRecorded} from './load-recorded.js';
import {type Messages, messagesOf} from './messages.js';
import type {PairProps} from './pair-view.js';
import {type CurvePoint, isRecorded, type RecordedRun} from './recorded.js';
import {type Asked, rememberedStep, rememberRun, runName} from './saved-runs.js';

/** What the classifier can start from, by the name of the page's model. */
const startsOf = ({step = 0, spec}: Partial<LiveModel>): Record<Start, string> => ({
  pretrained: spec?.checkpoint
    ? checkpointName(spec.checkpoint)
    : step > 0
      ? 'the page’s trained model'
      : 'the page’s pretrained model',
  random: 'random weights',
});
const TUNES: Readonly<Record<Tune, string>> = {
  head: 'the new head',
  'last-block': 'last block, norm and head',
  blocks: 'all but the embeddings',
  all: 'everything',
  lora: 'LoRA adapters and head',
};
const METRICS: readonly Metric[] = ['accuracy', 'loss'];

/** A classifier that came from a file, and what stood in its place. */
interface FromFile {
  name: string;
  /** The reader's classifier; undefined: none had been made. */
  before: Before | undefined;
  /** The file that this one came from. */
  earlier: FromFile | undefined;
}

const CHART_HEIGHT = 200;
const REDRAW_MS = 100;

/**
 * A GPT becomes a spam filter: its head is replaced by one that scores classes, and a few hundred labeled messages train it. Shows accuracy
 * and loss while it learns, what a bag-of-words baseline makes of the same messages, and, once the test set was scored, every kind of error.
 * Until the reader trains, it shows a recorded run, marked as such.
 *
 * The classifier starts from a model (`for`, an ancestor `<gpt-model>`, the page's default model), which stays as it is.
 *
 * @summary Finetunes the page's model into a spam filter, beside a baseline that only counts words.
 * @group finetuning
 * @event {CustomEvent<{name: string}>} gpt-action - The reader has pressed a button: `train`, `pause`, `resume`, `undo`, `restore`, `score`, `export`, `load`.
 * @slot lead - Replaces the sentence above.
 * @csspart lead - The sentence above.
 * @csspart head - The change of heads, with a message's real numbers.
 * @csspart pair - Two messages with the same words in two orders.
 * @csspart kinds - The kinds of messages, with both classifiers' accuracy.
 * @csspart report - What the test set says.
 * @csspart readout - Precision, recall and F1 in words.
 * @csspart footer - Facts and the embed button.
 * @cssproperty --gpt-attention - The ROC curve.
 */
export class ClassifierTrainer extends GptElement {
  static override styles = [...GptElement.styles, styles];
  static override lead =
    'How does a language model become a spam filter? The GPT’s head, which scores every token, is replaced by one that scores two classes, and some labeled messages train it.';

  protected override lead(): string {
    const {length} = this.#data?.classes ?? SPAM_CLASSES;
    const {lead} = ClassifierTrainer;
    return length === 2
      ? lead
      : lead.replace('two classes', `${length} classes`).replace('spam filter', 'classifier');
  }

  /** What the classifier starts from: `pretrained`, the weights of the page's model, or `random`. */
  @property({reflect: true}) accessor start: Start = 'pretrained';
  /** What is trained: `head`, `last-block`, `blocks`, `all` or `lora`. */
  @property({reflect: true}) accessor tune: Tune = 'blocks';
  /** Fixes the messages, the head's first weights and the batches. */
  @property({type: Number, reflect: true}) accessor seed = 1;
  /** Training steps. Default: what suits the data. */
  @property({type: Number, reflect: true}) accessor steps: number | undefined;
  /** The message to classify. */
  @property({reflect: true}) accessor text = 'You see the cake after you pay me.';
  /** Leaves out the choices and the buttons. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;
  /** Labeled texts to learn from: `{name, classes, train, validation, test}`. Default: what the model was given by a `<data-splitter>`, else generated messages. */
  @property({attribute: false}) accessor data: LabeledData | undefined;

  @state() private accessor threshold = 0.5;
  /** The class that the threshold asks for. */
  @state() private accessor label = 1;
  /** Whether all wrong messages are listed. */
  @state() private accessor allErrors = false;
  /** The classifier's probabilities on the test set, once it was scored. */
  @state() private accessor probs: number[][] | undefined;
  @state() private accessor attribution: Attribution | undefined;
  /** The classifier's answers to `PAIR`. */
  @state() private accessor pair: readonly Attribution[] | undefined;
  /** A run that was computed earlier, once it is loaded. */
  @state() private accessor recording: RecordedRun | undefined;
  @state() private accessor recordingSought = false;
  /** What the reader's classifier makes of a message's last vector. */
  @state() private accessor head: HeadReading | undefined;
  /** What its base would write after the same message. */
  @state() private accessor next: NextTokens | undefined;
  /** The file that the reader's classifier came from. */
  @state() private accessor fromFile: FromFile | undefined;
  @state() private accessor problem = '';
  /** What is wrong with the reader's message. */
  @state() private accessor textProblem = '';

  #views?: typeof import('./views.js');
  #timer?: ReturnType<typeof setTimeout>;
  #asking?: AbortController;
  #recordingAsked = false;
  readonly #asked = new Memo();
  readonly #askedPair = new Memo();
  readonly #noted = new Memo();
  readonly #painted = new Memo();
  readonly #learnedFrom = new Memo();
  readonly #classifier = new Classifier(() => this.#soon());
  readonly #colors = new ThemeController(this);
  readonly #size = new SizeController(this);
  readonly #models = new ModelController(this, ['gpt-facts', 'gpt-labeled'], (model) => this.#follow(model));
  readonly #read = new Loaded<{seed: number; data: LabeledData | undefined}, Messages>(this, {
    request: () => ({seed: this.seed, data: this.#data}),
    load: messagesOf,
  });

  /** The model that was followed last. */
  #base?: LiveModel;
  /** The height of what is shown, kept while other messages are read. At first nearly that of what comes. */
  #kept = '60rem';
  /** Whether the reader is being led here. */
  #leads = false;

  #follow(model: LiveModel | undefined): void {
    if (this.#base) announceLearner(this.#base, undefined);
    if (model) announceLearner(model, () => this.#show());
    this.#base = model;
    this.#forget();
  }

  /** Leads the reader here, and again once the texts were read, which moves what is seen. */
  #show(): void {
    this.#leads = true;
    this.scrollIntoView();
    this.requestUpdate();
  }

  #lead(): void {
    if (!this.#leads || !this.#isSettled) return;
    this.#leads = false;
    this.scrollIntoView();
    this.renderRoot.querySelector<HTMLElement>('button.primary')?.focus({preventScroll: true});
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asking?.abort();
    this.#drop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const body = this.renderRoot?.querySelector<HTMLElement>('.body');
    if (body && !this.#isSettled && !body.querySelector('.waiting')) this.#kept = `${body.offsetHeight}px`;
    const isOther =
      this.#learnedFrom.changed(this.#data, this.#models.model?.spec.checkpoint) ||
      ['start', 'tune', 'seed'].some((name) => changed.has(name));
    if (this.hasUpdated && isOther) this.#drop();
    if (!this.#recordingAsked && this.#read.visible) {
      this.#recordingAsked = true;
      void this.#loadViews();
    }
  }

  async #loadViews(): Promise<void> {
    const recording = loadRecorded().catch(() => undefined); // the element is whole without it
    try {
      this.#views = await import('./views.js');
      this.recording = await recording;
      this.recordingSought = true;
    } catch (error) {
      this.problem = (error as Error).message;
    }
  }

  get #asks(): Asked {
    const {start, tune, seed, steps} = this;
    return {start, tune, seed, steps};
  }

  /** The recorded run, where it is the one that the reader would get and has not begun. */
  get #recorded(): RecordedRun | undefined {
    const {recording} = this;
    if (!recording || this.#model || this.#data) return undefined;
    return isRecorded(this.#asks, recording, this.#models.model) ? recording : undefined;
  }

  /** Of the test set, [texts][K]. */
  get #probs(): readonly (readonly number[])[] | undefined {
    return this.probs ?? this.#recorded?.spam.map((p) => [1 - p, p]);
  }

  get #evals(): readonly CurvePoint[] {
    return this.#model?.history.evals ?? this.#recorded?.evals ?? [];
  }

  /** Under which the browser remembers that there is a saved run. */
  get #runName(): string | undefined {
    const {model} = this.#models;
    return model && runName(model, this.#asks, this.#data);
  }

  /** The labeled texts of the page or the reader; undefined: generated messages. */
  get #data(): LabeledData | undefined {
    return this.data ?? labeledOf(this.#models.model);
  }

  /** What the classifier learns from, for the engine, which has no use for the test set. */
  get #learned(): LabeledSpec | undefined {
    const {name, classes, train, validation} = this.#data ?? {};
    return classes && {kind: 'texts', name, classes, train: train!, validation: validation!};
  }

  /** The messages, once those that are meant were read: until then, it still holds the former ones. */
  get #messages(): Messages | undefined {
    const {data} = this.#read;
    return data && data.given === this.#data ? data : undefined;
  }

  /** Ends the reader's classifier. */
  #drop(): void {
    this.#classifier.dispose();
    this.fromFile = undefined;
    this.#forget();
  }

  #forget(): void {
    this.probs = this.attribution = this.pair = this.head = this.next = undefined;
    this.allErrors = false;
    this.label = 1;
    this.problem = this.textProblem = '';
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.requestUpdate();
    }, REDRAW_MS);
  }

  get #model(): LiveModel | undefined {
    return this.#classifier.model;
  }

  /** Runs what a button asks for; what goes wrong is shown. */
  async #act(name: string, work: () => Promise<unknown>): Promise<void> {
    this.problem = '';
    this.emit('gpt-action', {name});
    try {
      await work();
    } catch (error) {
      this.problem = (error as Error).message;
    }
    this.requestUpdate();
  }

  /** The reader's classifier, made where there is none yet. */
  async #ready(): Promise<LiveModel> {
    const base = this.#models.model;
    if (!base) throw new Error(this.#models.problem);
    const {start, tune, seed} = this;
    const classes = this.#data?.classes ?? SPAM_CLASSES;
    const choice = {start, tune, seed, data: this.#learned, classes};
    const model = this.#model ?? this.#classifier.make(base, await base.ready, choice);
    this.requestUpdate();
    await model.ready;
    return model;
  }

  #train = (): Promise<void> =>
    this.#act('train', async () => {
      const model = await this.#ready();
      this.probs = undefined;
      await model.train(this.steps ? {steps: this.steps} : {});
    });

  /** Takes the saved run up again, also after a reload. */
  #restore = (): Promise<void> =>
    this.#act('restore', async () => {
      const model = await this.#ready();
      if ((await model.saved())?.step) await model.restore();
      else rememberRun(this.#runName!, undefined); // the browser has deleted it
    });

  /** Takes a classifier that was exported, in the place of the reader's. A file that cannot be read changes nothing. */
  #load = (event: Event): Promise<void> =>
    this.#act('load', async () => {
      const input = event.target as HTMLInputElement;
      const [file] = input.files ?? [];
      input.value = ''; // the same file can be chosen again
      if (!file) return;
      const own = this.#model;
      const before = own && (await keep(own));
      try {
        const model = await this.#ready();
        await model.load(filesSpec([{path: file.name, blob: file}]));
      } catch (error) {
        if (!own) this.#classifier.dispose();
        throw error;
      }
      this.#forget();
      this.fromFile = {name: file.name, before, earlier: this.fromFile};
    });

  /** Brings back what a loaded classifier has replaced. */
  #unload = (): Promise<void> =>
    this.#act('undo', async () => {
      const {before, earlier} = this.fromFile!;
      this.#forget();
      this.fromFile = earlier;
      if (before) await bringBack(before);
      else this.#classifier.dispose();
    });

  #export = (): Promise<void> =>
    this.#act('export', async () => {
      const {download} = await import('../../ui/export/download.js');
      const model = this.#model!;
      download(await model.saveFile({format: 'script'}), `${model.name}.zip`);
    });

  #undo = (): Promise<void> =>
    this.#act('undo', async () => {
      const model = this.#model!;
      this.#forget();
      await model.stop();
      await model.reset();
      if (!this.fromFile) rememberRun(this.#runName!, undefined);
      await model.discard();
    });

  #score = (): Promise<void> =>
    this.#act('score', async () => {
      const {test} = this.#messages!;
      this.probs = await this.#model!.classify({texts: test.map(({text}) => text)});
    });

  /** Classifies the reader's message again when it, or the weights, changed. */
  protected override updated(): void {
    this.#paint();
    this.#lead();
    const model = this.#model;
    const saved = model?.savedFact?.step;
    if (saved && !this.fromFile && this.#noted.changed(model, saved)) rememberRun(this.#runName!, saved);
    if (!this.#views || !model?.facts || model.status === 'training' || !this.text.trim()) return;
    if (!this.#asked.changed(model, model.spec, model.step, model.status, this.text)) return;
    this.#asking?.abort();
    const {signal} = (this.#asking = new AbortController());
    void this.#ask(model, signal).catch((error: Error) => {
      if (signal.aborted) return;
      this.attribution = undefined;
      this.textProblem = error.message;
    });
  }

  async #ask(model: LiveModel, signal: AbortSignal): Promise<void> {
    const {attribute, PAIR} = this.#views!;
    const attribution = await attribute(model, this.text, signal);
    if (signal.aborted) return;
    this.attribution = attribution;
    this.textProblem = '';
    await this.#askHead(model, signal);
    if (this.#data || !this.#askedPair.changed(model, model.spec, model.step, model.status)) return;
    const pair: Attribution[] = [];
    for (const {text} of PAIR) pair.push(await attribute(model, text, signal));
    if (!signal.aborted) this.pair = pair;
  }

  async #askHead(model: LiveModel, signal: AbortSignal): Promise<void> {
    const base = this.#models.model;
    if (!base) return;
    const {readHead, readNext, PAIR} = this.#views!;
    const text = this.#data ? this.text : PAIR[0].text;
    const head = await readHead(model, text, signal);
    const next = await readNext(base, text, signal);
    if (!signal.aborted) Object.assign(this, {head, next});
  }

  #paint(): void {
    const evals = this.#evals;
    const canvases = [...this.renderRoot.querySelectorAll<HTMLCanvasElement>('canvas[data-metric]')];
    if (canvases.length === 0) return;
    const steps = this.#steps;
    const classes = this.#messages?.classes.length ?? 2;
    const {theme} = this.#colors;
    const width = this.#chartWidth;
    const last = evals.at(-1)?.step;
    if (width <= 0 || !this.#painted.changed(canvases[0], evals.length, last, steps, theme, width)) return;
    for (const canvas of canvases)
      this.#views!.drawCurves(
        new CanvasSurface(canvas, width, CHART_HEIGHT),
        canvas.dataset.metric as Metric,
        {evals, steps, classes},
        theme,
      );
  }

  get #steps(): number {
    return this.steps ?? this.#model?.facts?.training.steps ?? this.#recorded?.steps ?? 1;
  }

  get #chartWidth(): number {
    const {width} = this.#size;
    return width > 700 ? (width - 16) / 2 : width;
  }

  protected override facts(): string {
    return modelFacts(this, this.#model ?? this.#models.model);
  }

  protected override footer(): FooterOptions {
    const {gpt, ...props} = this.#pairProps;
    if (!gpt || this.#data) return {};
    return {
      picture: async () =>
        (await import('./pair-picture.js')).pairPicture({...props, gpt}, this.#size.width || 720),
    };
  }

  protected override renderBody(): TemplateResult {
    return html`<div class="body">
      ${this.#isSettled ? this.#renderSettled() : html`${this.#renderProblem()}<div class="waiting" role="status" .style="min-height: ${this.#kept}">Reading the messages …</div>`}
    </div>`;
  }

  #renderProblem(): TemplateResult | typeof nothing {
    const problem = this.problem || this.#model?.error?.message;
    return problem ? renderProblem(problem) : nothing;
  }

  /** Whether it is known what to show first, so that nothing moves later. */
  get #isSettled(): boolean {
    const {model, problem} = this.#models;
    return this.#messages !== undefined && this.recordingSought && !!(model ?? problem);
  }

  #renderSettled(): TemplateResult {
    return html`${this.#data ? nothing : this.#views!.renderPair(this.#pairProps)} ${this.withoutControls ? nothing : this.#renderControls()}
      ${this.#renderProblem()} ${this.#renderMessages(this.#messages!)}`;
  }

  #renderMessages(messages: Messages): TemplateResult {
    return html`${this.#renderProgress(messages)} ${this.#renderCharts()} ${this.#renderHead()} ${this.#views!.renderKinds(messages, this.#probs)}
      ${this.#renderScore(messages)} ${this.#renderTry(messages)}`;
  }

  #renderHead(): TemplateResult | typeof nothing {
    const head = this.#model ? this.head : this.#recorded?.head;
    const next = this.#model ? this.next : this.#recorded?.next;
    if (!head) return nothing;
    return this.#views!.renderHead({
      reading: head,
      next,
      classes: this.#messages!.classes,
      isUntrained: this.#isUntrained,
      theme: this.#colors.theme,
    });
  }

  get #pairProps(): PairProps {
    return {
      classes: SPAM_CLASSES,
      bag: this.#messages?.bag,
      gpt: this.#model ? (this.#isUntrained ? undefined : this.pair) : this.#recorded?.pair,
      theme: this.#colors.theme,
    };
  }

  #renderControls(): TemplateResult {
    const model = this.#model;
    const busy = model?.status === 'training' || model?.status === 'loading';
    const choose =
      <K extends 'start' | 'tune'>(name: K) =>
      (event: Event) =>
        (this[name] = (event.target as HTMLSelectElement).value as this[K]);
    const options = (labels: Readonly<Record<string, string>>, chosen: string) =>
      Object.entries(labels).map(
        ([value, label]) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`,
      );
    return html`<div class="controls">
      ${this.#renderButtons()}
      <label>Start from <select ?disabled=${busy} @change=${choose('start')}>${options(startsOf(this.#models.model ?? {}), this.start)}</select></label>
      <label>Train <select ?disabled=${busy} @change=${choose('tune')}>${options(TUNES, this.tune)}</select></label>
      ${busy ? nothing : html`<label class="load">Load a classifier <input type="file" accept=".zip" @change=${this.#load} /></label>`}
    </div>`;
  }

  #renderButtons(): TemplateResult {
    const model = this.#model;
    const status = model?.status;
    if (status === 'training')
      return html`<button class="primary" @click=${() => this.#act('pause', () => model!.pause())}>Pause</button>`;
    const undo =
      model && model.step > 0
        ? html`<button @click=${this.#undo}>Undo the finetuning</button>`
        : this.fromFile
          ? html`<button @click=${this.#unload}>Undo the loading</button>`
          : nothing;
    if (status === 'paused' && !this.#isFinished)
      return html`<button class="primary" @click=${() => this.#act('resume', () => model!.resume())}>Resume</button
        >${undo}${this.#renderExport()}`;
    const saved = model ? model.step === 0 && model.savedFact?.step : rememberedStep(this.#runName ?? '');
    const restore = saved
      ? html`<button @click=${this.#restore}>Continue from step ${saved}</button>`
      : nothing;
    return html`<button class="primary" ?disabled=${status === 'loading' || this.#isFinished} @click=${this.#train}>
        ${this.#data ? 'Train the classifier' : 'Train the spam filter'}</button
      >${restore}${undo}${this.#renderExport()}`;
  }

  #renderExport(): TemplateResult | typeof nothing {
    if (!this.#model || this.#isUntrained) return nothing;
    return html`<button
      title="A .zip that GPT2ForSequenceClassification.from_pretrained loads, with a script"
      @click=${this.#export}
    >
      Export to Hugging Face
    </button>`;
  }

  #renderProgress({train, validation, test, name}: Messages): TemplateResult {
    const model = this.#model;
    const facts = model?.facts?.classification;
    if (!model || !facts) {
      const recorded = this.#recorded;
      return html`<p class="facts" role="status">
        ${
          recorded
            ? html`<strong>A recorded run of ${recorded.steps} steps.</strong> Train, and your own run takes its place.`
            : nothing
        }
        ${model?.loading?.message ?? `${train.length} messages to train on, ${validation.length} to watch, ${test.length} for the test.${this.#data ? ` From ${name}.` : ' Half are spam.'}`}
      </p>`;
    }
    if (this.fromFile && model.step === 0)
      return html`<p class="facts" role="status">
        Loaded from <b>${this.fromFile.name}</b>: a finished classifier of ${count(facts.parameters)} parameters.
      </p>`;
    const share = facts.trainable / facts.parameters;
    return html`<p class="facts" role="status">
      <progress max=${this.#steps} .value=${model.step} aria-label="Training"></progress>
      Step ${model.step} of ${this.#steps}. ${count(facts.trainable)} of ${count(facts.parameters)} parameters
      (${percent(share)}) are trained.${facts.cut ? ` ${facts.cut} messages are longer than the context and lose their end.` : ''}
    </p>`;
  }

  #renderCharts(): TemplateResult | typeof nothing {
    const last = this.#evals.at(-1);
    if (!last) return nothing;
    const width = Math.max(0, this.#chartWidth);
    return html`<div class="charts">
      ${METRICS.map(
        (metric) =>
          html`<canvas
            data-metric=${metric}
            role="img"
            aria-label="${metric} at step ${last.step}: training ${decimals(last.train[metric]!, 3)}, validation ${decimals(last.validation[metric]!, 3)}"
            .style="width: ${width}px; height: ${CHART_HEIGHT}px"
          ></canvas>`,
      )}
    </div>`;
  }

  #renderScore(messages: Messages): TemplateResult | typeof nothing {
    const {label, threshold, allErrors} = this;
    const probs = this.#probs;
    const change = (changed: object) => void Object.assign(this, changed);
    if (probs) return this.#views!.renderReport({messages, probs, label, threshold, allErrors, change});
    const {status, facts} = this.#model ?? {};
    if (!this.#isFinished && !(status === 'idle' && facts?.classification?.hasLoadedHead)) return nothing;
    return html`<p>
      <button class="primary" @click=${this.#score}>Score the test set</button> Once, at the end: whoever tunes on it tests
      nothing.
    </p>`;
  }

  #renderTry({classes}: Messages): TemplateResult {
    return html`<div class="controls try">
        <label for="message">Your message</label>
        <input
          id="message"
          .value=${this.text}
          @input=${(event: Event) => (this.text = (event.target as HTMLInputElement).value)}
        />
      </div>
      ${this.#renderReading(classes)}`;
  }

  #renderReading(classes: readonly string[]): TemplateResult {
    if (!this.text.trim()) return html`<p>Write a message to see what the classifier makes of it.</p>`;
    if (this.textProblem) return renderProblem(this.textProblem);
    const found = this.#model ? this.attribution : this.#recordedReading;
    if (!found) return html`<p>Train it, then see what it makes of this message.</p>`;
    return html`${
      this.#isUntrained
        ? html`<p><strong>The new head is not trained yet:</strong> what it says is chance.</p>`
        : nothing
    }${this.#views!.renderReading(found, classes, this.#colors.theme)}`;
  }

  /** Whether its last step was done, now or before a reload. */
  get #isFinished(): boolean {
    const {status, step = 0} = this.#model ?? {};
    return status === 'done' || (status === 'paused' && step >= this.#steps);
  }

  /** Whether the reader's classifier still has the head that it was made with. */
  get #isUntrained(): boolean {
    const {step, facts} = this.#model ?? {};
    return step === 0 && !facts?.classification?.hasLoadedHead;
  }

  /** What the recorded classifier made of the message, if it is one of the pair. */
  get #recordedReading(): Attribution | undefined {
    return this.#recorded?.pair[this.#views!.PAIR.findIndex(({text}) => text === this.text)];
  }
}

define('classifier-trainer', ClassifierTrainer);

declare global {
  interface HTMLElementTagNameMap {
    'classifier-trainer': ClassifierTrainer;
  }
}
