import type {Surface} from '../surface.js';
import type {Theme} from '../theme.js';
import {type BlockShape, type Board, type BoardLayout, layOut, type Rect, TITLE} from './layout.js';
import {type BlockData, drawBoard, drawSweep, type Mark} from './paint.js';
import {drawTerms, stackTerms, type Terms, termsOf} from './terms.js';
import {placeOf, type Track} from './track.js';

/** Whose color something has. */
export type Role = 'query' | 'key' | 'value' | 'attention';

/** A cell of one of the blocks. */
export interface ProductCell {
  readonly block: string;
  readonly row: number;
  readonly column: number;
}

/** A matrix of the figure. */
export interface ProductBlock extends BlockShape, BlockData {
  /** Its name in a formula; `W_q` has a subscript. */
  readonly title: string;
  /** In the field's notation, e.g. `[T, D]`. */
  readonly symbols: string;
  /** What it is, for those who do not see it. */
  readonly label: string;
  /** Whose color its name and its marks have. */
  readonly role?: Role;
  /** Writes the values into the cells where they are wide enough. Default: none are written. */
  readonly print?: (value: number) => string;
  /** What a cell is, without its value: “number 3 of the query of Mia”. */
  readonly nameOf: (row: number, column: number) => string;
  /** The blocks that it is the product of. */
  readonly product?: {readonly left: string; readonly right: string};
  /** The block whose rows its rows are made of, e.g. by a softmax. */
  readonly madeOf?: string;
  /** The roles of its pieces, as `role`. */
  readonly pieceRoles?: readonly Role[];
  /** What an empty block will show: “step 3”. */
  readonly later?: string;
}

/** A row of shares as bars, one over each column of a block that has nothing above it. */
export interface Bars {
  readonly block: string;
  readonly values: readonly number[];
  readonly title: string;
}

/** A board with its numbers, what is highlighted in it, and what is said about that. */
export interface Scene extends Omit<Board, 'blocks'> {
  readonly blocks: Readonly<Record<string, ProductBlock>>;
  /** The cell whose row, column and terms are shown. */
  readonly highlighted?: ProductCell;
  /** The row that is followed through all lower blocks. */
  readonly row?: number;
  /** The highlighted cell's arithmetic, line by line, above its stack of terms. */
  readonly arithmetic?: readonly string[];
  /** Frames that stay, whatever is highlighted. */
  readonly marks?: readonly Mark[];
  readonly bars?: Bars;
  /** What happens between two columns, e.g. “softmax”, by the index of the right one. */
  readonly between?: Readonly<Record<number, string>>;
}

/** A space that is smaller has its arithmetic below the board. */
const ROOM_FOR_ARITHMETIC = {width: 150, height: 120};
/** Pixels that it takes there. */
export const BELOW = 64;
/** For the number over a bar. */
const NUMBER = 16;

/** Whether the arithmetic fits above the first block. */
export function hasRoomInside({columns, bars}: Scene, {spaces: [first]}: BoardLayout): boolean {
  const isFree = columns[0]?.above === undefined && columns[0]?.below !== bars?.block;
  return (
    isFree &&
    first !== undefined &&
    first.width >= ROOM_FOR_ARITHMETIC.width &&
    first.height >= ROOM_FOR_ARITHMETIC.height
  );
}

/** Pixels from one line of arithmetic to the next. */
export const ARITHMETIC_LINE = 17;

/** Returns the lines of arithmetic that there is room for: the first, and of the others the last ones. */
export function linesOf(scene: Scene, layout: BoardLayout): readonly string[] {
  const [first, ...others] = scene.arithmetic ?? [];
  if (first === undefined) return [];
  const room = hasRoomInside(scene, layout) ? layout.spaces[0]!.height : BELOW;
  const most = Math.floor(room / ARITHMETIC_LINE) - 1;
  return [first, ...others.slice(-most)];
}

/** Returns how high the tallest of several scenes is with its arithmetic, so that steps of a figure can share one height. */
export function sceneHeight(scenes: readonly Scene[], width: number): number {
  return Math.max(
    ...scenes.map((scene) => {
      const layout = layOut(scene, width);
      return layout.height + (hasRoomInside(scene, layout) ? 0 : BELOW);
    }),
  );
}

/** Returns the entries of the highlighted cell that are folded away, by axis: its row, its column. */
export function hiddenIn(
  {highlighted, blocks}: Scene,
  layout: BoardLayout,
): Readonly<Record<string, number>> {
  const block = highlighted && blocks[highlighted.block];
  const placed = highlighted && layout.blocks[highlighted.block];
  if (!block || !placed) return {};
  return {
    ...(placeOf(placed.rows, highlighted.row) === undefined && {[block.rows]: highlighted.row}),
    ...(placeOf(placed.columns, highlighted.column) === undefined && {[block.columns]: highlighted.column}),
  };
}

