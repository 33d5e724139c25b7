import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {type Attention, dot, simpleAttention} from '../../math/attention.js';
import {define} from '../../ui/base/define.js';
import {decimals, percent} from '../../ui/base/format.js';
import {type FooterOptions, GptElement} from '../../ui/base/gpt-element.js';

import {ThemeController} from '../../ui/base/theme-controller.js';
import {viewStyles} from '../../ui/base/view.styles.js';
import {layerStyles} from '../../ui/model/layer-element.styles.js';
import {ExerciseController} from '../../ui/views/exercise.js';
import {exerciseStyles} from '../../ui/views/exercise.styles.js';
import {type NumberCell, type NumberTableProps, renderNumberTable} from '../../ui/views/number-table.js';
import {numberTableStyles} from '../../ui/views/number-table.styles.js';
import {shareScale, signedScale} from '../../viz/color.js';
import {EXAMPLE_TEXT, MOST_TOKENS, vectorOf, WIDTH, wordsOf} from './example.js';
import {styles} from './self-attention-steps.styles.js';

/** What each step shows, in the order of the computation. */
const STEPS = ['Compare', 'Softmax', 'Mix', 'All at once'] as const;

/** The signed scale reaches so far; larger numbers have its end color. */
const EXTENT = 4;

/** Which table a cell that is pointed at belongs to. */
interface Highlight extends NumberCell {
  table: 'x' | 'scores' | 'weights' | 'context';
}

export interface GptVectorsDetail {
  tokens: string[];
  vectors: number[][];
}

/**
 * Attention in its simplest form, with nothing learned: one token compares its vector with all the others, makes shares of the
 * results, and mixes the vectors by these shares. Then all tokens do so at once.
 *
 * Every number of the vectors can be changed, and everything after it follows.
 *
 * @summary Self-attention without trainable weights, step by step: dot products, softmax, weighted sum.
 * @group attention
 * @event {CustomEvent<{tokens: string[], vectors: number[][]}>} gpt-vectors - The reader has changed the text or a number.
 * @event {CustomEvent<{chosen: number, right: boolean}>} gpt-answer - The reader has answered the exercise.
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart tokens - The tokens, of which one asks.
 * @csspart steps - The choice of the step.
 * @csspart tables - The numbers.
 * @csspart exercise - The question, where `exercise` is set.
 * @csspart readout - The line that says how the number pointed at came about.
 * @csspart footer - Code and embed.
 * @cssproperty --gpt-query - The token that asks.
 * @cssproperty --gpt-key - The tokens asked.
 * @cssproperty --gpt-value - What is passed on.
 * @cssproperty --gpt-attention - The color of weight 1; weight 0 is the background.
 */
export class SelfAttentionSteps extends GptElement {
  static override styles = [
    ...GptElement.styles,
    ...viewStyles,
    numberTableStyles,
    exerciseStyles,
    layerStyles,
    styles,
  ];
  static override lead =
    'How does a token find out what matters to it? It compares itself with all tokens, turns the results into shares of one whole, and takes from each token its share. Nothing here is learned yet: these are only the vectors.';

  /** The words, separated by spaces; at most eight. */
  @property({reflect: true}) accessor text: string = EXAMPLE_TEXT;
  /** `[T, D]`: a vector for each word. Default: numbers of our own for the example, arbitrary ones for other words. */
  @property({attribute: false}) accessor vectors: readonly (readonly number[])[] | undefined;
  /** The token that asks, counted from 0. */
  @property({type: Number, reflect: true}) accessor query = 2;
  /** 1: scores of one token. 2: their shares. 3: the mixture. 4: all tokens at once. */
  @property({type: Number, reflect: true}) accessor step = 1;
  /** Asks for a prediction before it shows the shares. */
  @property({type: Boolean, reflect: true}) accessor exercise = false;
  /** Leaves out the field for the text and the button that resets the numbers. */
  @property({type: Boolean, reflect: true, attribute: 'without-text-input'}) accessor withoutTextInput =
    false;

  @state() private accessor highlighted: Partial<Highlight> | undefined;
  /** What the reader has made of the vectors, newest last; the first is what was given. */
  @state() private accessor versions: readonly (readonly (readonly number[])[])[] = [];

