import {type ColorScale, parseColor} from '../color.js';
import type {Surface} from '../surface.js';
import type {Theme} from '../theme.js';
import type {BlockLayout, BoardLayout, Rect} from './layout.js';
import {placeOf, stretchOf, type Track} from './track.js';

/** From this size on, cells stand apart by a pixel. */
const APART = 8;

/** What a block of a board holds. */
export interface BlockData {
  readonly values: readonly ArrayLike<number>[];
  readonly scale: ColorScale;
  /** Hatched whatever the value is: the future, what is silenced. */
  readonly masked?: (row: number, column: number) => boolean;
  /** The one row that the figure follows: the others are pale. */
  readonly only?: number;
  /** Not known yet: an empty outline. */
  readonly empty?: boolean;
  /** Shown by a later step: pale, without numbers. */
  readonly pale?: boolean;
}

/** A row, a column or a cell with a frame. */
export interface Mark {
  readonly block: string;
  readonly row?: number;
  readonly column?: number;
  /** In place of one column: from the first to before the second. */
  readonly columns?: readonly [from: number, to: number];
  readonly color: string;
}

/** Draws the cells of all blocks, the bands of hidden entries, and the marks. Words and numbers are left to the page. */
export function drawBoard(
  surface: Surface,
  layout: BoardLayout,
  data: Readonly<Record<string, BlockData>>,
  marks: readonly Mark[],
  theme: Theme,
): void {
  for (const [id, block] of Object.entries(layout.blocks)) {
    const content = data[id]!;
    if (content.empty) frame(surface, block, theme.hairline, [4, 4]);
    else drawBlock(surface, block, content, theme);
  }
  for (const mark of marks) {
    const block = layout.blocks[mark.block];
    if (block && !isLater(data[mark.block]!)) drawMark(surface, block, mark);
  }
}

/** Whether a block belongs to a later step. */
export const isLater = ({empty, pale}: BlockData): boolean => Boolean(empty || pale);

function drawBlock(
  surface: Surface,
  block: BlockLayout,
  {values, scale, masked, only, pale}: BlockData,
  theme: Theme,
): void {
  const {x, y, rows, columns} = block;
  const gap = Math.min(rows.cell, columns.cell) >= APART ? 1 : 0;
  const [width, height] = [columns.cell - gap, rows.cell - gap];
  let hatched = '';
  for (const row of rows.entries)
    for (const column of columns.entries) {
      const [left, top] = [x + column.at, y + row.at];
      if (masked?.(row.index, column.index)) hatched += `M${left} ${top}h${width}v${height}h${-width}Z`;
      else surface.rect(left, top, width, height, {fill: scale.color(values[row.index]![column.index]!)});
    }
  if (hatched) surface.hatch(hatched, {stroke: theme.masked, spacing: 4});
  if (only !== undefined || pale) {
    const veil = `rgba(${parseColor(theme.background).join(', ')}, 0.72)`;
    for (const {index, at} of rows.entries)
      if (pale || index !== only) surface.rect(x, y + at, block.width, rows.cell, {fill: veil});
  }
  for (const {at} of columns.bands) surface.rect(x + at, y, columns.band, block.height, {fill: theme.hover});
  for (const {at} of rows.bands) surface.rect(x, y + at, block.width, rows.band, {fill: theme.hover});
  frame(surface, block, theme.hairline);
}

function frame(
  surface: Surface,
  {x, y, width, height}: Rect,
  stroke: string,
  dash: readonly number[] = [],
): void {
  surface.rect(x - 0.5, y - 0.5, width + 1, height + 1, {stroke, dash});
}

function drawMark(surface: Surface, block: BlockLayout, {row, column, columns, color}: Mark): void {
  const [top, height] = span(block.rows, row);
  const [left, width] = columns
    ? (stretchOf(block.columns, ...columns) ?? [undefined, 0])
    : span(block.columns, column);
  if (top === undefined || left === undefined) return;
  surface.rect(block.x + left - 1, block.y + top - 1, width + 1, height + 1, {stroke: color, lineWidth: 2});
}

/** Leads from a row and a column to the cell where they meet. */
export function drawSweep(
  surface: Surface,
  {blocks}: BoardLayout,
  {left, right, cell}: {left: Mark; right: Mark; cell: Mark},
): void {
  const [from, above, target] = [blocks[left.block], blocks[right.block], blocks[cell.block]];
  if (!from || !above || !target) return;
  const [top, height] = span(target.rows, cell.row);
  const [start, width] = span(target.columns, cell.column);
  if (top === undefined || start === undefined) return;
  const [x, y] = [target.x + start, target.y + top];
  const end = from.x + from.width;
  const strip = (color: string): string => `rgba(${parseColor(color).join(', ')}, 0.18)`;
  surface.rect(end, y, x - end, height, {fill: strip(left.color)});
  surface.rect(x, above.y + above.height, width, y - above.y - above.height, {fill: strip(right.color)});
}

/** Where an entry starts and how long it is; all of the track without one, nothing for a hidden one. */
function span(track: Track, index: number | undefined): [start: number | undefined, length: number] {
  return index === undefined ? [0, track.length] : [placeOf(track, index), track.cell];
}
