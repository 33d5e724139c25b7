import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {type Matrix, scaledAttention} from '../../math/attention.js';
import {largestDifference} from '../../math/differences.js';
import {define} from '../../ui/base/define.js';
import {decimals, number, percent, visibleToken} from '../../ui/base/format.js';
import type {FooterOptions} from '../../ui/base/gpt-element.js';
import type {AttentionLayer, HeadValues} from '../../ui/model/attention-layer.js';
import {LayerElement} from '../../ui/model/layer-element.js';
import {ExerciseController} from '../../ui/views/exercise.js';
import {exerciseStyles} from '../../ui/views/exercise.styles.js';
import {flatten, HeatView} from '../../ui/views/heat-view.js';
import {type NumberCell, type NumberTableProps, renderNumberTable} from '../../ui/views/number-table.js';
import {numberTableStyles} from '../../ui/views/number-table.styles.js';
import type {TableCell} from '../../ui/views/table-view.js';
import {tableStyles} from '../../ui/views/table-view.styles.js';
import {type ColorScale, shareScale, signedScale} from '../../viz/color.js';
import {styles} from './qkv-attention.styles.js';
import {renderSaturation} from './saturation-view.js';
import {EXPLANATIONS, ROLES, type Role, STEPS} from './words.js';

/** The last step is about random numbers and needs no layer. */
const WHY_ROOT = STEPS.length;
const ALL_AT_ONCE = 5;

const WEIGHTS_OF: Record<Role, 'wq' | 'wk' | 'wv'> = {query: 'wq', key: 'wk', value: 'wv'};
const RESULT_OF: Record<Role, 'q' | 'k' | 'v'> = {query: 'q', key: 'k', value: 'v'};

/** What is pointed at: a token's number in a projection, or a pair of tokens. */
interface Highlight {
  table: 'projection' | 'pair' | 'context';
  row?: number;
  column?: number;
}

/**
 * One attention head taken apart: three projections of each token, the scaled dot products of queries and keys, their
 * softmax, and the values mixed by it. Forward and back, for one token or for all at once.
 *
 * Shows `weights` set as a property, else a layer of a model (`for`, an ancestor `<gpt-model>`, the page's default model).
 * What is drawn is computed here from the layer's weights, and compared with what the model itself computed.
 *
 * @summary Queries, keys and values of one head, step by step, with and without the division by √D.
 * @group attention
 * @event {CustomEvent<{chosen: number, right: boolean}>} gpt-answer - The reader has answered the exercise.
 * @slot lead - Replaces the sentence above the drawing.
 * @csspart lead - The sentence above the drawing.
 * @csspart tokens - The tokens, of which one asks.
 * @csspart steps - The choice of the step.
 * @csspart tables - The numbers.
 * @csspart exercise - The question, where `exercise` is set.
 * @csspart readout - The line that says what is pointed at.
 * @csspart footer - Facts, code and embed.
 * @cssproperty --gpt-query - Queries.
 * @cssproperty --gpt-key - Keys.
 * @cssproperty --gpt-value - Values.
 * @cssproperty --gpt-attention - The color of weight 1; weight 0 is the background.
 */
export class QkvAttention extends LayerElement {
  static override styles = [...LayerElement.styles, tableStyles, numberTableStyles, exerciseStyles, styles];
  static override lead =
    'How does a token know which others matter to it? It asks with a query, every token answers with a key, and where the two match it takes the other’s value. Attention learns the three matrices that make them.';

  /** The token that asks, counted from 0. Default: the last. */
  @property({type: Number, reflect: true}) accessor query: number | undefined;
  /** 1 project, 2 compare, 3 softmax, 4 mix, 5 all at once, 6 why √D. */
  @property({type: Number, reflect: true}) accessor step = 1;
  /** Which projection the first step shows. */
  @property({reflect: true}) accessor projection: Role = 'query';
  /** Leaves the division by √D out. */
  @property({type: Boolean, reflect: true}) accessor unscaled = false;
  /** D in the last step. */
  @property({type: Number, reflect: true}) accessor dimension = 64;
  /** Asks for a prediction before it shows the shares. */
  @property({type: Boolean, reflect: true}) accessor exercise = false;

  @state() private accessor highlighted: Highlight | undefined;

