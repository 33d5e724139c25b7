/** One row of the batch, token by token: what the model reads, and below it what it should predict. */
import {html, type TemplateResult} from 'lit';
import type {BatchView} from './batch-source.js';
import {type Cell, roleOf} from './batch-words.js';

export interface WindowView {
  batch: BatchView;
  row: number;
  /** The first position on show, and how many. */
  from: number;
  columns: number;
  /** CSS pixels of a position. */
  width: number;
  ids: boolean;
  name: (id: number) => string;
  /** The position that is told in words. */
  column: number;
  point(cell: Cell): void;
}

/** Tokens of what was read that the sentence repeats. */
const TOLD = 8;

export function renderWindow(view: WindowView): TemplateResult {
  const {batch, row, from, columns, ids, name, column, point} = view;
  const {length: T, ids: inputs} = batch.tokens;
  const shown = Array.from({length: Math.min(columns, T - from)}, (_, i) => from + i);
  const text = (id: number): string => (id < 0 ? '−100' : ids ? String(id) : name(id));
  const cells = (kind: string, values: ArrayLike<number>) =>
    shown.map((at) => {
      const masked = roleOf(batch, {row, column: at}) !== 'learned' && kind === 'predict';
      const classes = `${kind} ${masked ? 'masked' : ''} ${at === column ? 'told' : ''} ${kind === 'read' && at < column ? 'before' : ''}`;
      return html`<td class=${classes} @pointerenter=${() => point({row, column: at})} @click=${() => point({row, column: at})}>${text(values[row * T + at]!)}</td>`;
    });
  return html`<div class="window" part="window">
    <table .style="--column: ${view.width}px" aria-label="Row ${row}: inputs and targets">
      <tbody>
        <tr><th scope="row">read</th>${cells('read', inputs)}</tr>
        <tr aria-hidden="true" class="arrows"><td></td>${shown.map((at) => html`<td class=${at === column ? 'told' : ''}>↓</td>`)}</tr>
        <tr><th scope="row">predict</th>${cells('predict', batch.labels)}</tr>
      </tbody>
    </table>
    <p class="told-words">${toldWords(view)}</p>
  </div>`;
}

function toldWords({batch, row, column, name}: WindowView): TemplateResult {
  const {length: T, ids} = batch.tokens;
  const label = batch.labels[row * T + column]!;
  const read = Array.from(ids.slice(row * T + Math.max(0, column + 1 - TOLD), row * T + column + 1), name);
  const words = html`Having read <b class="read">${column + 1 > TOLD ? '…' : ''}${read.join('')}</b>, the model should predict`;
  return label < 0
    ? html`${words} nothing: this position has no target.`
    : html`${words} <b class="predict">${name(label)}</b>.`;
}