  readonly #colors = new ThemeController(this);
  readonly #exercise = new ExerciseController(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('text') || changed.has('vectors')) this.versions = [this.#given()];
    const last = this.tokens.length - 1;
    if (this.query > last || this.query < 0) this.query = Math.max(0, last);
    this.step = Math.min(STEPS.length, Math.max(1, Math.round(this.step) || 1));
  }

  /** The words of the text, as far as they are shown. */
  get tokens(): string[] {
    return wordsOf(this.text).slice(0, MOST_TOKENS);
  }

  #given(): readonly (readonly number[])[] {
    return this.#fits ? this.vectors!.map((row) => [...row]) : this.tokens.map(vectorOf);
  }

  /** Whether `vectors` has a row of equal length for each token. */
  get #fits(): boolean {
    const rows = this.vectors;
    const width = rows?.[0]?.length ?? 0;
    return (
      rows?.length === this.tokens.length &&
      width > 0 &&
      rows.every((row) => row.length === width && row.every(Number.isFinite))
    );
  }

  get #x(): readonly (readonly number[])[] {
    return this.versions.at(-1) ?? [];
  }

  protected override facts(): string {
    return 'Numbers chosen by hand: change them';
  }

  protected override footer(): FooterOptions {
    return {snippet: 'simple-attention'};
  }

  protected override renderBody(): TemplateResult {
    return html`
      ${this.#renderText()}
      ${
        this.tokens.length < 2
          ? html`<p class="waiting">Type at least two words: attention is between tokens.</p>`
          : this.#renderSteps(simpleAttention(this.#x))
      }
    `;
  }

  #renderText(): TemplateResult | typeof nothing {
    if (this.withoutTextInput) return nothing;
    const count = wordsOf(this.text).length;
    return html`<div class="text-input"><label
        >Text
        <input
          spellcheck="false"
          autocomplete="off"
          .value=${this.text}
          @input=${(event: InputEvent) => {
            this.text = (event.target as HTMLInputElement).value;
            void this.updateComplete.then(this.#tell);
          }}
      /></label></div>
      ${count > MOST_TOKENS ? html`<p class="note">The text has ${count} words; the first ${MOST_TOKENS} are shown.</p>` : nothing}
      ${this.vectors && !this.#fits ? html`<p class="error" role="alert">The vectors given are not one row of numbers for each of the ${this.tokens.length} words, all equally long: numbers of our own are shown.</p>` : nothing}`;
  }

  #renderSteps(attention: Attention): TemplateResult {
    const asks = this.tokens[this.query]!;
    const hidden = this.#exercise.open(`${asks} ${this.versions[0]}`);
    const best = attention.weights[this.query]!.indexOf(Math.max(...attention.weights[this.query]!));
    return html`
      ${this.#exercise.render({
        question: html`Which token will <b>${asks}</b> take the most from?`,
        options: this.tokens,
        answer: best,
        because: html`The dot product of <b>${asks}</b> is largest with <b>${this.tokens[best]}</b>, and the softmax keeps the order.`,
      })}
      <div class="controls">
        <div class="chips" part="tokens" role="group" aria-label="Which token asks?">
          <span class="asks">Who asks?</span>
          ${this.tokens.map(
            (token, i) =>
              html`<button class="chip" aria-pressed=${i === this.query} @click=${() => (this.query = i)}>${token}</button>`,
          )}
        </div>
        <div class="steps" part="steps" role="group" aria-label="Step">
          ${STEPS.map(
            (name, i) =>
              html`<button aria-pressed=${i + 1 === this.step} ?disabled=${hidden && i > 0} @click=${() => (this.step = i + 1)}>
                ${i + 1} ${name}
              </button>`,
          )}
        </div>
      </div>
      <p class="explain">${hidden ? EXPLANATIONS[0]!(asks) : EXPLANATIONS[this.step - 1]!(asks)}</p>
      <div class="tables" part="tables">${this.#renderTables(attention, hidden ? 1 : this.step)}</div>
      <p class="readout" part="readout" role="status">${this.#reading(attention)}</p>
      ${
        this.versions.length > 1
          ? html`<div class="controls">
              <button @click=${() => this.#change(this.versions.slice(0, -1))}>Undo</button>
              <button @click=${() => this.#change(this.versions.slice(0, 1))}>Reset the numbers</button>
            </div>`
          : nothing
      }
    `;
  }

  #renderTables({scores, weights, context}: Attention, step: number): TemplateResult[] {
    const {tokens, query} = this;
    const dimensions = Array.from({length: this.#x[0]?.length ?? WIDTH}, (_, d) => `${d + 1}`);
    const signed = this.#table(signedScale(this.#colors.theme, EXTENT));
    const shares = this.#table(shareScale(this.#colors.theme));
    const x = renderNumberTable({
      ...signed,
      caption: html`vectors x`,
      shape: `[${tokens.length}, ${dimensions.length}]`,
      rows: tokens,
      columns: dimensions,
      values: this.#x,
      highlighted: this.#highlightedIn('x'),
      edit: (cell, value) => this.#edit(cell, value),
    });
    const T = tokens.length;
    if (step === 4)
      return [
        x,
        renderNumberTable({
          ...signed,
          ...this.#pointing('scores'),
          caption: 'scores = x · xᵀ',
          shape: `[${T}, ${T}]`,
          rows: tokens,
          columns: tokens,
          rowRole: 'query',
          columnRole: 'key',
          values: scores,
        }),
        renderNumberTable({
          ...shares,
          ...this.#pointing('weights'),
          caption: 'weights = softmax of each row',
          shape: `[${T}, ${T}]`,
          rows: tokens,
          columns: tokens,
          rowRole: 'query',
          columnRole: 'key',
          values: weights,
        }),
        renderNumberTable({
          ...signed,
          ...this.#pointing('context'),
          caption: 'context = weights · x',
          shape: `[${T}, ${dimensions.length}]`,
          rows: tokens,
          columns: dimensions,
          rowRole: 'query',
          columnRole: 'value',
          values: context,
        }),
      ];
    const column = (values: readonly number[]): number[][] => values.map((value) => [value]);
    const ofQuery = (table: Highlight['table']) => this.#pointing(table, query);
    const tables = [
      x,
      renderNumberTable({
        ...signed,
        ...ofQuery('scores'),
        caption: html`scores of <b class="query">${tokens[query]}</b>`,
        rows: tokens,
        columns: ['x · x'],
        rowRole: 'key',
        values: column(scores[query]!),
      }),
    ];
    if (step > 1)
      tables.push(
        renderNumberTable({
          ...shares,
          ...ofQuery('weights'),
          caption: 'weights',
          rows: tokens,
          columns: ['share'],
          rowRole: 'key',
          values: column(weights[query]!),
        }),
      );
    if (step > 2)
      tables.push(
        renderNumberTable({
          ...signed,
          ...this.#pointing('context', query, true),
          caption: 'weight × vector, and their sum',
          rows: [...tokens, 'sum'],
          columns: dimensions,
          rowRole: 'value',
          values: [
            ...tokens.map((_, j) => this.#x[j]!.map((value) => value * weights[query]![j]!)),
            context[query]!,
          ],
        }),
      );
    return tables;
  }

  #table(scale: NumberTableProps['scale']): Pick<NumberTableProps, 'scale' | 'theme' | 'print'> {
    return {scale, theme: this.#colors.theme, print: (value) => decimals(value, 2)};
  }

  /**
   * What is highlighted in a table, and how pointing at it is understood.
   * @param query The token that asks, where a table shows only its numbers, one row a key.
   */
  #pointing(
    table: Highlight['table'],
    query?: number,
    withDimensions = false,
  ): Pick<NumberTableProps, 'highlighted' | 'point'> {
    const {highlighted} = this;
    const shown = highlighted && highlighted.table === table ? highlighted : undefined;
    if (query === undefined)
      return {
        highlighted: shown ?? this.#highlightedIn(table) ?? {row: this.query},
        point: (cell) => (this.highlighted = cell && {table, ...cell}),
      };
    return {
      highlighted:
        shown && (withDimensions ? {row: shown.row, column: shown.column} : {row: shown.column, column: 0}),
      point: (cell) =>
        (this.highlighted = cell && {table, ...(withDimensions ? cell : {row: query, column: cell.row})}),
    };
  }

  /** What another table's cell means here: a weight's query and key are two rows of vectors. */
  #highlightedIn(table: Highlight['table']): Partial<NumberCell> | undefined {
    const {highlighted} = this;
    if (!highlighted || highlighted.table === table) return highlighted;
    if (table === 'x')
      return highlighted.table === 'context' ? {column: highlighted.column} : {row: highlighted.column};
    if (table === 'context') return {row: highlighted.row};
    return highlighted.table === 'context' || highlighted.table === 'x'
      ? {row: highlighted.row}
      : {row: highlighted.row, column: highlighted.column};
  }

  #reading({scores, weights, context}: Attention): TemplateResult | string {
    const {highlighted, tokens} = this;
    const two = (value: number): string => decimals(value, 2);
    if (highlighted?.row !== undefined && highlighted.column !== undefined) {
      const [i, j] = [highlighted.row, highlighted.column];
      if (highlighted.table === 'scores')
        return html`<b>${tokens[i]} · ${tokens[j]}</b> = ${this.#x[i]!.map((value, d) => `${two(value)} × ${two(this.#x[j]![d]!)}`).join(' + ')} = ${two(dot(this.#x[i]!, this.#x[j]!))}`;
      if (highlighted.table === 'weights')
        return html`<b>${tokens[i]} takes ${percent(weights[i]![j]!)} from ${tokens[j]}</b>: e<sup>${two(scores[i]![j]!)}</sup>
          divided by the sum of e<sup>score</sup> over the row = ${decimals(weights[i]![j]!, 3)}`;
      if (highlighted.table === 'context') {
        const row = this.step === 4 ? i : this.query;
        return html`<b>Number ${j + 1} of the context of ${tokens[row]}</b> = ${tokens.map((_, key) => `${two(weights[row]![key]!)} × ${two(this.#x[key]![j]!)}`).join(' + ')} = ${two(context[row]![j]!)}`;
      }
    }
    const row = weights[this.query]!;
    const best = row.indexOf(Math.max(...row));
    if (this.step === 1 || this.#exercise.open(`${tokens[this.query]} ${this.versions[0]}`))
      return 'Point at a number to see how it came about. Change one in the vectors, and everything after it follows.';
    return html`<b>${tokens[this.query]}</b> takes most from <b>${tokens[best]}</b>: ${percent(row[best]!)} of its context.`;
  }

  #edit({row, column}: NumberCell, value: number): void {
    const next = this.#x.map((vector, i) =>
      i === row ? vector.map((old, d) => (d === column ? value : old)) : vector,
    );
    this.#change([...this.versions, next]);
  }

  #change(versions: typeof this.versions): void {
    this.versions = versions;
    this.#tell();
  }

  #tell = (): void => {
    const detail: GptVectorsDetail = {tokens: this.tokens, vectors: this.#x.map((row) => [...row])};
    this.emit('gpt-vectors', detail);
  };
}

const EXPLANATIONS: readonly ((asks: string) => TemplateResult)[] = [
  (asks) =>
    html`<b>Compare.</b> The vector of <b class="query">${asks}</b> times the vector of each token, number by number, added up: the dot
      product. It is large where both point the same way.`,
  (asks) =>
    html`<b>Softmax.</b> e to the power of each score, divided by their sum. Now all are above 0 and add up to 1, so they
      are shares of <b class="query">${asks}</b>’s attention.`,
  (asks) =>
    html`<b>Mix.</b> Each vector times its share, all added up: the context vector of <b class="query">${asks}</b>, with something in it
      of every token, most of those that fit.`,
  () =>
    html`<b>All at once.</b> Each row does what you have just followed. As matrices it is three lines, and a GPU does all rows at the same
      time.`,
];

define('self-attention-steps', SelfAttentionSteps);

declare global {
  interface HTMLElementTagNameMap {
    'self-attention-steps': SelfAttentionSteps;
  }
  interface GlobalEventHandlersEventMap {
    'gpt-vectors': CustomEvent<GptVectorsDetail>;
  }
}
