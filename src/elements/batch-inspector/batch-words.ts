import {html, type TemplateResult} from 'lit';
import {whole} from '../../ui/base/whole.js';
import type {BatchView} from './batch-source.js';

/** A position in the batch. */
export interface Cell {
  row: number;
  column: number;
}

/** What a position means for the loss. */
export type Role = 'learned' | 'given' | 'padding';

export function roleOf({labels, lengths, tokens}: BatchView, {row, column}: Cell): Role {
  if (lengths && column >= lengths[row]!) return 'padding';
  return labels[row * tokens.length + column]! < 0 ? 'given' : 'learned';
}

/** Describes a position. @param name Returns the token of an id */
export function cellWords(batch: BatchView, cell: Cell, name: (id: number) => string): TemplateResult {
  const {row, column} = cell;
  const {ids, length} = batch.tokens;
  const at = row * length + column;
  const place = `Row ${row}, position ${column}: `;
  const input = html`<code>${name(ids[at]!)}</code> (id ${ids[at]})`;
  const role = roleOf(batch, cell);
  if (role === 'padding')
    return html`${place}padding, which makes the row as long as the longest. It has no target (−100), and no earlier position can see it.`;
  if (role === 'given')
    return html`${place}the model reads ${input}; its target is −100, so the loss ignores it: the question is given, not learned.`;
  const label = batch.labels[at]!;
  const link = column + 1 < length ? ` The target is the input at position ${column + 1}.` : '';
  return html`${place}the model reads ${input} and should predict <code>${name(label)}</code> (id ${label}).${link}`;
}

/** Describes the batch. */
export function batchWords(batch: BatchView, step: number): string {
  const {batchSize: B, length: T} = batch.tokens;
  const places = B * T;
  const learned = batch.labels.reduce((sum, label) => sum + Number(label >= 0), 0);
  const padding = batch.lengths?.reduce((sum, length) => sum + T - length, 0) ?? 0;
  const given = places - learned - padding;
  const masked = [
    padding ? `${whole(padding)} are padding` : '',
    given ? `${whole(given)} are given and not learned` : '',
  ].filter(Boolean);
  const size = `${whole(B)} rows of ${whole(T)} tokens: ${whole(places)} positions.`;
  const loss = masked.length
    ? `${masked.join(' and ')}; the loss is the mean over the other ${whole(learned)}.`
    : 'Every position has a target; the loss is the mean over all of them.';
  if (batch.epoch === undefined) return `${size} ${loss}`;
  const epoch = Math.floor(((step - 1) * B) / batch.epoch) + 1;
  return `${size} ${loss} This is epoch ${whole(epoch)}: an epoch takes ${whole(Math.ceil(batch.epoch / B))} steps.`;
}
