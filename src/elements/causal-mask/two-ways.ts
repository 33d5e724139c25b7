/** The mask itself: −∞ before the softmax, or zeros after it and the row scaled up again. Both give the same shares. */
import {html, type TemplateResult} from 'lit';
import {type Matrix, maskFuture, renormalizePast, softmax} from '../../math/attention.js';
import {decimals} from '../../ui/base/format.js';
import {type NumberCell, renderNumberTable} from '../../ui/views/number-table.js';
import {type ColorScale, shareScale, signedScale} from '../../viz/color.js';
import type {Theme} from '../../viz/theme.js';

export interface Ways {
  scores: Matrix;
  /** Mask, then softmax. */
  masked: number[][];
  before: number[][];
  /** Softmax, then strike out, then scale up. */
  all: number[][];
  struck: number[][];
  after: number[][];
}

/** @param scores [T, T], before any mask */
export function waysOf(scores: Matrix): Ways {
  const masked = maskFuture(scores);
  const all = scores.map(softmax);
  return {
    scores,
    masked,
    before: masked.map(softmax),
    all,
    struck: all.map((row, query) => row.map((weight, key) => (key > query ? 0 : weight))),
    after: renormalizePast(all),
  };
}

export interface WaysOptions {
  ways: Ways;
  tokens: readonly string[];
  way: 'before' | 'after';
  theme: Theme;
  highlighted: Partial<NumberCell> | undefined;
  point: (cell: NumberCell | undefined) => void;
}

/** The score of the token that a row has to predict. */
const answer = ({row, column}: NumberCell): boolean => column === row + 1;

const future = ({row, column}: NumberCell): boolean => column > row;

export function renderWays({ways, tokens, way, theme, highlighted, point}: WaysOptions): TemplateResult {
  const extent = Math.max(1, ...ways.scores.flatMap((row) => Array.from(row, Math.abs)));
  const table = (caption: string, values: Matrix, scale: ColorScale, masked = true): TemplateResult =>
    renderNumberTable({
      caption,
      rows: tokens,
      columns: tokens,
      rowRole: 'query',
      columnRole: 'key',
      values,
      scale,
      theme,
      print: (value) => decimals(value, 2),
      masked: masked ? future : undefined,
      framed: masked ? undefined : answer,
      highlighted,
      point,
    });
  const [signed, shares] = [signedScale(theme, extent), shareScale(theme)];
  return way === 'before'
    ? html`${table('1. scores, the answers framed', ways.scores, signed, false)} ${table('2. the future is −∞', ways.masked, signed)}
      ${table('3. softmax of each row', ways.before, shares)}`
    : html`${table('1. softmax, the answers framed', ways.all, shares, false)} ${table('2. the future struck out', ways.struck, shares)}
      ${table('3. each row scaled up to 1', ways.after, shares)}`;
}

/** How a cell came about, in words. */
export function waysReading(
  {scores, before, all, struck}: Ways,
  tokens: readonly string[],
  way: 'before' | 'after',
  {row, column}: NumberCell,
): TemplateResult {
  const [asks, asked] = [tokens[row], tokens[column]];
  if (column > row)
    return html`<b>${asked}</b> comes after <b>${asks}</b>: ${way === 'before' ? 'e to the power of −∞ is exactly 0' : 'its weight is struck out'}.`;
  const sum = struck[row]!.reduce((total, share) => total + share, 0);
  return way === 'before'
    ? html`<b>${asks}</b> takes ${decimals(before[row]![column]!, 3)} from <b>${asked}</b>: e<sup>${decimals(scores[row]![column]!, 2)}</sup> over the
        sum of its row, in which the future counts for nothing.`
    : html`<b>${asks}</b> takes ${decimals(all[row]![column]!, 3)} ÷ ${decimals(sum, 3)} = ${decimals(before[row]![column]!, 3)} from
        <b>${asked}</b>: what was left of the row, ${decimals(sum, 3)}, is made 1 again.`;
}
