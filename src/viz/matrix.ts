import {type ColorScale, textOn} from './color.js';
import type {Surface} from './surface.js';
import type {Theme} from './theme.js';

/** A square matrix, row by row: `values[row * size + column]`. */
export interface Matrix {
  readonly size: number;
  readonly values: ArrayLike<number>;
  /** Cells right of the diagonal are the future: masked, and drawn as hatching whatever they hold. */
  readonly causal: boolean;
}

export interface MatrixOptions {
  /** The upper left corner. */
  x?: number;
  y?: number;
  /** Side of a cell in pixels. */
  cell: number;
  scale: ColorScale;
  /** Writes each value into its cell, where it is large enough for that. */
  print?: (value: number) => string;
  highlight?: {row?: number; column?: number};
}

/** From this size on, cells stand apart by a pixel. */
export const CELLS_APART = 12;
/** From this size on, a cell has room for its number. */
const ROOM_FOR_NUMBER = 30;

export const isMasked = ({causal}: Matrix, row: number, column: number): boolean => causal && column > row;

/** One square a cell; masked cells hatched; the highlighted row, column and cell outlined. */
export function drawMatrix(surface: Surface, matrix: Matrix, theme: Theme, options: MatrixOptions): void {
  const {x = 0, y = 0, cell, highlight} = options;
  const {size} = matrix;
  if (cell < CELLS_APART) drawSmallCells(surface, matrix, x, y, options);
  else drawLargeCells(surface, matrix, theme, x, y, options);
  if (matrix.causal && size > 1)
    surface.hatch(future(x, y, cell, size), {stroke: theme.masked, spacing: cell >= CELLS_APART ? 4 : 3});
  outline(surface, theme.hairline, 1, x, y, size * cell, size * cell);
  if (highlight) drawHighlight(surface, matrix, theme, {x, y, cell, ...highlight});
}

function drawSmallCells(
  surface: Surface,
  matrix: Matrix,
  x: number,
  y: number,
  options: MatrixOptions,
): void {
  const {size, values} = matrix;
  const colors = Array.from({length: size * size}, (_, i) =>
    isMasked(matrix, Math.floor(i / size), i % size) ? undefined : options.scale.color(values[i]!),
  );
  surface.grid(x, y, options.cell, size, colors);
}

function drawLargeCells(
  surface: Surface,
  matrix: Matrix,
  theme: Theme,
  x: number,
  y: number,
  {cell, scale, print}: MatrixOptions,
): void {
  const {size, values} = matrix;
  const side = cell - 1;
  const each = (draw: (value: number, x: number, y: number) => void): void => {
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++)
        if (!isMasked(matrix, row, column))
          draw(values[row * size + column]!, x + column * cell, y + row * cell);
  };
  each((value, left, top) => surface.rect(left, top, side, side, {fill: scale.color(value)}));
  if (!print || cell < ROOM_FOR_NUMBER) return;
  each((value, left, top) =>
    surface.text(print(value), left + side / 2, top + side / 2, {
      fill: textOn(scale.color(value), theme),
      size: Math.min(12, cell * 0.32),
      font: theme.mono,
      anchor: 'middle',
    }),
  );
}

/** The row in the query's color, the column in the key's, the cell where they meet in the text's. */
function drawHighlight(
  surface: Surface,
  {size}: Matrix,
  theme: Theme,
  {x, y, cell, row, column}: {x: number; y: number; cell: number; row?: number; column?: number},
): void {
  const side = cell >= CELLS_APART ? cell - 1 : cell;
  const length = (size - 1) * cell + side;
  if (row !== undefined) outline(surface, theme.query, 2, x, y + row * cell, length, side);
  if (column !== undefined) outline(surface, theme.key, 2, x + column * cell, y, side, length);
  if (row !== undefined && column !== undefined)
    outline(surface, theme.text, 2, x + column * cell, y + row * cell, side, side);
}

/** A frame whose outer edge is the rectangle's. */
function outline(
  surface: Surface,
  stroke: string,
  lineWidth: number,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const inset = lineWidth / 2;
  surface.rect(x + inset, y + inset, width - lineWidth, height - lineWidth, {stroke, lineWidth});
}

/** The staircase above the diagonal, as a path. */
function future(x: number, y: number, cell: number, size: number): string {
  let d = `M${x + cell} ${y}H${x + size * cell}V${y + (size - 1) * cell}`;
  for (let i = size - 1; i >= 1; i--) d += `H${x + i * cell}V${y + (i - 1) * cell}`;
  return `${d}Z`;
}
