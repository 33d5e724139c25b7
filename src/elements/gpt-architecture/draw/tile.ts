/** A vector as a small tile: a few rows of cells, read like a text. */
import {decimals} from '../../../ui/base/format.js';
import {type ColorScale, textOn} from '../../../viz/color.js';
import {pooled} from '../../../viz/pooled.js';
import type {Surface} from '../../../viz/surface.js';
import type {Theme} from '../../../viz/theme.js';
import type {Box} from '../layout/map-layout.js';

/** Cells of a tile in the overview. */
export const EMBEDDING_TILE = {columns: 12, rows: 4};
export const HIDDEN_TILE = {columns: 24, rows: 4};

/** A cell of a tile is at least this wide, where there are so many numbers. */
const LEAST_CELL = 2.3;

/** Returns the columns and rows of a tile: more columns where it is open. */
export const inRoom = ({columns, rows}: {columns: number; rows: number}, width: number) => ({
  columns: Math.max(columns, Math.floor(width / LEAST_CELL / columns) * columns),
  rows,
});

/** Colors that differ less than this share of the scale look the same at this size. */
const SHADES = 12;
/** Color grows with this power of the number: most are small, and would not be seen. */
const BOOST = 0.6;

/** Draws a vector into a box. */
export function drawTile(
  surface: Surface,
  values: ArrayLike<number>,
  box: Box,
  {columns, rows, scale, zoom = 1}: {columns: number; rows: number; scale: ColorScale; zoom?: number},
  theme: Theme,
): void {
  const cells = pooled(values, columns * rows);
  const across = Math.ceil(cells.length / rows);
  const [, reach] = scale.domain;
  const colors = cells.map((value) => {
    const shade = Math.round((Math.abs(value) / reach) ** BOOST * SHADES) / SHADES;
    return shade > 0 ? scale.color(Math.sign(value) * shade * reach) : undefined;
  });
  surface.grid(box.x, box.y, box.width / across, across, colors, box.height / rows);
  const [width, height] = [box.width / across, box.height / rows];
  if (
    cells.length < values.length ||
    width * zoom < ROOM_FOR_NUMBER.width ||
    height * zoom < ROOM_FOR_NUMBER.height
  )
    return;
  const size = Math.min(width / 3.4, height * 0.6);
  cells.forEach((value, i) => {
    const [column, row] = [i % across, Math.floor(i / across)];
    surface.text(decimals(value, 2), box.x + (column + 0.5) * width, box.y + (row + 0.5) * height, {
      fill: textOn(colors[i] ?? theme.background, theme),
      size,
      font: theme.mono,
      anchor: 'middle',
    });
  });
}

/** On the screen, a cell of this size has room for its number. */
const ROOM_FOR_NUMBER = {width: 30, height: 13};
