import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {
  DEFAULT_PRESET,
  DEFAULT_TRAINING,
  type LiveModel,
  type ModelSpec,
  RECOMMENDED_TRAINING,
} from '../../state/index.js';
import {tokenLabel} from '../../tokenizers/token-label.js';
import {define} from '../../ui/base/define.js';
import {visibleToken} from '../../ui/base/format.js';
import type {FooterOptions, Picture} from '../../ui/base/gpt-element.js';
import {Memo} from '../../ui/base/memo.js';
import {renderProblem} from '../../ui/base/waiting.js';
import {CorpusElement} from '../../ui/model/corpus-element.js';
import {type ModelText, modelText} from '../../ui/model/model-text.js';
import {renderControls} from './batch-controls.js';
import {styles} from './batch-inspector.styles.js';
import {batchRows} from './batch-rows.js';
import {type BatchView, batchOf, type RowKind} from './batch-source.js';
import {renderTable, type TableView} from './batch-table.js';
import {renderWindow} from './batch-window.js';
import {batchWords, type Cell, cellWords} from './batch-words.js';

/** Milliseconds between two redraws while steps come in. */
const REDRAW_MS = 300;
/** CSS pixels of a character in a cell, of a cell's padding, and of the row headers. */
const CHARACTER_PX = 7.9;
const PADDING_PX = 9;
/** CSS pixels between two tensors side by side, and the width from which they are. */
const GAP_PX = 32;
const BESIDE_PX = 960;
const HEADER_PX = 44;
/** A column is at least as wide as −100, and at most as wide as this many characters. */
const MIN_COLUMN_PX = 34;
const MAX_NAME_LENGTH = 8;
/** CSS pixels of the words before a window’s tokens, the fewest tokens, and the width from which the whole batch is unfolded. */
const HEAD_PX = 84;
const FEWEST = 4;
const UNFOLDED_PX = 560;
const MAX_COLUMNS = 32;
const MAX_ROWS = 64;

/**
 * What does one training step see? The batch that the trainer draws: B windows of T tokens, and for each position the
 * next token. Or one line of text per row: then rows differ in length, and some positions are padded or masked.
 *
 * Shows `batch` if it is set, else the batch of a step of the model (`for`, an ancestor `<gpt-model>`, the page's default
 * model). Starts no engine, unless the model comes trained.
 *
 * @summary The tensors of a batch: inputs and targets, row by row, with padding and masks.
 * @group ids → batches
 * @event {CustomEvent<{step: number}>} gpt-batch - The reader chose another step's batch.
 * @slot lead - Replaces the sentence above the tensors.
 * @csspart lead - The sentence above the tensors.
 * @csspart window - One row, token by token: what the model reads and what it should predict.
 * @csspart tensors - The whole batch; folded away where there is little room.
 * @csspart inputs - The tensor of inputs.
 * @csspart targets - The tensor of targets.
 * @csspart text - The selected row as text.
 * @csspart controls - Step, rows, ids or tokens.
 * @csspart readout - The line that describes the highlighted position.
 * @csspart footer - Facts, code, export, embed.
 * @cssproperty --gpt-query - Inputs.
 * @cssproperty --gpt-key - Targets.
 * @cssproperty --gpt-masked - The hatching of padded and masked positions.
 */
export class BatchInspector extends CorpusElement<{model: LiveModel; spec: ModelSpec}, ModelText> {
  static override styles = [...CorpusElement.styles, styles];
  static override lead =
    'What does the model get to read? Windows of text, and for each token the one that comes next.';

  /** A batch to show: `{tokens: {ids, batchSize, length}, labels, lengths?}`, row by row; a negative label means no target. */
  @property({attribute: false}) accessor batch: BatchView | undefined;
  /** `windows`, as training draws them, or `lines`: one line of the text per row, padded to the longest. */
  @property({reflect: true}) accessor rows: RowKind = 'windows';
  /** The training step, from 1. Default: follows the training. */
  @property({type: Number, reflect: true}) accessor step: number | undefined;
  /** B, 1 … 64. Default: the model's. */
  @property({type: Number, reflect: true, attribute: 'batch-size'}) accessor batchSize: number | undefined;
  /** The seed of the order of windows. Default: the model's seed. */
  @property({type: Number, reflect: true}) accessor seed: number | undefined;
  /** With `rows="lines"` and a toy task: masks the targets of the questions. */
  @property({type: Boolean, reflect: true, attribute: 'answers-only'}) accessor answersOnly = false;
  /** Shows ids instead of tokens. */
  @property({type: Boolean, reflect: true, attribute: 'with-ids'}) accessor withIds = false;
  /** Leaves out the controls. */
  @property({type: Boolean, reflect: true, attribute: 'without-controls'}) accessor withoutControls = false;
  /** Leaves out the text of the selected row. */
  @property({type: Boolean, reflect: true, attribute: 'without-text'}) accessor withoutText = false;

