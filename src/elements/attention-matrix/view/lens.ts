/** A lens that shows the cells around the highlighted one: a long text's cells are smaller than a pixel. */
import {CanvasSurface} from '../../../viz/canvas-surface.js';
import {drawMatrix, isMasked, type Matrix} from '../../../viz/matrix.js';
import type {Theme} from '../../../viz/theme.js';
import type {Highlight} from '../data/choice.js';
import type {AttentionDrawing} from './attention-drawing.js';

/** Cells across. */
const ACROSS = 13;

/** Returns the side of the lens for a matrix of `side` pixels; it is in the corner of the masked cells. */
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

/** Returns the index of the first cell that the lens shows along an axis. */
const first = (index: number, size: number): number =>
  Math.max(0, Math.min(size - ACROSS, index - Math.floor(ACROSS / 2)));

/** Cuts out the cells of the lens. Masked cells are 0: hatching would be in the wrong place. */
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
