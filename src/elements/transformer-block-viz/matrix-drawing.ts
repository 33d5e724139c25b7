/** The matrix of an opened node, `[T, C]`: a row for each token. */
import {visibleToken} from '../../ui/base/format.js';
import type {ColorScale} from '../../viz/color.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';
import type {BlockData} from './block-data.js';
import {pooledRow} from './block-drawing.js';

/** A wider matrix has cells of several numbers. */
const MOST_COLUMNS = 128;
const [LABELS, ROW, CELL, FONT] = [84, 22, 6, 12];

/** Numbers that share a cell of the matrix. */
export const numbersPerCell = ({width}: BlockData): number =>
  Math.ceil(width / Math.min(width, MOST_COLUMNS));

export const matrixHeight = ({tokens}: BlockData): number => tokens.length * ROW + 4;

/** Returns the width that the matrix needs: cells are never too narrow to point at. */
export const matrixWidth = (data: BlockData, room: number): number =>
  Math.max(room, LABELS + Math.ceil(data.width / numbersPerCell(data)) * CELL);

const cellWidth = (data: BlockData, width: number): number =>
  (width - LABELS - 2) / Math.ceil(data.width / numbersPerCell(data));

/** Returns the token and the channel at a place: of several channels in a cell, the one furthest from 0. */
export function cellAt(
  {x, y}: {x: number; y: number},
  data: BlockData,
  values: Float32Array,
  width: number,
): {token: number; channel: number} {
  const size = numbersPerCell(data);
  const token = Math.max(0, Math.min(data.tokens.length - 1, Math.floor(y / ROW)));
  const cell = Math.floor((x - LABELS) / cellWidth(data, width));
  const start = Math.max(0, Math.min(Math.ceil(data.width / size) - 1, cell)) * size;
  let channel = start;
  for (let c = start; c < Math.min(data.width, start + size); c++)
    if (Math.abs(values[token * data.width + c]!) > Math.abs(values[token * data.width + channel]!))
      channel = c;
  return {token, channel};
}

export function drawValues(
  surface: Surface,
  data: BlockData,
  values: Float32Array,
  {token, channel}: {token: number; channel: number},
  scale: ColorScale,
  theme: Theme,
): void {
  const size = numbersPerCell(data);
  const cell = cellWidth(data, surface.width);
  const rows = data.tokens.map((_, t) => pooledRow(values, t, data.width, Math.ceil(data.width / size)));
  const columns = rows[0]!.length;
  surface.grid(
    LABELS,
    1,
    cell,
    columns,
    rows.flat().map((value) => scale.color(value)),
    ROW,
  );
  surface.rect(LABELS - 0.5, 0.5, columns * cell + 1, rows.length * ROW + 1, {stroke: theme.hairline});
  for (const [t, text] of data.tokens.entries())
    surface.text(visibleToken(text).slice(0, 11), LABELS - 8, 1 + (t + 0.5) * ROW, {
      fill: theme.text,
      size: FONT,
      font: theme.mono,
      anchor: 'end',
      weight: t === token ? 700 : 400,
    });
  surface.rect(LABELS + Math.floor(channel / size) * cell - 1, token * ROW, cell + 2, ROW + 2, {
    stroke: theme.text,
    lineWidth: 2,
  });
}
