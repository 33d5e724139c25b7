import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {type CorpusSpec, corpusName} from '../../data/corpus.js';
import type {Delimiter} from '../../data/labeled/read-rows.js';
import type {Columns} from '../../data/labeled/table.js';
import {giveLabeled, type LabeledData, labeledOf, learnerOf} from '../../state/labeled-data.js';
import type {LiveModel} from '../../state/live-model.js';
import {define} from '../../ui/base/define.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {renderProblem} from '../../ui/base/waiting.js';
import {whole} from '../../ui/base/whole.js';
import {type Before, bringBack, keep, unsavedWords} from '../../ui/model/before.js';
import {CorpusElement} from '../../ui/model/corpus-element.js';
import {CorpusSource, type CorpusSourceHost} from '../../ui/model/corpus-source.js';
import {corpusSourceStyles} from '../../ui/model/corpus-source.styles.js';
import {contextLengthOf} from '../../ui/model/model-text.js';
import {withContext} from '../../ui/model/with-context.js';
import {styles} from './data-splitter.styles.js';
import type {GivenTable} from './last-table.js';
import {type TableLook, TableReader, type TableRequest} from './read-table.js';
import {GENERATED, MISSING, TABLE_FORM, TABLES} from './sources.js';

/** Loaded with the first table: nothing of it is shown before. */
const loadViews = () => import('./look-view.js');

/**
 * Makes a training, a validation and a test set of a table of labeled texts: TSV or CSV, pasted, dropped, chosen or from an address. Shows
 * what happens to every row, and gives the sets to the page's model, from which `classifier-trainer` takes them.
 *
 * The table is read in a worker. Bad input is refused with a sentence, and the previous texts stay.
 *
 * @summary Reads, balances and splits labeled texts of the reader for a classifier.
 * @group finetuning
 * @event {CustomEvent<{data: LabeledData | undefined}>} gpt-labeled - The reader gave texts to the model, or took them away.
 * @slot lead - Replaces the sentence above.
 * @csspart lead - The sentence above.
 * @csspart sources - The choice of a table.
 * @csspart columns - The first rows, and which column is which.
 * @csspart flow - The drawing of what becomes of the rows.
 * @csspart findings - What there is to know about the texts.
 * @csspart footer - Facts, code, export, embed.
 * @cssproperty --gpt-masked - The hatching of rows that are left out.
 * @cssproperty --gpt-token-1 - The first class; the next ones have `--gpt-token-2` to `--gpt-token-8`.
 */
export class DataSplitter extends CorpusElement<TableRequest, TableLook> implements CorpusSourceHost {
  static override styles = [...CorpusElement.styles, corpusSourceStyles, styles];
  static override lead =
    'What does a classifier learn from? From texts that are each labeled with a class. Bring a table of your own, and see what happens to every row before any training.';

  /** The address of a table to read at first. Default: generated messages. */
  @property({reflect: true}) accessor src = '';
  /** Leaves the classes as they are, instead of giving each as many texts as the rarest has. */
  @property({type: Boolean, reflect: true}) accessor unbalanced = false;
  /** Determines which texts are drawn, and the split. */
  @property({type: Number, reflect: true}) accessor seed = 1;
  /** Leaves out the choice of a table. */
  @property({type: Boolean, reflect: true, attribute: 'without-sources'}) accessor withoutSources = false;
  /** Leaves out the first rows and the choice of columns. */
  @property({type: Boolean, reflect: true, attribute: 'without-columns'}) accessor withoutColumns = false;

  @state() private accessor columns: Columns | undefined;
  @state() private accessor delimiter: Delimiter | undefined;
  /** Whether all rows that were left out are listed. */
  @state() private accessor allLeftOut = false;
  /** The model before it got a longer context. */
  @state() private accessor previous: Before | undefined;
  @state() private accessor message = '';

  /** The table that the reader gave to the model before the page was loaded again. */
  @state() private accessor last: GivenTable | undefined;

  #spec: CorpusSpec = GENERATED;
  #views?: Awaited<ReturnType<typeof loadViews>>;
  /** Whether the table is given to the model as soon as it was read. */
  #gives = false;
  readonly #reader = new TableReader();
  readonly #source = new CorpusSource(this, undefined, TABLES, TABLE_FORM);

