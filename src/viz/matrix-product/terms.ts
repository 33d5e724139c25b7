import type {Surface} from '../surface.js';
import type {Theme} from '../theme.js';
import type {Rect} from './layout.js';
import type {Track} from './track.js';

/** The products that a cell of a matrix product is the sum of. */
export interface Terms {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly products: readonly number[];
  readonly sum: number;
}

/** Returns the terms of cell (row, column) of left · right, for left [n, m] and right [m, k]. */
export function termsOf(
  left: readonly ArrayLike<number>[],
  right: readonly ArrayLike<number>[],
  row: number,
  column: number,
): Terms {
  const factors = Array.from(left[row]!);
  const others = right.map((values) => values[column]!);
  const products = factors.map((factor, i) => factor * others[i]!);
  return {left: factors, right: others, products, sum: products.reduce((sum, product) => sum + product, 0)};
}

/** A bar of the stack: from where the sum stood before to where it stands after. */
interface Step {
  readonly at: number;
  readonly height: number;
  readonly from: number;
  readonly to: number;
}

/** Returns one step for each drawn entry and one for each band of hidden entries, from top to bottom. */
export function stackTerms({products}: Terms, track: Track): Step[] {
  const pieces = [
    ...track.entries.map(({index, at}) => ({at, height: track.cell, from: index, to: index + 1})),
    ...track.bands.map(({at, from, hidden}) => ({at, height: track.band, from, to: from + hidden})),
  ].sort((a, b) => a.from - b.from);
  let sum = 0;
  return pieces.map(({at, height, from, to}) => {
    const before = sum;
    for (let i = from; i < to; i++) sum += products[i]!;
    return {at, height, from: before, to: sum};
  });
}

/**
 * Draws how the terms add up: a bar a term, each beginning where the one above it ended, in line with the rows of the right
 * factor. From the end of the last one, an arrow leads to the cell that holds the sum.
 */
export function drawTerms(
  surface: Surface,
  {x, y, width}: Rect,
  steps: readonly Step[],
  cell: {readonly x: number; readonly y: number},
  theme: Theme,
): void {
  const ends = steps.flatMap(({from, to}) => [from, to]);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const scale = high > low ? width / (high - low) : 0;
  const place = (value: number): number => x + (value - low) * scale;
  const bottom = y + Math.max(0, ...steps.map(({at, height}) => at + height));
  surface.line(place(0), y, place(0), bottom, {stroke: theme.muted, dash: [2, 3]});
  for (const {at, height, from, to} of steps) {
    if (from === to) continue;
    const fill = to < from ? theme.negative : theme.positive;
    surface.rect(
      place(Math.min(from, to)),
      y + at,
      Math.max(1, Math.abs(to - from) * scale),
      Math.max(1, height - 1),
      {
        fill,
      },
    );
  }
  const end = place(steps.at(-1)?.to ?? 0);
  const bend = bottom + 5;
  const stroke = {stroke: theme.text, lineWidth: 1.5};
  surface.path(`M${end} ${y + (steps.at(-1)?.at ?? 0)}V${bend}H${cell.x}V${cell.y - 2}`, stroke);
  surface.path(`M${cell.x - 4} ${cell.y - 8}h8l-4 7Z`, {fill: theme.text});
}
