import {type ColorScale, textOn} from './color.js';
import type {Surface} from './surface.js';
import type {Theme} from './theme.js';

/** Numbers in rows and columns: `values[row * columns + column]`. */
export interface Heatmap {
  readonly rows: number;
  readonly columns: number;
  readonly values: ArrayLike<number>;
}

export interface HeatmapOptions {
  /** Where the whole table's upper left corner is; it may lie outside what is seen. */
  x?: number;
  y?: number;
  /** Size of a cell in pixels. */
  cellWidth: number;
  cellHeight: number;
  scale: ColorScale;
  /** Writes each value into its cell, where it is large enough for that. */
  print?: (value: number) => string;
  highlight?: {row?: number; column?: number};
}

/** From this size on, cells stand apart by a pixel. */
const APART = 10;
/** From this size on, a cell has room for its number. */
const ROOM_FOR_NUMBER = {width: 38, height: 15};

/** One rectangle a cell; only what lies on the surface is drawn, so that a long table costs no more than its window. */
export function drawHeatmap(surface: Surface, heatmap: Heatmap, theme: Theme, options: HeatmapOptions): void {
  const {x = 0, y = 0, cellWidth, cellHeight, scale, print, highlight} = options;
  const {rows, columns, values} = heatmap;
  const gap = Math.min(cellWidth, cellHeight) >= APART ? 1 : 0;
  const numbers = print && cellWidth >= ROOM_FOR_NUMBER.width && cellHeight >= ROOM_FOR_NUMBER.height;
  const [firstRow, endRow] = seen(y, cellHeight, rows, surface.height);
  const [firstColumn, endColumn] = seen(x, cellWidth, columns, surface.width);
  for (let row = firstRow; row < endRow; row++)
    for (let column = firstColumn; column < endColumn; column++) {
      const value = values[row * columns + column]!;
      const fill = scale.color(value);
      const [left, top] = [x + column * cellWidth, y + row * cellHeight];
      surface.rect(left, top, cellWidth - gap, cellHeight - gap, {fill});
      if (numbers)
        surface.text(print(value), left + (cellWidth - gap) / 2, top + (cellHeight - gap) / 2 + 0.5, {
          fill: textOn(fill, theme),
          size: 10,
          font: theme.mono,
          anchor: 'middle',
        });
    }
  const outline = (left: number, top: number, width: number, height: number, lineWidth: number) =>
    surface.rect(left + lineWidth / 2, top + lineWidth / 2, width - lineWidth, height - lineWidth, {
      stroke: lineWidth > 1 ? theme.text : theme.hairline,
      lineWidth,
    });
  const [width, height] = [columns * cellWidth - gap, rows * cellHeight - gap];
  outline(x, y, width, height, 1);
  const {row, column} = highlight ?? {};
  if (row !== undefined) outline(x, y + row * cellHeight, width, cellHeight - gap, 2);
  if (column !== undefined && row !== undefined)
    outline(x + column * cellWidth, y + row * cellHeight, cellWidth - gap, cellHeight - gap, 2);
}

/** Which cells of an axis lie on a surface of so many pixels: from the first to before the second. */
function seen(start: number, cell: number, cells: number, pixels: number): [number, number] {
  return [Math.max(0, Math.floor(-start / cell)), Math.min(cells, Math.ceil((pixels - start) / cell))];
}
