/** A long text's cells are smaller than a pixel: a lens shows those around the one that is highlighted. */
import {CanvasSurface} from '../../viz/canvas-surface.js';
import {drawMatrix, isMasked, type Matrix} from '../../viz/matrix.js';
import type {Theme} from '../../viz/theme.js';
import type {AttentionDrawing} from './attention-drawing.js';
import type {Highlight} from './choice.js';

/** Cells across. */
const ACROSS = 13;

/** Side of the lens on a matrix of so many pixels: it stands in the corner that masked cells leave free. */
export const lensSide = (side: number): number => Math.min(182, Math.floor(side * 0.45));

export function paintLens(
  canvas: HTMLCanvasElement,
  drawing: AttentionDrawing,
  highlighted: Highlight,
  theme: Theme,
): void {
  const {matrix, options} = drawing;
  const side = lensSide(matrix.size * options.cell);
  const surface = new CanvasSurface(canvas, side, side);
  const {query = highlighted.key, key = highlighted.query} = highlighted;
  if (query === undefined || key === undefined) return;
  const [top, left] = [first(query, matrix.size), first(key, matrix.size)];
  surface.rect(0, 0, side, side, {fill: theme.background});
  drawMatrix(surface, part(matrix, top, left), theme, {
    cell: side / ACROSS,
    scale: options.scale,
    highlight: {row: query - top, column: key - left},
  });
}

/** The first cell of an axis that the lens shows. */
const first = (index: number, size: number): number =>
  Math.max(0, Math.min(size - ACROSS, index - Math.floor(ACROSS / 2)));

/** Masked cells are 0: the lens is no triangle, so hatching would be in the wrong place. */
function part(matrix: Matrix, top: number, left: number): Matrix {
  const {size, values} = matrix;
  return {
    size: ACROSS,
    values: Float32Array.from({length: ACROSS * ACROSS}, (_, i) => {
      const [row, column] = [top + Math.floor(i / ACROSS), left + (i % ACROSS)];
      return isMasked(matrix, row, column) ? 0 : values[row * size + column]!;
    }),
    causal: false,
  };
}
