/** A vector as a small tile: a few rows of cells, read like a text. */
import {decimals} from '../../../ui/base/format.js';
import {type ColorScale, signedScale, textOn} from '../../../viz/color.js';
import {pooled} from '../../../viz/pooled.js';
import type {Surface} from '../../../viz/surface.js';
import type {Theme} from '../../../viz/theme.js';
import {rowOf} from '../data/architecture-data.js';
import type {Box} from '../layout/map-layout.js';
import {cached} from './cached.js';
import type {MapView} from './map-view.js';

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

export interface Tile {
  columns: number;
  rows: number;
  /** What stands in each cell: a number, or of several the one that is furthest from 0. */
  cells: readonly number[];
  colors: readonly (string | undefined)[];
  /** Whether each number has a cell of its own. */
  isWhole: boolean;
}

/** Returns a vector as the cells of a tile. */
export function tileOf(
  values: ArrayLike<number>,
  {columns, rows}: {columns: number; rows: number},
  scale: ColorScale,
): Tile {
  const cells = pooled(values, columns * rows);
  const [, reach] = scale.domain;
  const colors = cells.map((value) => {
    const shade = Math.round((Math.abs(value) / reach) ** BOOST * SHADES) / SHADES;
    return shade > 0 ? scale.color(Math.sign(value) * shade * reach) : undefined;
  });
  return {
    columns: Math.ceil(cells.length / rows),
    rows,
    cells,
    colors,
    isWhole: cells.length === values.length,
  };
}

/** Draws a tile into a box, with its numbers where there is room for them. */
export function drawTile(
  surface: Surface,
  {columns, rows, cells, colors, isWhole}: Tile,
  box: Box,
  theme: Theme,
  zoom = 1,
): void {
  const [width, height] = [box.width / columns, box.height / rows];
  surface.grid(box.x, box.y, width, columns, colors, height);
  if (!isWhole || width * zoom < ROOM_FOR_NUMBER.width || height * zoom < ROOM_FOR_NUMBER.height) return;
  const size = Math.min(width / 3.4, height * 0.6);
  cells.forEach((value, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
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

/** Draws a token’s row of a traced tensor as a tile, in a frame. */
export function drawVector(
  surface: Surface,
  {data, theme, zoom = 1}: MapView,
  {name, token, extent}: {name: string; token: number; extent: number},
  box: Box,
  size: {columns: number; rows: number},
): void {
  const room = inRoom(size, box.width * zoom);
  const tile = cached(data, theme, `${name} ${token} ${room.columns} ${extent}`, () =>
    tileOf(rowOf(data, name, token), room, signedScale(theme, extent)),
  );
  surface.rect(box.x, box.y, box.width, box.height, {fill: theme.background});
  drawTile(surface, tile, box, theme, zoom);
  surface.rect(box.x, box.y, box.width, box.height, {stroke: theme.hairline});
}
