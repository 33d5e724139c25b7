/** One row of a tensor as numbered cells, and the arithmetic of the cell that is chosen. */

import {html, nothing, type TemplateResult} from 'lit';
import {argMax} from '../../../math/largest.js';
import {decimals, visibleToken} from '../../../ui/base/format.js';
import {type ColorScale, shareScale, signedScale, textOn} from '../../../viz/color.js';
import {niceCeiling} from '../../../viz/nice.js';
import type {Theme} from '../../../viz/theme.js';
import type {TensorDetail} from '../data/detail.js';
import {outputOf, POSITIONS, partName} from '../data/switches.js';
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
  /** A number of the tensor: its token, and its index on the last axis. */
  choose: (token: number, cell: number) => void;
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
  /** Which of them has its sum on show. */
  shown: number;
  /** What the columns stand for. */
  axis: 'tokens' | 'vocabulary' | 'numbers';
}

/** The row of the chosen token, and the sum of one of its numbers. */
export function renderTensorCells(view: TensorCells): TemplateResult | typeof nothing {
  const {detail, chosen, theme} = view;
  const {data, name, tensors} = detail;
  const source = sourceOf(name, data.config);
  const row = rowOf(view);
  if (!row || !source)
    return html`<p class="note">The values that were given do not hold <code>${name}</code>.</p>`;
  const {shown} = row;
  const scale = scaleOf(source.rule, row.values, theme);
  const token = visibleToken(data.tokens[chosen]!);
  const change = changeOf(view);
  // Of a changed part, factors and product no longer agree.
  const product = change ? nothing : view.product(row.columns[shown]!);
  const cells = html`<div class="cells" role="group" aria-label="Numbers of ${name} for ${token}" @keydown=${(event: KeyboardEvent) => moveCell(event, row, view)}>
    ${row.columns.map((column, i) => {
      const color = scale.color(row.values[i]!);
      return html`<button
        class="cell"
        aria-pressed=${i === shown}
        tabindex=${i === shown ? 0 : -1}
        .style="background-color: ${color}; color: ${textOn(color, theme)}"
        @click=${() => view.choose(chosen, column)}
        ><span class="index">${row.labels[i]}</span> ${written(row.values[i]!)}</button
      >`;
    })}
  </div>`;
  return html`<p class="caption">
      <code>${name}</code> <span class="number">[${tensors[name]!.shape.join(', ')}]</span>: the row of <b class="token">${token}</b>
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
    ${change ? html`<p class="note">${change}</p>` : nothing} ${renderSum(view, source.rule, row)}
    <p class="code-line"><code>${source.code}</code></p>`;
}

/** Names the number whose sum is on show: “row ·the, column ·drum”. */
export function cellName(view: Omit<TensorCells, 'product'>): string {
  const row = rowOf(view);
  const label = row?.labels[row.shown];
  if (!row || label === undefined) return '';
  const column = {tokens: `column ${label}`, vocabulary: label, numbers: `number ${label}`}[row.axis];
  return `row ${visibleToken(view.detail.data.tokens[view.chosen]!)}, ${column}`;
}

/** Says that what goes on from here was not computed here. */
function changeOf({detail: {data, name}, head}: TensorCells): string | undefined {
  const isHere = (part: string): boolean => {
    const place = outputOf(part);
    return place.at === name && (place.head ?? head) === head;
  };
  const off = data.off.find(isHere);
  if (off)
    return `Zeros go on from here: ${partName(off)} ${off === POSITIONS ? 'are' : 'is'} switched off. Without that, it would be this:`;
  const patched = data.patched?.find(isHere);
  return (
    patched &&
    `These numbers are from the other text: ${partName(patched)} is patched. Without that, it would be this:`
  );
}

function renderSum(
  {detail: {data, tensors, wordOf}}: TensorCells,
  rule: Rule,
  {columns, labels, shown, index}: Row,
): TemplateResult {
  try {
    return renderArithmetic({
      arithmetic: arithmeticOf(rule, index(columns[shown]!), {config: data.config, ids: data.ids, tensors}),
      rule,
      label: labels[shown]!,
      tokens: data.tokens.map(visibleToken),
      wordOf,
    });
  } catch {
    return html`<p class="note">Its sum needs the model’s weights, which were not given.</p>`;
  }
}

function rowOf({
  detail: {data, name, tensors},
  chosen,
  head,
  cell,
}: Omit<TensorCells, 'product'>): Row | undefined {
  const tensor = tensors[name];
  const kind = sourceOf(name, data.config)?.rule.kind;
  if (!tensor || !kind) return undefined;
  const {shape} = tensor;
  const width = shape.at(-1)!;
  const perHead = shape.length === 3;
  const start = (perHead ? head * shape[1]! + chosen : chosen) * width;
  const axis = /\.(scores|masked|probs|dropped)$/.test(name)
    ? 'tokens'
    : name === 'logits' || name === 'probs'
      ? 'vocabulary'
      : 'numbers';
  const candidates = data.stream.at(-1)?.guesses[chosen] ?? [];
  // The heads’ results stand side by side.
  const D = data.config.embDim / data.config.nHeads;
  const [from, length] = kind === 'average' ? [head * D, D] : [0, width];
  const columns =
    axis === 'vocabulary' ? candidates.map(({id}) => id) : Array.from({length}, (_, i) => from + i);
  const values = columns.map((column) => (tensor.data as Float32Array)[start + column]!);
  const chosenCell = cell === undefined ? -1 : columns.indexOf(cell);
  return {
    columns,
    values,
    labels: columns.map((column, i) =>
      axis === 'vocabulary'
        ? visibleToken(candidates[i]!.token)
        : axis === 'tokens'
          ? visibleToken(data.tokens[column]!)
          : `${column + 1}`,
    ),
    index: (column) => (perHead ? [head, chosen, column] : [chosen, column]),
    shown: chosenCell >= 0 ? chosenCell : opening(kind, values),
    axis,
  };
}

/** Where the row opens: the largest of what is compared, else the number furthest from 0. */
const opening = (kind: Rule['kind'], values: readonly number[]): number =>
  ['scores', 'mask', 'softmax', 'gelu', 'unembed'].includes(kind) ? argMax(values) : furthest(values);

function scaleOf({kind}: Rule, values: readonly number[], theme: Theme): ColorScale {
  if (kind === 'softmax') return shareScale(theme);
  const reach = niceCeiling(Math.max(...values.filter(Number.isFinite).map(Math.abs), 0));
  const scale = signedScale(theme, reach);
  return {...scale, color: (value) => (Number.isFinite(value) ? scale.color(value) : theme.background)};
}

const written = (value: number): string => (Number.isFinite(value) ? decimals(value, 3) : '−∞');

/** ← and → go along the row, ↑ and ↓ to the rows of other tokens. */
function moveCell(event: KeyboardEvent, {columns, shown}: Row, {choose, chosen, detail}: TensorCells): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const last = columns.length - 1;
  const to = {ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 0, End: last}[event.key] ?? shown;
  const token = {ArrowUp: chosen - 1, ArrowDown: chosen + 1}[event.key] ?? chosen;
  if (to === shown && token === chosen) return;
  event.preventDefault();
  const index = Math.max(0, Math.min(last, to));
  choose(Math.max(0, Math.min(detail.data.tokens.length - 1, token)), columns[index]!);
  (event.currentTarget as Element).querySelectorAll<HTMLElement>('.cell')[index]?.focus();
}
