import {html, nothing, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {DEFAULT_PRESET, DEFAULT_TRAINING, type LiveModel, RECOMMENDED_TRAINING} from '../../state/index.js';
import {define} from '../../ui/base/define.js';
import {visibleToken} from '../../ui/base/format.js';
import type {Picture} from '../../ui/base/gpt-element.js';
import {LegacyElement} from '../../ui/base/legacy-element.js';
import {Memo} from '../../ui/base/memo.js';
import {modelFacts} from '../../ui/base/model-facts.js';
import {SizeController} from '../../ui/base/size-controller.js';
import {TextController} from '../../ui/base/text-controller.js';
import {VisibleController} from '../../ui/base/visible-controller.js';
import {ModelController} from '../../ui/model/model-controller.js';
import {renderControls} from './batch-controls.js';
import {styles} from './batch-inspector.styles.js';
import {batchRows} from './batch-rows.js';
import {type BatchView, batchOf, type RowKind} from './batch-source.js';
import {renderTable, type TableView} from './batch-table.js';
import {batchWords, type Cell, cellWords} from './batch-words.js';

/** Milliseconds between two redraws while steps come in. */
const REDRAW_MS = 300;
/** CSS pixels of a character in a cell, of what stands around it, and beside the columns. */
const CHARACTER_PX = 7.9;
const AROUND_PX = 9;
const BESIDE_PX = 44;
/** A column is as wide as −100, and at most as this many characters. */
const LEAST_COLUMN_PX = 34;
const LONGEST_NAME = 8;
const MOST_COLUMNS = 32;
const MOST_ROWS = 64;

/**
 * What does one training step see? The batch as the trainer draws it: B windows of T tokens, and for each place the token
 * that comes next. Or one line a row, where rows differ in length: then what is padded and what is masked.
 *
 * Shows `batch` where one is set; else the batch of a step of the model (`for`, an ancestor `<gpt-model>`, the page's default
 * model). Starts no engine, unless the model
 * comes trained.
 *
 * @summary The tensors of a batch: inputs and targets, row by row, with padding and masks.
 * @group ids → batches
 * @event {CustomEvent<{step: number}>} gpt-batch - The reader looks at another step's batch.
 * @slot lead - Replaces the sentence above.
 * @csspart lead - The sentence above.
 * @csspart inputs - The tensor of inputs.
 * @csspart targets - The tensor of targets.
 * @csspart text - The chosen row as text.
 * @csspart controls - Step, rows, what is written.
 * @csspart readout - The line that says what is notable or pointed at.
 * @csspart footer - Facts, code, export, embed.
 * @cssproperty --gpt-query - Inputs.
 * @cssproperty --gpt-key - Targets.
 * @cssproperty --gpt-masked - Hatching of what is padded or masked.
 */
export class BatchInspector extends LegacyElement {
  static override styles = [...LegacyElement.styles, styles];

  /** A batch to show: `{tokens: {ids, batchSize, length}, labels, lengths?}`, row after row; a negative label is no target. */
  @property({attribute: false}) accessor batch: BatchView | undefined;
  /** `windows` as training draws them, or `lines`: one line of the text a row, padded to the longest. */
  @property({reflect: true}) accessor rows: RowKind = 'windows';
  /** The training step, from 1. Default: follows the training. */
  @property({type: Number, reflect: true}) accessor step: number | undefined;
  /** B, 1 … 64. Default: the model's. */
  @property({type: Number, reflect: true, attribute: 'batch-size'}) accessor batchSize: number | undefined;
  /** Fixes which windows come when. Default: the model's seed. */
  @property({type: Number, reflect: true}) accessor seed: number | undefined;
  /** With `rows="lines"` and a toy task: the questions have no targets. */
  @property({type: Boolean, reflect: true, attribute: 'answers-only'}) accessor answersOnly = false;
  /** Writes ids instead of tokens. */
  @property({type: Boolean, reflect: true, attribute: 'with-ids'}) accessor withIds = false;
  /** Leaves out the controls. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;
  /** Leaves out the chosen row's text. */
  @property({type: Boolean, reflect: true, attribute: 'without-text'}) accessor withoutText = false;

  @state() private accessor highlighted: Cell | undefined;
  @state() private accessor chosen = 0;
  /** The first column on show. */
  @state() private accessor from = 0;

  #shown?: BatchView;
  #timer?: ReturnType<typeof setTimeout>;
  #followed?: LiveModel;
  #width = LEAST_COLUMN_PX;
  readonly #made = new Memo();
  readonly #measured = new Memo();
  readonly #texts = new TextController(this);
  readonly #size = new SizeController(this);
  readonly #visible = new VisibleController(this, (visible) => visible && this.requestUpdate());
  readonly #models = new ModelController(this, ['gpt-facts', 'gpt-status', 'gpt-loading'], (model) => {
    this.#followed?.removeEventListener('gpt-step', this.#onStep);
    model?.addEventListener('gpt-step', this.#onStep);
    this.#followed = model;
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #onStep = (): void => {
    if (this.step !== undefined || this.batch || !this.#visible.visible) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.requestUpdate();
    }, REDRAW_MS);
  };

  /** The step on show: the reader's, else the last one done, else the first. */
  get #step(): number {
    return Math.max(1, Math.floor(this.step ?? this.#models.model?.step ?? 1) || 1);
  }

  get #batchSize(): number {
    const {facts, spec} = this.#models.model ?? {};
    const size =
      this.batchSize ??
      facts?.training.batchSize ??
      RECOMMENDED_TRAINING[spec?.preset ?? DEFAULT_PRESET].batchSize ??
      DEFAULT_TRAINING.batchSize;
    return Math.min(MOST_ROWS, Math.max(1, Math.floor(size) || 1));
  }

  get #seed(): number {
    return this.seed ?? this.#models.model?.spec.seed ?? 0;
  }

  /** So many columns are on show. */
  get #columns(): number {
    const fit = Math.floor((this.#size.width - BESIDE_PX) / (this.#columnWidth + 1));
    return Math.min(MOST_COLUMNS, Math.max(4, fit));
  }

  /** CSS pixels that the batch's longest token needs, in both tensors alike. */
  get #columnWidth(): number {
    const batch = this.#shown;
    if (!batch || !this.#measured.changed(batch, this.withIds, this.#texts.text)) return this.#width;
    const ids = new Set([...batch.tokens.ids, ...batch.labels]);
    const lengths = [...ids]
      .filter((id) => id >= 0)
      .map((id) => (this.withIds ? String(id) : this.#name(id)).length);
    const longest = Math.min(LONGEST_NAME, Math.max(1, ...lengths));
    return (this.#width = Math.max(LEAST_COLUMN_PX, Math.ceil(AROUND_PX + CHARACTER_PX * longest)));
  }

  get #hasAnswers(): boolean {
    return this.#models.model?.spec.corpus.kind === 'toy';
  }

  protected override willUpdate(): void {
    if (!this.batch && this.#visible.visible) this.#texts.want(this.#models.model);
    const {text} = this.#texts;
    const answersOnly = this.answersOnly && this.#hasAnswers;
    const wish = {
      rows: this.rows,
      step: this.#step,
      batchSize: this.#batchSize,
      seed: this.#seed,
      answersOnly,
    };
    if (!this.#made.changed(this.batch, text, ...Object.values(wish))) return;
    this.#shown = this.batch ?? (text && batchOf(text, wish));
    const {batchSize = 1, length = 1} = this.#shown?.tokens ?? {};
    this.chosen = Math.min(this.chosen, batchSize - 1);
    this.from = Math.min(this.from, Math.max(0, length - 1));
    if (this.highlighted && (this.highlighted.row >= batchSize || this.highlighted.column >= length))
      this.highlighted = undefined;
  }

  #token = (id: number): string => {
    const tokenizer = this.#texts.text?.tokenizer;
    return tokenizer && id < tokenizer.vocabSize ? tokenizer.token(id) : String(id);
  };

  #name = (id: number): string => visibleToken(this.#token(id));

  #go(step: number | undefined): void {
    this.step = step;
    this.dispatchEvent(
      new CustomEvent('gpt-batch', {detail: {step: this.#step}, bubbles: true, composed: true}),
    );
  }

  /** Points at a place, and brings its column on show. */
  #point = (cell: Cell | undefined): void => {
    this.highlighted = cell;
    if (!cell) return;
    if (cell.column < this.from) this.from = Math.max(0, cell.column - this.#columns + 1);
    else if (cell.column >= this.from + this.#columns) this.from = cell.column;
  };

  protected override render(): TemplateResult {
    const batch = this.#shown;
    const problem = this.batch ? undefined : (this.#models.problem ?? this.#texts.problem);
    return html`
      ${this.renderLead('One training step looks at many windows at once. They lie on top of each other as the rows of a tensor; beneath it, the tensor of what should come next in every place.')}
      ${problem ? html`<p class="error" role="alert">${problem}</p>` : nothing}
      ${this.withoutControls || this.batch ? nothing : this.#renderControls()}
      ${batch ? this.#renderBatch(batch) : problem ? nothing : this.#renderWaiting()}
      <p class="readout" part="readout">
        ${batch && this.highlighted ? cellWords(batch, this.highlighted, this.#name) : batch ? 'Point at a place to see what the model reads there and what it should answer.' : ''}
      </p>
      <p class="totals">${batch ? batchWords(batch, this.#step) : ''}</p>
      ${this.renderFooter(this.batch ? 'A batch given by this page' : modelFacts(this.#models.model), {
        snippet: this.batch ? undefined : this.rows === 'lines' ? 'collate' : 'batch',
        picture: batch && (() => this.#picture(batch)),
        table: batch && (() => batchRows(batch, this.#token)),
      })}
    `;
  }

  async #picture(batch: BatchView): Promise<Picture> {
    const [{batchPicture}, {readTheme}] = await Promise.all([
      import('./batch-picture.js'),
      import('../../viz/theme.js'),
    ]);
    const text = this.withIds ? String : this.#name;
    return batchPicture({batch, from: this.from, columns: this.#columns, text}, readTheme(this));
  }

  #renderWaiting(): TemplateResult {
    const {message = 'Reading the text'} = this.#models.model?.loading ?? {};
    return html`<div class="waiting" .style="--rows: ${this.#batchSize}">${message} …</div>`;
  }

  #renderControls(): TemplateResult {
    return renderControls({
      step: this.#step,
      following: this.step === undefined,
      rows: this.rows,
      batchSize: this.#batchSize,
      withIds: this.withIds,
      answersOnly: this.answersOnly,
      hasAnswers: this.#hasAnswers && this.rows === 'lines',
      go: (step) => this.#go(step),
      change: (change) => Object.assign(this, change),
    });
  }

  #renderBatch(batch: BatchView): TemplateResult {
    const {length} = batch.tokens;
    const columns = this.#columns;
    const origin = batch.origins?.[this.chosen];
    const view: Omit<TableView, 'kind'> = {
      batch,
      from: this.from,
      columns,
      width: this.#columnWidth,
      ids: this.withIds,
      name: this.#name,
      highlighted: this.highlighted,
      chosen: this.chosen,
      point: this.#point,
      choose: (row) => (this.chosen = row),
    };
    return html`
      ${
        length > columns
          ? html`<div class="pager">
              <button aria-label="Columns before" ?disabled=${this.from === 0} @click=${() => (this.from = Math.max(0, this.from - columns))}>‹</button>
              <span>positions ${this.from} to ${Math.min(length, this.from + columns) - 1} of ${length}</span>
              <button aria-label="Next columns" ?disabled=${this.from + columns >= length} @click=${() => (this.from += columns)}>›</button>
            </div>`
          : nothing
      }
      ${renderTable({...view, kind: 'inputs'})} ${renderTable({...view, kind: 'targets'})}
      <p class="legend ${batch.labels.some((label) => label < 0) ? '' : 'idle'}"><span class="swatch"></span> hatched: no target (−100), the loss passes over it</p>
      ${
        this.withoutText || !origin
          ? nothing
          : html`<div class="text" part="text">
              <p class="title">Row ${this.chosen} is ${origin.label}:</p>
              <blockquote tabindex="0" aria-label="Row ${this.chosen} in the text">${origin.before}<mark>${origin.row}</mark>${origin.after}</blockquote>
            </div>`
      }
    `;
  }
}

define('batch-inspector', BatchInspector);

declare global {
  interface HTMLElementTagNameMap {
    'batch-inspector': BatchInspector;
  }
  interface HTMLElementEventMap {
    'gpt-batch': CustomEvent<{step: number}>;
  }
}
