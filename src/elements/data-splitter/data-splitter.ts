import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import type {CorpusSpec} from '../../data/corpus.js';
import type {Delimiter} from '../../data/labeled/read-rows.js';
import type {Columns} from '../../data/labeled/table.js';
import {giveLabeled, type LabeledData, labeledOf} from '../../state/labeled-data.js';
import type {LiveModel} from '../../state/live-model.js';
import {define} from '../../ui/base/define.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import {renderProblem} from '../../ui/base/waiting.js';
import {whole} from '../../ui/base/whole.js';
import {type Before, bringBack, keep} from '../../ui/model/before.js';
import {CorpusElement} from '../../ui/model/corpus-element.js';
import {CorpusSource, type CorpusSourceHost} from '../../ui/model/corpus-source.js';
import {corpusSourceStyles} from '../../ui/model/corpus-source.styles.js';
import {contextLengthOf} from '../../ui/model/model-text.js';
import {withContext} from '../../ui/model/with-context.js';
import {renderColumns} from './columns-view.js';
import {styles} from './data-splitter.styles.js';
import {betterContext, copiesWords, cutShare, cutWords, unreadableWords} from './findings.js';
import {renderFlow} from './flow-view.js';
import {type TableLook, TableReader, type TableRequest} from './read-table.js';
import {GENERATED, TABLES} from './sources.js';

/** Milliseconds after the last keystroke before an edited text is read. */
const REST_MS = 400;
/** Malformed rows that are listed at first. */
const MOST_LISTED = 8;

/**
 * Makes a training, a validation and a test set of a table of labeled texts: TSV or CSV, pasted, dropped, chosen or from an address. Shows
 * what becomes of every row, and gives the sets to the page's model, from which `classifier-trainer` takes them.
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
 * @csspart flow - The bars that show what becomes of the rows.
 * @csspart findings - What there is to know about the texts.
 * @csspart footer - Facts, code, export, embed.
 * @cssproperty --gpt-masked - The hatching of rows that are left out.
 * @cssproperty --gpt-train - The training set.
 * @cssproperty --gpt-validation - The validation set.
 */
export class DataSplitter extends CorpusElement<TableRequest, TableLook> implements CorpusSourceHost {
  static override styles = [...CorpusElement.styles, corpusSourceStyles, styles];
  static override lead =
    'What does a classifier learn from? Texts with a class each. Bring a table of your own, and see what becomes of every row before any training.';

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
  @state() private accessor allMalformed = false;
  /** The model before it got a longer context. */
  @state() private accessor previous: Before | undefined;
  @state() private accessor message = '';

  #spec: CorpusSpec = GENERATED;
  #timer?: ReturnType<typeof setTimeout>;
  readonly #reader = new TableReader();
  readonly #source = new CorpusSource(this, false, TABLES);

  /** @internal */
  get takesCorpus(): boolean {
    return !this.withoutSources;
  }

  /** @internal */
  showCorpus(): void {}

  /** @internal */
  corpusChosen(): void {
    clearTimeout(this.#timer);
    this.message = '';
    this.#timer = setTimeout(() => {
      const {chosen} = this.#source;
      if (!chosen) return;
      this.#spec = chosen;
      this.columns = this.delimiter = undefined;
      this.allMalformed = false;
      this.requestUpdate();
    }, REST_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

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

  protected override load(
    request: TableRequest,
    signal: AbortSignal,
    show: (look: TableLook) => void,
  ): Promise<TableLook> {
    return this.#reader.read(request, signal, show);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('for')) this.previous = undefined;
  }

  /** The choices of columns follow what was read, also after the reader has touched them. */
  protected override updated(): void {
    for (const {options} of this.renderRoot.querySelectorAll<HTMLSelectElement>('select[data-column]'))
      options.selectedIndex = [...options].findIndex(({defaultSelected}) => defaultSelected);
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
    this.message = data
      ? `The classifier now learns from ${data.name}.`
      : 'The classifier learns from its generated messages again.';
    this.emit('gpt-labeled', {data});
  }

  /** Gives the model a longer context, for which it starts anew. */
  async #lengthen(model: LiveModel, context: number): Promise<void> {
    this.previous = await keep(model);
    const change = await withContext(model, context);
    model.spec = {...model.spec, ...change};
    this.message = `The model now reads ${whole(context)} tokens. It starts from untrained weights: train it on tales first, or see how far a classifier without pretraining comes.`;
  }