/** Returns a scene with entries of its axes pinned: they stay visible where the axis is folded. */
export function withPinned<S extends Scene>(scene: S, pinned: Readonly<Record<string, number>>): S {
  const axes = Object.entries(scene.axes).map(([name, axis]) => {
    const index = pinned[name];
    return [name, index === undefined ? axis : {...axis, pinned: [...(axis.pinned ?? []), index]}];
  });
  return {...scene, axes: Object.fromEntries(axes)};
}

/** Returns the terms of the highlighted cell; undefined unless it is a product of blocks of this board. */
export function termsIn({highlighted, blocks}: Scene): Terms | undefined {
  const product = highlighted && blocks[highlighted.block]?.product;
  if (!product) return undefined;
  const [left, right] = [blocks[product.left]!.values, blocks[product.right]!.values];
  return left[highlighted.row] && right[0] && highlighted.column < right[0].length
    ? termsOf(left, right, highlighted.row, highlighted.column)
    : undefined;
}

/** Draws everything but words and numbers. */
export function drawScene(surface: Surface, scene: Scene, layout: BoardLayout, theme: Theme): void {
  const {blocks, highlighted, bars} = scene;
  const marks = marksOf(scene, layout, theme);
  drawBoard(surface, layout, blocks, marks, theme);
  const product = highlighted && blocks[highlighted.block]?.product;
  if (product) {
    const [left, right, cell] = marks.slice(-3) as [Mark, Mark, Mark];
    drawSweep(surface, layout, {left, right, cell});
  }
  if (bars && layout.blocks[bars.block]) drawBars(surface, bars, layout, theme);
  const stack = stackOf(scene, layout);
  if (!stack) return;
  const {x, y, width, height, terms, rows} = stack;
  drawTerms(surface, {x, y, width, height}, stackTerms(terms, rows), theme);
}

/** Pixels that a term takes in words: “−0.12 × −0.34”. */
const TERM = 104;
/** Lower rows have no room for a term in words. */
const TERM_HEIGHT = 15;

/** Where the terms of the highlighted cell are stacked; undefined where there are none, or no room. */
export function stackOf(
  scene: Scene,
  layout: BoardLayout,
): (Rect & {terms: Terms; rows: Track; named: number}) | undefined {
  const {blocks, highlighted, arithmetic} = scene;
  const product = highlighted && blocks[highlighted.block]?.product;
  const right = product && layout.blocks[product.right];
  const terms = termsIn(scene);
  if (!terms || !right || !arithmetic || !hasRoomInside(scene, layout)) return undefined;
  const {rows, y, height} = right;
  const named = rows.cell >= TERM_HEIGHT && rows.bands.length === 0 ? TERM : 0;
  const x = named + 12;
  return {x, y, width: layout.spaces[0]!.width - x - 24, height, terms, rows, named};
}

/** The followed row; then the highlighted cell with the row and the column that it is made of. */
function marksOf({blocks, highlighted, row, marks = []}: Scene, layout: BoardLayout, theme: Theme): Mark[] {
  const all = [...marks];
  if (row !== undefined)
    for (const [block, {isAbove}] of Object.entries(layout.blocks))
      if (!isAbove) all.push({block, row, color: theme.query});
  if (!highlighted) return all;
  const {block, column} = highlighted;
  const {product, madeOf} = blocks[block] ?? {};
  const color = (id: string): string => theme[blocks[id]?.role ?? 'text'];
  if (product)
    all.push(
      {block: product.left, row: highlighted.row, color: color(product.left)},
      {block: product.right, column, color: color(product.right)},
    );
  if (madeOf) all.push({block: madeOf, row: highlighted.row, color: theme.text});
  all.push({block, row: highlighted.row, column, color: theme.text});
  return all;
}

/** Where bars stand, and how high a share of 1 is. */
export function roomForBars(
  {block}: Bars,
  {blocks, columnLabels}: BoardLayout,
): {bottom: number; full: number} {
  const bottom = blocks[block]!.y - columnLabels - 4;
  return {bottom, full: Math.max(0, bottom - TITLE - NUMBER)};
}

function drawBars(surface: Surface, bars: Bars, layout: BoardLayout, theme: Theme): void {
  const {bottom, full} = roomForBars(bars, layout);
  const {x, width, columns} = layout.blocks[bars.block]!;
  for (const [index, share] of bars.values.entries()) {
    const left = placeOf(columns, index);
    if (left === undefined) continue;
    const height = Math.max(1, share * full);
    surface.rect(x + left + 2, bottom - height, columns.cell - 5, height, {fill: theme.attention});
  }
  surface.line(x, bottom, x + width, bottom, {stroke: theme.hairline});
}