  /** @internal */
  get takesCorpus(): boolean {
    return !this.withoutSources;
  }

  /** @internal */
  corpusChosen(): void {
    this.message = '';
  }

  /** @internal */
  corpusRests(chosen: CorpusSpec | undefined): void {
    if (chosen) this.#show(chosen);
  }

  #show(spec: CorpusSpec): void {
    this.#spec = spec;
    this.columns = this.delimiter = undefined;
    this.allLeftOut = this.#gives = false;
    this.requestUpdate();
  }

  /** The classifier may come after its texts. */
  readonly #learnerChanged = (): void => this.requestUpdate();
  #followed?: LiveModel;

  protected override modelChanged(model: LiveModel | undefined): void {
    this.#followed?.removeEventListener('gpt-learner', this.#learnerChanged);
    model?.addEventListener('gpt-learner', this.#learnerChanged);
    this.#followed = model;
    this.last = undefined;
    if (model && !this.withoutSources) void this.#recall(model);
  }

  /** Looks for the table that the reader gave to this model on an earlier visit. */
  async #recall(model: LiveModel): Promise<void> {
    const {lastTable} = await import('./last-table.js');
    const last = await lastTable(model);
    if (this.model === model && !labeledOf(model)) this.last = last;
  }

  #bringBack = (): void => {
    const {spec, name, columns, delimiter, unbalanced, seed} = this.last!;
    this.#source.choose(spec, name);
    this.#show(spec);
    Object.assign(this, {columns, delimiter, unbalanced, seed});
    this.#gives = true;
    this.last = undefined;
  };

  protected override request(): TableRequest {
    const {columns, delimiter, model, seed} = this;
    return {
      spec: this.#spec,
      columns,
      delimiter,
      balanced: !this.unbalanced,
      seed,
      model,
      context: model && contextLengthOf(model),
    };
  }

  protected override async load(
    request: TableRequest,
    signal: AbortSignal,
    show: (look: TableLook) => void,
  ): Promise<TableLook> {
    const views = loadViews();
    const look = await this.#reader.read(request, signal, (look) => {
      void views.then((loaded) => {
        this.#views = loaded;
        if (!signal.aborted) show(look);
      });
    });
    this.#views = await views;
    return look;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('for')) this.previous = undefined;
    if (changed.has('src') && (this.src || changed.get('src'))) {
      const spec: CorpusSpec = this.src ? {kind: 'url', url: this.src} : GENERATED;
      this.#source.choose(spec, corpusName(spec));
      this.#show(spec);
    }
  }

  protected override updated(): void {
    const {data, spec} = this.loaded.data ?? {};
    if (!this.#gives || !data || spec !== this.#spec) return;
    this.#gives = false;
    this.#give(data);
  }

  protected override get isWaiting(): boolean {
    return !this.loaded.data && !this.loaded.error;
  }

  protected override footer(): FooterOptions {
    const {data, name, reading} = this.loaded.data ?? {};
    const result = reading?.result;
    return {
      snippet: 'split-labeled',
      picture:
        result &&
        (async () => {
          const {flowPicture} = await import('./flow-picture.js');
          const {theme} = this.colors;
          return flowPicture(name!, reading, result, {
            balanced: !this.unbalanced,
            theme,
            width: this.size.width,
          });
        }),
      table: data && (() => rowsOf(data)),
    };
  }

  #give(data: LabeledData | undefined): void {
    const {model} = this;
    if (!model) return;
    giveLabeled(model, data);
    this.last = undefined;
    this.message = data
      ? `The classifier now learns from ${data.name}.`
      : 'The classifier learns from its generated messages again.';
    this.emit('gpt-labeled', {data});
    void this.#keep(model, data);
  }

  /** Keeps the table for the next visit, as far as the browser allows. */
  async #keep(model: LiveModel, data: LabeledData | undefined): Promise<void> {
    const {unbalanced, seed} = this;
    const {reading, spec} = this.loaded.data!;
    const {columns, delimiter} = reading;
    const {keepTable} = await import('./last-table.js');
    await keepTable(model, data && {spec, name: data.name, columns, delimiter, unbalanced, seed});
  }

  /** Gives the model a longer context, for which it starts anew. */
  async #lengthen(model: LiveModel, context: number): Promise<void> {
    this.previous = await keep(model);
    const change = await withContext(model, context);
    model.spec = {...model.spec, ...change};
    const unsaved = unsavedWords(this.previous, 'the former context');
    this.message = `The model now reads ${whole(context)} tokens. It starts from untrained weights: train it on tales first, or see how far a classifier without pretraining comes. ${unsaved ?? ''}`;
  }

  #undo = async (): Promise<void> => {
    const before = this.previous;
    if (!before) return;
    this.previous = undefined;
    try {
      await bringBack(before);
      this.message = `The model has its former context${before.saved || !before.steps ? ' and weights' : ''} again.`;
    } catch (error) {
      this.message = (error as Error).message;
    }
  };

  protected override renderBody(): TemplateResult {
    const look = this.loaded.data;
    const problem = this.loaded.error ?? this.modelProblem;
    return html`
      ${problem ? renderProblem(problem, this.loaded.error ? this.loaded.retry : this.retryModel) : nothing}
      ${this.#renderLast()} ${look ? this.#renderLook(look) : html`<div class="waiting reading" role="status">${problem ? '' : 'Reading the table …'}</div>`}
      ${this.withoutSources || !(look || problem) ? nothing : this.#renderSources(look)}
      ${
        look && this.#views
          ? this.#views.renderFindings({
              look,
              model: this.model,
              all: this.allLeftOut,
              toggle: () => (this.allLeftOut = !this.allLeftOut),
              undo: this.previous && this.#undo,
              lengthen: (model, context) => void this.#lengthen(model, context),
            })
          : nothing
      }
      ${this.#source.dragging ? html`<div class="drop">Drop a table: TSV or CSV</div>` : nothing}
    `;
  }

  #renderLast(): TemplateResult | typeof nothing {
    const {last} = this;
    if (!last) return nothing;
    return html`<p class="notice" role="status">
      The last time the classifier learned from ${last.name}. <button @click=${this.#bringBack}>Back to it</button>
    </p>`;
  }

  #renderLook(look: TableLook): TemplateResult | undefined {
    return this.#views?.renderLook({
      look,
      balanced: !this.unbalanced,
      width: this.size.width,
      withoutColumns: this.withoutColumns,
      change: (change) => void Object.assign(this, change),
      give: this.#renderGive(look),
    });
  }

  #renderSources(look: TableLook | undefined): TemplateResult {
    const {chosen, busy, source} = this.#source;
    return html`<div part="sources">
      ${this.#source.render()}
      ${
        chosen || busy
          ? nothing
          : html`<p class="missing" role="status">${MISSING[source]} ${look ? `Still shown: ${look.name}.` : ''}</p>`
      }
    </div>`;
  }

  #renderGive({data}: TableLook): TemplateResult {
    const given = labeledOf(this.model);
    const isGiven = data !== undefined && given === data;
    const show = given && learnerOf(this.model);
    return html`<div class="controls">
        <label
          ><input
            type="checkbox"
            .checked=${!this.unbalanced}
            @change=${(event: Event) => (this.unbalanced = !(event.target as HTMLInputElement).checked)}
          />Equally many of each class</label
        >
        <button class="primary" ?disabled=${!data || !this.model || isGiven} @click=${() => this.#give(data)}>
          Learn from these texts
        </button>
        ${show ? html`<button @click=${show}>Go to the classifier</button>` : nothing}
        ${given ? html`<button @click=${() => this.#give(undefined)}>Back to the generated messages</button>` : nothing}
      </div>
      <p class="readout" role="status">${this.message || 'The texts stay on this page; they are not sent anywhere.'}</p>`;
  }
}

/** The split as a table, for a download. */
function* rowsOf({classes, train, validation, test}: LabeledData): Iterable<string[]> {
  yield ['set', 'class', 'text'];
  for (const [name, set] of Object.entries({train, validation, test}))
    for (const {text, label} of set) yield [name, classes[label]!, text];
}

define('data-splitter', DataSplitter);

declare global {
  interface HTMLElementTagNameMap {
    'data-splitter': DataSplitter;
  }
  interface GlobalEventHandlersEventMap {
    'gpt-labeled': CustomEvent<{data: LabeledData | undefined}>;
  }
}