  readonly #exercise = new ExerciseController(this);
  readonly #x = new HeatView('x', () => this.requestUpdate());
  readonly #weight = new HeatView('weight', () => this.requestUpdate());
  readonly #projected = new HeatView('projected', () => this.requestUpdate());

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.step = Math.min(STEPS.length, Math.max(1, Math.round(this.step) || 1));
    if (!ROLES.includes(this.projection)) this.projection = 'query';
  }

  /** Writes a number with a sign that does not jump. */
  readonly #print = (value: number): string => decimals(value, 2);

  get #query(): number {
    const last = (this.data?.tokens.length ?? 1) - 1;
    return Math.max(0, Math.min(last, this.query ?? last));
  }

  protected override footer(): FooterOptions {
    return {...super.footer(), snippet: this.weights ? 'scaled-attention' : 'attention'};
  }

  protected override renderLayer(layer: AttentionLayer, head: HeadValues): TemplateResult {
    const tokens = layer.tokens.map(visibleToken);
    const query = this.#query;
    const width = head.q[0]!.length;
    const {scores, weights, context} = scaledAttention(head.q, head.k, head.v, {
      causal: true,
      scale: this.unscaled ? 1 : undefined,
    });
    const hidden = this.#exercise.open(`${layer.layer} ${this.shownHead} ${query} ${tokens}`);
    const best = indexOfLargest(weights[query]!);
    const step = hidden ? Math.min(2, this.step) : this.step;
    return html`
      ${
        query > 0
          ? this.#exercise.render({
              question: html`Compare the scores first. Which token gives <b>${tokens[query]}</b> the most?`,
              options: tokens.slice(0, query + 1),
              answer: best,
              because: html`The largest score gets the largest share: ${tokens[best]}, with ${percent(weights[query]![best]!)}.`,
            })
          : nothing
      }
      <div class="controls">
        ${this.renderPickers(layer)}
        ${step >= ALL_AT_ONCE ? nothing : this.#renderTokens(tokens, query)}
        <div class="steps" part="steps" role="group" aria-label="Step">
          ${STEPS.map(
            (name, i) =>
              html`<button aria-pressed=${i + 1 === step} ?disabled=${hidden && i > 1} @click=${() => this.#goTo(i + 1)}>${i + 1} ${name}</button>`,
          )}
        </div>
      </div>
      ${
        step === WHY_ROOT
          ? renderSaturation(this.dimension, (dimension) => (this.dimension = dimension))
          : html`
              <p class="explain">${EXPLANATIONS[step - 1]!(tokens[query]!, width)}</p>
              ${step === 1 ? this.#renderRoles() : nothing}
              ${step === 2 || step === 3 ? this.#renderScaling(width) : nothing}
              <div class="tables" part="tables">
                ${
                  step === 1
                    ? this.#renderProjection(layer, head, tokens)
                    : step === ALL_AT_ONCE
                      ? this.#renderAll(tokens, {scores, weights, context})
                      : this.#renderOne(tokens, head, {scores, weights, context}, step)
                }
              </div>
              <p class="readout" part="readout" role="status">
                ${this.#reading(layer, head, tokens, {scores, weights, context}, step)}
              </p>
            `
      }
    `;
  }

  #goTo(step: number): void {
    this.step = step;
    this.highlighted = undefined;
  }

  #renderTokens(tokens: readonly string[], query: number): TemplateResult {
    return html`<div class="chips" part="tokens" role="group" aria-label="Which token asks?">
      <span class="asks">Who asks?</span>
      ${tokens.map((token, i) => html`<button class="chip" aria-pressed=${i === query} @click=${() => (this.query = i)}>${token}</button>`)}
    </div>`;
  }

  #renderRoles(): TemplateResult {
    return html`<div class="roles" role="group" aria-label="Which projection?">
      ${ROLES.map((role) => html`<button class=${role} aria-pressed=${role === this.projection} @click=${() => (this.projection = role)}>${role}</button>`)}
    </div>`;
  }

  #renderScaling(width: number): TemplateResult {
    return html`<label
      ><input type="checkbox" .checked=${!this.unscaled} @change=${(event: Event) => (this.unscaled = !(event.target as HTMLInputElement).checked)} />
      divide by √${width} = ${decimals(Math.sqrt(width), 2)}</label
    >`;
  }

  /** x · W = the projection, as three tables whose cells light up together. */
  #renderProjection(layer: AttentionLayer, head: HeadValues, tokens: readonly string[]): TemplateResult {
    const [weight, projected] = [head[WEIGHTS_OF[this.projection]], head[RESULT_OF[this.projection]]];
    const name = RESULT_OF[this.projection];
    const [C, D, T] = [layer.width, projected[0]!.length, tokens.length];
    const highlighted: TableCell = this.highlighted ?? {};
    const point = (cell: TableCell | undefined) =>
      (this.highlighted = cell && {table: 'projection', ...cell});
    const theme = this.colors.theme;
    const room = this.size.width;
    return html`
      ${this.#x.render({
        title: 'x',
        shape: `[T, C] = [${T}, ${C}]`,
        label: `Vectors x, ${T} rows of ${C} numbers`,
        values: layer.x,
        rows: tokens,
        highlighted: {row: highlighted.row},
        point: (cell) => point(cell && {row: cell.row, column: highlighted.column}),
        spoken: (row, column) => `${tokens[row]}, number ${column + 1} of x`,
        theme,
        width: room,
      })}
      <span class="times" aria-hidden="true">×</span>
      ${this.#weight.render({
        title: html`W<sub class=${this.projection}>${name}</sub>`,
        shape: `[C, D] = [${C}, ${D}]`,
        label: `The ${this.projection} matrix, ${C} rows of ${D} numbers`,
        values: weight,
        highlighted: {column: highlighted.column},
        point: (cell) => point(cell && {row: highlighted.row, column: cell.column}),
        spoken: (row, column) => `Row ${row + 1}, column ${column + 1} of the ${this.projection} matrix`,
        theme,
        width: Math.min(room, 420),
        rowHeight: C > 16 ? 6 : 20,
      })}
      <span class="times" aria-hidden="true">=</span>
      ${this.#projected.render({
        title: html`<span class=${this.projection}>${name}</span>`,
        shape: `[T, D] = [${T}, ${D}]`,
        label: `The ${this.projection} of each token, ${T} rows of ${D} numbers`,
        values: projected,
        rows: tokens,
        highlighted: {row: highlighted.row, column: highlighted.column},
        point,
        spoken: (row, column) => `${tokens[row]}, number ${column + 1} of its ${this.projection}`,
        theme,
        width: Math.min(room, 560),
      })}
    `;
  }

  #renderOne(
    tokens: readonly string[],
    head: HeadValues,
    {scores, weights, context}: {scores: Matrix; weights: Matrix; context: Matrix},
    step: number,
  ): TemplateResult {
    const query = this.#query;
    const root = Math.sqrt(head.q[0]!.length);
    const column = (values: ArrayLike<number>): number[][] => Array.from(values, (value) => [value]);
    const products = this.unscaled
      ? Array.from(scores[query]!)
      : Array.from(scores[query]!, (score) => score * root);
    const common = {rows: tokens, rowRole: 'key', theme: this.colors.theme, print: this.#print};
    const masked = ({row}: NumberCell): boolean => row > query;
    const pointing = {
      highlighted: this.highlighted?.table === 'pair' ? {row: this.highlighted.column, column: 0} : undefined,
      point: (cell: NumberCell | undefined) =>
        (this.highlighted = cell && {table: 'pair' as const, row: query, column: cell.row}),
    };
    const pairs = this.unscaled
      ? products.map((product) => [product])
      : products.map((product, i) => [product, scores[query]![i]!]);
    const extent = Math.max(1, ...scores.flatMap((row) => Array.from(row, Math.abs)));
    return html`
      ${renderNumberTable({
        ...common,
        ...pointing,
        caption: html`scores of <b class="query">${tokens[query]}</b>`,
        columns: this.unscaled ? ['q · k'] : ['q · k', '÷ √D'],
        values: pairs,
        scale: signedScale(this.colors.theme, extent),
        masked: step > 2 ? masked : undefined,
      })}
      ${
        step > 2
          ? renderNumberTable({
              ...common,
              ...pointing,
              caption: 'weights',
              columns: ['share'],
              values: column(weights[query]!),
              scale: shareScale(this.colors.theme),
              masked,
            })
          : nothing
      }
      ${step > 3 ? this.#renderMixture(tokens, head.v, context) : nothing}
    `;
  }

  #renderMixture(tokens: readonly string[], values: Matrix, context: Matrix): TemplateResult {
    const names = [...tokens, 'sum'];
    return this.#projected.render({
      title: html`<span class="value">values</span>, and below them their sum by these shares`,
      shape: `[${names.length}, ${values[0]!.length}]`,
      label: `The value of each token, and below them the context vector of ${tokens[this.#query]}`,
      values: [...values, context[this.#query]!],
      rows: names,
      highlighted:
        this.highlighted?.table === 'pair' ? {row: this.highlighted.column} : (this.highlighted ?? {}),
      point: (cell) => (this.highlighted = cell && {table: 'context', ...cell}),
      spoken: (row, column) => `${names[row]}, number ${column + 1}`,
      theme: this.colors.theme,
      width: Math.min(this.size.width, 560),
    });
  }

  #renderAll(
    tokens: readonly string[],
    {scores, weights, context}: {scores: Matrix; weights: Matrix; context: Matrix},
  ): TemplateResult {
    const T = tokens.length;
    const extent = Math.max(1, ...scores.flatMap((row) => Array.from(row, Math.abs)));
    const square = (caption: string, values: Matrix, scale: ColorScale): NumberTableProps => ({
      caption,
      shape: `[${T}, ${T}]`,
      rows: tokens,
      columns: tokens,
      rowRole: 'query',
      columnRole: 'key',
      values,
      scale,
      theme: this.colors.theme,
      print: this.#print,
      masked: ({row, column}) => column > row,
      highlighted: this.highlighted?.table === 'pair' ? this.highlighted : {row: this.#query},
      point: (cell) => (this.highlighted = cell && {table: 'pair', ...cell}),
    });
    return html`
      ${renderNumberTable(square(this.unscaled ? 'scores = q · kᵀ' : 'scores = q · kᵀ / √D', scores, signedScale(this.colors.theme, extent)))}
      ${renderNumberTable(square('weights = softmax of each row', weights, shareScale(this.colors.theme)))}
      ${this.#projected.render({
        title: html`context = weights · <span class="value">v</span>`,
        shape: `[${T}, ${context[0]!.length}]`,
        label: 'The context vector of each token',
        values: context,
        rows: tokens,
        highlighted: {row: this.highlighted?.row},
        point: (cell) => (this.highlighted = cell && {table: 'context', ...cell}),
        spoken: (row, column) => `${tokens[row]}, number ${column + 1}`,
        theme: this.colors.theme,
        width: Math.min(this.size.width, 560),
        rowHeight: 26,
      })}
    `;
  }

  #reading(
    layer: AttentionLayer,
    head: HeadValues,
    tokens: readonly string[],
    {scores, weights, context}: {scores: Matrix; weights: Matrix; context: Matrix},
    step: number,
  ): TemplateResult | string {
    const {highlighted} = this;
    const D = head.q[0]!.length;
    if (step === 1) {
      if (highlighted?.row === undefined || highlighted.column === undefined)
        return 'Point at a number of the result: it lights up the row and the column that it was made from.';
      const value = head[RESULT_OF[this.projection]][highlighted.row]?.[highlighted.column];
      if (value === undefined) return '';
      return html`<b>Number ${highlighted.column + 1} of the ${this.projection} of ${tokens[highlighted.row]}</b>: its ${layer.width} numbers of x times column
        ${highlighted.column + 1} of the matrix, ${layer.width} products added up${head.bias ? ', plus a bias' : ''} = ${number(value)}`;
    }
    if (highlighted?.table === 'pair' && highlighted.row !== undefined && highlighted.column !== undefined) {
      const [i, j] = [highlighted.row, highlighted.column];
      if (j > i) return `${tokens[j]} comes after ${tokens[i]}: masked, its share is 0.`;
      const score = scores[i]![j]!;
      return html`<b>${tokens[i]} asks, ${tokens[j]} answers</b>:
        ${this.unscaled ? html`q · k = ${number(score)}` : html`q · k = ${number(score * Math.sqrt(D))}, divided by √${D}: ${number(score)}`}${step > 2 ? html`; share ${percent(weights[i]![j]!)}` : nothing}`;
    }
    const query = this.#query;
    const best = indexOfLargest(weights[query]!);
    if (step === 2 || this.#exercise.open(`${layer.layer} ${this.shownHead} ${query} ${tokens}`))
      return 'Point at a score to see what it was computed from.';
    const agrees =
      this.weights || this.unscaled
        ? nothing
        : html` <span class="note">The model’s own kernels differ from these numbers by at most
            ${largestDifference(flatten(head.weights), flatten(weights)).toExponential(0)} in the weights and
            ${largestDifference(contextOf(layer, this.shownHead), flatten(context)).toExponential(0)} in the context.</span>`;
    return html`<b>${tokens[query]}</b> takes most from <b>${tokens[best]}</b>: ${percent(weights[query]![best]!)}.${agrees}`;
  }

  protected override updated(): void {
    for (const view of [this.#x, this.#weight, this.#projected]) view.paint(this.renderRoot);
  }
}

const indexOfLargest = (values: ArrayLike<number>): number => {
  const list = Array.from(values);
  return list.indexOf(Math.max(...list));
};

/** One head's part of the model's context, [T, D]. */
function contextOf({context, heads}: AttentionLayer, h: number): Float32Array {
  const D = heads[h]!.q[0]!.length;
  return flatten(context.map((row) => Array.from(row).slice(h * D, (h + 1) * D)));
}

define('qkv-attention', QkvAttention);

declare global {
  interface HTMLElementTagNameMap {
    'qkv-attention': QkvAttention;
  }
}
