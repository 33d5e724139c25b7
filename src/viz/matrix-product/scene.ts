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
const ROOM_FOR_ARITHMETIC = {width: 130, height: 120};
/** Pixels that it takes there. */
export const BELOW = 64;
/** For the number over a bar. */
const NUMBER = 16;

/** Pixels from one line of arithmetic to the next. */
export const ARITHMETIC_LINE = 17;
/** Pixels of three lines. */
const LINES = 3 * ARITHMETIC_LINE;

/** Pixels between the arithmetic and what is to the right of it. */
const BESIDE = 8;

/**
 * Returns where the arithmetic of the highlighted cell stands: in the corner between the factors of a product, else just above
 * its block or its bars, else in the first corner that is free. Undefined if all are too small: then it stands below the board.
 */
export function arithmeticRoom(scene: Scene, layout: BoardLayout): (Rect & {column: number}) | undefined {
  const {columns, bars, highlighted, blocks} = scene;
  const product = highlighted && blocks[highlighted.block]?.product;
  const own = columns.findIndex(({below}) => below === (product?.left ?? highlighted?.block));
  const rooms = layout.spaces.map((space, column) => {
    const end = layout.spaces[column + 1]?.x ?? layout.width;
    return {...space, column, width: Math.max(space.width, end - space.x - BESIDE)};
  });
  const isFree = ({column, width, height}: (typeof rooms)[number]): boolean =>
    columns[column]!.above === undefined &&
    columns[column]!.below !== bars?.block &&
    width >= ROOM_FOR_ARITHMETIC.width &&
    height >= ROOM_FOR_ARITHMETIC.height;
  const room = rooms[own];
  if (product && room && isFree(room)) return room;
  if (room && bars && columns[own]!.below === bars.block && hasArithmeticOver(bars, columns))
    return {...room, y: barsTop(scene, bars, layout) - LINES, height: LINES};
  const free = [room, rooms[own - 1], ...rooms].find((one) => one && isFree(one));
  return free && {...free, y: free.height - LINES, height: LINES};
}

/** Whether bars leave room for arithmetic above them: the space to their left has a block. */
const hasArithmeticOver = ({block}: Bars, columns: Scene['columns']): boolean =>
  columns[columns.findIndex(({below}) => below === block) - 1]?.above !== undefined;

/** Returns the lines of arithmetic that there is room for: the first, and of the others the last ones. */
export function linesOf(scene: Scene, layout: BoardLayout): readonly string[] {
  const [first, ...others] = scene.arithmetic ?? [];
  if (first === undefined) return [];
  const room = arithmeticRoom(scene, layout)?.height ?? BELOW;
  const most = Math.floor(room / ARITHMETIC_LINE) - 1;
  return [first, ...others.slice(-most)];
}

/** Returns how high the tallest of several scenes is with its arithmetic, so that steps of a figure can share one height. */
export function sceneHeight(scenes: readonly Scene[], width: number): number {
  return Math.max(
    ...scenes.map((scene) => {
      const layout = layOut(scene, width);
      return layout.height + (arithmeticRoom(scene, layout) ? 0 : BELOW);
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
  if (bars && layout.blocks[bars.block]) drawBars(surface, scene, bars, layout, theme);
  const stack = stackOf(scene, layout);
  if (!stack) return;
  const {terms, rows, target} = stack;
  drawTerms(surface, stack, stackTerms(terms, rows), target, theme);
}

/** Pixels that the factors of a term take: “−0.12”, “× −0.34”. */
const FACTORS = [38, 54] as const;
/** Lower rows have no room for a term in words. */
const TERM_HEIGHT = 15;

/** Where the terms of the highlighted cell are stacked; undefined where there are none, or no room. */
export function stackOf(scene: Scene, layout: BoardLayout): (Rect & Stack) | undefined {
  const {blocks, columns, highlighted, arithmetic} = scene;
  const product = highlighted && blocks[highlighted.block]?.product;
  const right = product && layout.blocks[product.right];
  const terms = termsIn(scene);
  const room = arithmeticRoom(scene, layout);
  if (!terms || !right || !arithmetic || !room || columns[room.column]!.below !== product.left)
    return undefined;
  const {rows, y, height} = right;
  const factors = rows.cell >= TERM_HEIGHT && rows.bands.length === 0 ? FACTORS : undefined;
  const x = room.x + 10 + (factors ? factors[0] + factors[1] : 0);
  const target = layout.blocks[highlighted.block]!;
  const isAlone = blocks[highlighted.block]!.only !== undefined; // else the rows above it hold numbers
  return {
    x,
    y,
    width: room.x + room.width - x - 10,
    height,
    terms,
    rows,
    factors: factors && [
      {x: room.x, width: factors[0]},
      {x: room.x + factors[0], width: factors[1]},
    ],
    target: {
      x: target.x + (placeOf(target.columns, highlighted.column) ?? 0) + target.columns.cell / 2,
      y: target.y + ((isAlone && placeOf(target.rows, highlighted.row)) || 0),
    },
  };
}

/** The terms of a cell, beside the rows of the right factor. */
interface Stack {
  terms: Terms;
  rows: Track;
  /** Where the two factors of each term are written, if rows are high enough. */
  factors?: readonly [Pick<Rect, 'x' | 'width'>, Pick<Rect, 'x' | 'width'>];
  /** Where the sum goes. */
  target: {x: number; y: number};
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
  {columns}: Scene,
  bars: Bars,
  {blocks, columnLabels}: BoardLayout,
): {bottom: number; full: number} {
  const bottom = blocks[bars.block]!.y - columnLabels - 4;
  const head = TITLE + NUMBER + (hasArithmeticOver(bars, columns) ? LINES : 0);
  return {bottom, full: Math.max(0, bottom - head)};
}

/** Where the name of bars begins: above the number of the highest. */
export function barsTop(scene: Scene, bars: Bars, layout: BoardLayout): number {
  const {bottom, full} = roomForBars(scene, bars, layout);
  return bottom - Math.max(...bars.values) * full - TITLE;
}

function drawBars(surface: Surface, scene: Scene, bars: Bars, layout: BoardLayout, theme: Theme): void {
  const {bottom, full} = roomForBars(scene, bars, layout);
  const {x, width, columns} = layout.blocks[bars.block]!;
  for (const [index, share] of bars.values.entries()) {
    const left = placeOf(columns, index);
    if (left === undefined) continue;
    const height = Math.max(1, share * full);
    surface.rect(x + left + 2, bottom - height, columns.cell - 5, height, {fill: theme.attention});
  }
  surface.line(x, bottom, x + width, bottom, {stroke: theme.hairline});
}