  @state() private accessor highlighted: Cell | undefined;
  /** The index of the row whose text is shown while no other is pointed at. */
  @state() private accessor chosen = 0;
  /** Whether the reader has unfolded the whole batch, or folded it. */
  @state() private accessor unfolded: boolean | undefined;
  /** The first column on show. */
  @state() private accessor from = 0;

  #shown?: BatchView;
  #timer?: ReturnType<typeof setTimeout>;
  #followed?: LiveModel;
  #width = MIN_COLUMN_PX;
  readonly #made = new Memo();
  readonly #measured = new Memo();
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  protected override request(): {model: LiveModel; spec: ModelSpec} | undefined {
    const {batch, model} = this;
    return batch || !model ? undefined : {model, spec: model.spec};
  }

  protected override load({model}: {model: LiveModel}): Promise<ModelText> {
    return modelText(model);
  }

  protected override modelChanged(model: LiveModel | undefined): void {
    this.#followed?.removeEventListener('gpt-step', this.#onStep);
    model?.addEventListener('gpt-step', this.#onStep);
    this.#followed = model;
  }

  #onStep = (): void => {
    if (this.step !== undefined || this.batch || !this.loaded.visible) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.requestUpdate();
    }, REDRAW_MS);
  };

  /** The step on show: `step`, else the last completed one, else the first. */
  get #step(): number {
    return Math.max(1, Math.floor(this.step ?? this.model?.step ?? 1) || 1);
  }

  get #batchSize(): number {
    const {facts, spec} = this.model ?? {};
    const size =
      this.batchSize ??
      facts?.training.batchSize ??
      RECOMMENDED_TRAINING[spec?.preset ?? DEFAULT_PRESET].batchSize ??
      DEFAULT_TRAINING.batchSize;
    return Math.min(MAX_ROWS, Math.max(1, Math.floor(size) || 1));
  }

  get #seed(): number {
    return this.seed ?? this.model?.spec.seed ?? 0;
  }

  /** Whether both tensors stand side by side, each row beside its targets. */
  get #beside(): boolean {
    return this.size.width >= BESIDE_PX;
  }

  /** How many columns fit. */
  get #columns(): number {
    const {width} = this.size;
    const room = this.#beside ? (width - GAP_PX) / 2 : width;
    const fit = Math.floor((room - HEADER_PX) / (this.#columnWidth + 1));
    return Math.min(MAX_COLUMNS, Math.max(4, fit));
  }

  /** The width of a column in CSS pixels: what the longest token of either tensor needs. */
  get #columnWidth(): number {
    const batch = this.#shown;
    if (!batch || !this.#measured.changed(batch, this.withIds, this.loaded.data)) return this.#width;
    const ids = new Set([...batch.tokens.ids, ...batch.labels]);
    const lengths = [...ids]
      .filter((id) => id >= 0)
      .map((id) => (this.withIds ? String(id) : this.#name(id)).length);
    const longest = Math.min(MAX_NAME_LENGTH, Math.max(1, ...lengths));
    return (this.#width = Math.max(MIN_COLUMN_PX, Math.ceil(PADDING_PX + CHARACTER_PX * longest)));
  }

  get #hasAnswers(): boolean {
    return this.model?.spec.corpus.kind === 'toy';
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const text = this.loaded.data;
    const request = {
      rows: this.rows,
      step: this.#step,
      batchSize: this.#batchSize,
      seed: this.#seed,
      answersOnly: this.answersOnly && this.#hasAnswers,
    };
    if (!this.#made.changed(this.batch, text, ...Object.values(request))) return;
    this.#shown = this.batch ?? (text && batchOf(text, request));
    const {batchSize = 1, length = 1} = this.#shown?.tokens ?? {};
    this.chosen = Math.min(this.chosen, batchSize - 1);
    this.from = Math.min(this.from, Math.max(0, length - 1));
    if (this.highlighted && (this.highlighted.row >= batchSize || this.highlighted.column >= length))
      this.highlighted = undefined;
  }

  #token = (id: number): string => {
    const tokenizer = this.loaded.data?.tokenizer;
    return tokenizer ? tokenLabel(tokenizer, id) : String(id);
  };

  #name = (id: number): string => visibleToken(this.#token(id));

  #go(step: number | undefined): void {
    this.step = step;
    this.emit('gpt-batch', {step: this.#step});
  }

  /** Highlights a position, and scrolls to its column. */
  #highlight = (cell: Cell | undefined): void => {
    this.highlighted = cell;
    if (!cell) return;
    if (cell.column < this.from) this.from = Math.max(0, cell.column - this.#columns + 1);
    else if (cell.column >= this.from + this.#columns) this.from = cell.column;
  };

  protected override get isWaiting(): boolean {
    return !this.#shown && !this.loaded.error && !this.modelProblem;
  }

  protected override facts(): TemplateResult | string {
    return this.batch ? 'A batch given by this page' : super.facts();
  }

  protected override footer(): FooterOptions {
    const batch = this.#shown;
    return {
      snippet: this.batch ? undefined : this.rows === 'lines' ? 'collate' : 'batch',
      picture: batch && (() => this.#picture(batch)),
      table: batch && (() => batchRows(batch, this.#token)),
    };
  }

  protected override renderBody(): TemplateResult {
    const batch = this.#shown;
    const problem = this.batch ? undefined : (this.modelProblem ?? this.loaded.error);
    return html`
      ${problem ? renderProblem(problem, this.modelProblem ? this.retryModel : this.loaded.retry) : nothing}
      ${batch ? this.#renderBatch(batch) : problem ? nothing : this.#renderWaiting()}
      <p class="readout" part="readout">
        ${batch && this.highlighted ? cellWords(batch, this.highlighted, this.#name) : batch ? 'Point at a position to see what the model reads there and what it should predict.' : ''}
      </p>
      <p class="totals">${batch ? batchWords(batch, this.#step) : ''}</p>
    `;
  }

  async #picture(batch: BatchView): Promise<Picture> {
    const {batchPicture} = await import('./batch-picture.js');
    const text = this.withIds ? String : this.#name;
    return batchPicture({batch, from: this.from, columns: this.#columns, text}, this.colors.theme);
  }

  #renderWaiting(): TemplateResult {
    const {message = 'Reading the text'} = this.model?.loading ?? {};
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

  get #isUnfolded(): boolean {
    return this.unfolded ?? this.size.width >= UNFOLDED_PX;
  }

  #onToggle = (event: Event): void => {
    const {open} = event.target as HTMLDetailsElement;
    if (open !== this.#isUnfolded) this.unfolded = open;
  };

  #renderBatch(batch: BatchView): TemplateResult {
    const {length} = batch.tokens;
    const columns = this.#columns;
    const isLast = this.from + columns >= length;
    const row = this.highlighted?.row ?? this.chosen;
    const origin = batch.origins?.[row];
    const view: Omit<TableView, 'kind'> = {
      batch,
      from: this.from,
      columns,
      width: this.#columnWidth,
      ids: this.withIds,
      name: this.#name,
      highlighted: this.highlighted,
      chosen: row,
      point: this.#highlight,
      choose: (row) => (this.chosen = row),
    };
    return html`
      ${renderWindow({
        ...view,
        row,
        columns: Math.max(FEWEST - 1, Math.floor((this.size.width - HEAD_PX) / (this.#columnWidth + 3))),
        column: this.highlighted?.column ?? Math.min(length - 1, this.from + FEWEST - 2),
      })}
      ${this.withoutControls || this.batch ? nothing : this.#renderControls()}
      <details class="batch" part="tensors" .open=${this.#isUnfolded} @toggle=${this.#onToggle}>
      <summary>${batch.tokens.batchSize === 1 ? 'The batch has this one row' : `The whole batch: ${batch.tokens.batchSize} such rows`}</summary>
      ${
        length > columns
          ? html`<div class="pager">
              <button aria-label="Previous columns" aria-disabled=${this.from === 0} @click=${() => (this.from = Math.max(0, this.from - columns))}>‹</button>
              <span>positions ${this.from} to ${Math.min(length, this.from + columns) - 1} of ${length}</span>
              <button aria-label="Next columns" aria-disabled=${isLast} @click=${() => (this.from += isLast ? 0 : columns)}>›</button>
            </div>`
          : nothing
      }
      <div class="tensors ${this.#beside ? 'beside' : ''}">
        ${renderTable({...view, kind: 'inputs'})} ${renderTable({...view, kind: 'targets'})}
      </div>
      <p class="legend ${batch.labels.some((label) => label < 0) ? '' : 'idle'}"><span class="swatch"></span> hatched: no target (−100), ignored by the loss</p>
      ${
        this.withoutText || !origin
          ? nothing
          : html`<div class="text" part="text">
              <p class="title">Row ${row} is ${origin.label}:</p>
              <blockquote dir="auto" tabindex="0" aria-label="Row ${row} in the text">${origin.before}<mark>${origin.row}</mark>${origin.after}</blockquote>
            </div>`
      }
      </details>
    `;
  }
}

define('batch-inspector', BatchInspector);

declare global {
  interface HTMLElementTagNameMap {
    'batch-inspector': BatchInspector;
  }
  interface GlobalEventHandlersEventMap {
    'gpt-batch': CustomEvent<{step: number}>;
  }
}
