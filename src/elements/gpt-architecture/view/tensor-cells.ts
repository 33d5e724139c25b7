/** One row of a tensor as numbered cells, and the arithmetic of the cell that is chosen. */

import {html, nothing, type TemplateResult} from 'lit';
import {argMax} from '../../../math/largest.js';
import {decimals, visibleToken} from '../../../ui/base/format.js';
import {type ColorScale, shareScale, signedScale, textOn} from '../../../viz/color.js';
import {niceCeiling} from '../../../viz/nice.js';
import type {Theme} from '../../../viz/theme.js';
import type {TensorDetail} from '../data/detail.js';
import {arithmeticOf} from '../sources/arithmetic.js';
import {furthest} from '../sources/furthest.js';
import {type Rule, sourceOf} from '../sources/sources.js';
import {renderArithmetic} from './arithmetic-view.js';

export interface TensorCells {
  detail: TensorDetail;
  chosen: number;
  head: number;
  /** Index on the last axis; `undefined`: the largest score, share or activation, else the number furthest from 0, as the stage’s sentence has it. */
  cell: number | undefined;
  theme: Theme;
  chooseHead: (head: number) => void;
  chooseCell: (cell: number) => void;
  /** Draws the tensor as the product that it is, with this number highlighted; nothing for one that is none. */
  product: (cell: number) => TemplateResult | typeof nothing;
}

/** Which numbers are on show, and how one of them is found in the tensor. */
interface Row {
  labels: readonly string[];
  values: readonly number[];
  /** The index of each on the last axis. */
  columns: readonly number[];
  index: (column: number) => number[];
  perHead: boolean;
}

export function renderTensorCells(view: TensorCells): TemplateResult | typeof nothing {
  const {detail, chosen, cell, theme} = view;
  const {data, name, tensors} = detail;
  const tensor = tensors[name];
  const source = sourceOf(name, data.config);
  if (!tensor || !source) return nothing;
  const row = rowOf(view, tensor.shape, tensor.data as Float32Array);
  const shown =
    cell !== undefined && row.columns.includes(cell)
      ? row.columns.indexOf(cell)
      : opening(source.rule, row, view);
  const scale = scaleOf(source.rule, row.values, theme);
  const token = visibleToken(data.tokens[chosen]!);
  const product = view.product(row.columns[shown]!);
  const cells = html`<div class="cells" role="group" aria-label="Numbers of ${name} for ${token}" @keydown=${(event: KeyboardEvent) => moveCell(event, row, shown, view)}>
    ${row.columns.map((column, i) => {
      const color = scale.color(row.values[i]!);
      return html`<button
        class="cell"
        aria-pressed=${i === shown}
        tabindex=${i === shown ? 0 : -1}
        .style="background-color: ${color}; color: ${textOn(color, theme)}"
        @click=${() => view.chooseCell(column)}
        ><span class="index">${row.labels[i]}</span> ${written(row.values[i]!)}</button
      >`;
    })}
  </div>`;
  return html`<div class="detail" part="detail">
    <p class="caption">
      <code>${name}</code> <span class="number">[${tensor.shape.join(', ')}]</span>: the row of <b class="token">${token}</b>
      ${row.perHead || source.rule.kind === 'average' ? renderHeads(view) : nothing}
    </p>
    ${
      product === nothing
        ? cells
        : html`${product}
            <details>
              <summary>All numbers of the row of <b class="token">${token}</b></summary>
              ${cells}
            </details>`
    }
    ${renderSum(view, source.rule, row, shown)}
    <p class="code-line"><code>${source.code}</code></p>
  </div>`;
}

function renderSum(
  {detail: {data, tensors, wordOf}}: TensorCells,
  rule: Rule,
  row: Row,
  shown: number,
): TemplateResult | typeof nothing {
  const column = row.columns[shown]!;
  try {
    const arithmetic = arithmeticOf(rule, row.index(column), {config: data.config, ids: data.ids, tensors});
    return renderArithmetic({
      arithmetic,
      rule,
      label: row.labels[shown]!,
      tokens: data.tokens.map(visibleToken),
      wordOf,
    });
  } catch {
    return html`<p class="note">Its sum needs the model’s weights, which were not given.</p>`;
  }
}

function rowOf(
  {detail: {data, name}, chosen, head}: TensorCells,
  shape: readonly number[],
  values: Float32Array,
): Row {
  const width = shape.at(-1)!;
  const perHead = shape.length === 3;
  const start = (perHead ? head * shape[1]! + chosen : chosen) * width;
  const overTokens = /\.(scores|masked|probs|dropped)$/.test(name);
  const overVocabulary = name === 'logits' || name === 'probs';
  const candidates = data.stream.at(-1)?.guesses[chosen] ?? [];
  const columns = overVocabulary ? candidates.map(({id}) => id) : Array.from({length: width}, (_, i) => i);
  return {
    columns,
    labels: columns.map((column, i) =>
      overVocabulary
        ? visibleToken(candidates[i]!.token)
        : overTokens
          ? visibleToken(data.tokens[column]!)
          : `${column + 1}`,
    ),
    values: columns.map((column) => values[start + column]!),
    index: (column) => (perHead ? [head, chosen, column] : [chosen, column]),
    perHead,
  };
}

function renderHeads({detail: {data}, head, chooseHead}: TensorCells): TemplateResult {
  return html`<span class="heads" role="group" aria-label="Head">
    ${Array.from(
      {length: data.config.nHeads},
      (_, h) => html`<button aria-pressed=${h === head} @click=${() => chooseHead(h)}>head ${h + 1}</button>`,
    )}
  </span>`;
}

/** Where the row opens: the largest of what is compared, else the number furthest from 0; of the heads’ results, the head’s. */
function opening({kind}: Rule, {values}: Row, {detail: {data}, head}: TensorCells): number {
  if (['scores', 'mask', 'softmax', 'gelu', 'unembed'].includes(kind)) return argMax(values);
  if (kind !== 'average') return furthest(values);
  const D = data.config.embDim / data.config.nHeads;
  return head * D + furthest(values.slice(head * D, (head + 1) * D));
}

function scaleOf({kind}: Rule, values: readonly number[], theme: Theme): ColorScale {
  if (kind === 'softmax') return shareScale(theme);
  const reach = niceCeiling(Math.max(...values.filter(Number.isFinite).map(Math.abs), 0));
  const scale = signedScale(theme, reach);
  return {...scale, color: (value) => (Number.isFinite(value) ? scale.color(value) : theme.background)};
}

const written = (value: number): string => (Number.isFinite(value) ? decimals(value, 3) : '−∞');

function moveCell(event: KeyboardEvent, row: Row, shown: number, {chooseCell}: TensorCells): void {
  const to = {ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 0, End: row.columns.length - 1}[event.key];
  if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const index = Math.max(0, Math.min(row.columns.length - 1, to));
  chooseCell(row.columns[index]!);
  (event.currentTarget as Element).querySelectorAll<HTMLElement>('.cell')[index]?.focus();
}