  #undo = async (): Promise<void> => {
    const before = this.previous;
    if (!before) return;
    this.previous = undefined;
    try {
      await bringBack(before);
      this.message = 'The model has its former context and weights again.';
    } catch (error) {
      this.message = (error as Error).message;
    }
  };

  protected override renderBody(): TemplateResult {
    const look = this.loaded.data;
    const problem = this.loaded.error ?? this.modelProblem;
    return html`
      ${this.withoutSources ? nothing : html`<div part="sources">${this.#source.render()}</div>`}
      ${problem ? renderProblem(problem, this.loaded.error ? this.loaded.retry : this.retryModel) : nothing}
      ${look ? this.#renderLook(look) : problem ? nothing : html`<div class="waiting" role="status">Reading the table …</div>`}
      ${this.#source.dragging ? html`<div class="drop">Drop a table: TSV or CSV</div>` : nothing}
    `;
  }

  #renderLook(look: TableLook): TemplateResult {
    const {reading} = look;
    const {result, problem} = reading;
    return html`<section class="look" aria-label=${look.name}>
      <h2>${look.name}: ${whole(reading.rows)} rows</h2>
      ${result ? renderFlow(reading, result, !this.unbalanced) : nothing}
      ${
        this.withoutColumns
          ? nothing
          : html`<div part="columns">
              ${renderColumns({reading, change: (change) => void Object.assign(this, change)})}
            </div>`
      }
      ${problem ? renderProblem(problem) : nothing}
      ${result ? html`${this.#renderFindings(look)} ${this.#renderGive(look)}` : nothing}
    </section>`;
  }

  #renderFindings(look: TableLook): TemplateResult {
    const {lengths, reading} = look;
    const {model} = this;
    const {split, malformed, malformedRows} = reading.result!;
    const words = [copiesWords(look), unreadableWords(look)].filter((one) => one !== undefined);
    const shown = malformed.slice(0, this.allMalformed ? malformed.length : MOST_LISTED);
    const hidden = malformedRows - shown.length;
    return html`<div class="findings" part="findings">
      <p>
        The model gets numbers for the classes:
        ${split.classes.map((name, label) => html`<span class="code">${name} = ${label}</span> `)}
      </p>
      ${words.map((one) => html`<p>${one}</p>`)}
      ${model ? html`<p>${lengths ? cutWords(lengths, contextLengthOf(model)) : this.loaded.error ? '' : 'Counting tokens …'}</p>` : nothing}
      ${model ? this.#renderContext(lengths, model) : nothing}
      ${
        malformedRows > 0
          ? html`<details>
              <summary>${whole(malformedRows)} ${malformedRows === 1 ? 'row was' : 'rows were'} left out</summary>
              <ul>
                ${shown.map(({line, problem}) => html`<li>Line ${whole(line)} ${problem}.</li>`)}
              </ul>
              ${
                malformed.length > MOST_LISTED
                  ? html`<button @click=${() => (this.allMalformed = !this.allMalformed)}>
                      ${this.allMalformed ? `Show the first ${MOST_LISTED}` : `Show ${malformed.length === malformedRows ? 'all' : 'the first'} ${whole(malformed.length)}`}
                    </button>`
                  : hidden > 0
                    ? html`<p>… and ${whole(hidden)} more.</p>`
                    : nothing
              }
            </details>`
          : nothing
      }
    </div>`;
  }

  /** A longer context, where the model's own cuts many texts. */
  #renderContext(lengths: Int32Array | undefined, model: LiveModel): TemplateResult | typeof nothing {
    const {previous} = this;
    if (previous) return html`<p><button @click=${this.#undo}>Undo: back to the former context</button></p>`;
    const better = lengths && betterContext(lengths, contextLengthOf(model));
    if (!lengths || !better) return nothing;
    const share = cutShare(lengths, better);
    return html`<p class="offer">
      A context of ${whole(better)} tokens would cut ${share === 0 ? 'none' : `${(100 * share).toFixed(1)} %`}. GPT-2 reads
      1,024: load it with <code>gpt2-loader</code> and finetune it instead.
      <button @click=${() => this.#lengthen(model, better)}>Use a context of ${whole(better)}</button>
    </p>`;
  }

  #renderGive({data}: TableLook): TemplateResult {
    const given = labeledOf(this.model);
    const isGiven = data !== undefined && given === data;
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
