/** A tensor as a heat map of its numbers, or of a sample, beside a histogram of all. */

import type {WeightReading} from '../../state/index.js';
import {count, number} from '../../ui/base/format.js';
import {type ColorScale, signedScale} from '../../viz/color.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';
import {partsOf} from './weight-data.js';

/** From this width on, the histogram stands beside the heat map. */
const WIDE = 720;
const [HEAD, GAP, AXIS, FONT] = [24, 40, 22, 12];
/** Above the heat map: what is shown of it, and the names of its parts. */
const MAP_HEAD = 42;
const HISTOGRAM = {width: 300, height: 180};
/** Below the histogram: how widely the numbers spread at first, and now. */
const SPREADS = 84;
/** Pixels: a vector would be a hairline, a square matrix too tall. */
const CELL = {least: 3, most: 40};

interface Place {
  x: number;
  y: number;
  cell: number;
  row: number;
}

export function layOut(
  {sample}: WeightReading,
  width: number,
): {map: Place; histogram: {x: number; y: number; width: number}; height: number} {
  const isWide = width >= WIDE;
  const room = isWide ? width - HISTOGRAM.width - GAP : width;
  const cell = Math.min(CELL.most, (room - 2) / sample.columns);
  const row = Math.max(
    CELL.least,
    Math.min(CELL.most, sample.rows === 1 ? CELL.most : Math.min(cell, 340 / sample.rows)),
  );
  const map = {x: 1, y: MAP_HEAD, cell, row};
  const below = MAP_HEAD + sample.rows * row + 8;
  // The same height for every tensor, so that nothing jumps when another one is chosen beside the histogram.
  const tallest = MAP_HEAD + 348;
  return isWide
    ? {map, histogram: {x: width - HISTOGRAM.width, y: MAP_HEAD, width: HISTOGRAM.width}, height: tallest}
    : {map, histogram: {x: 0, y: below + HEAD, width}, height: below + HEAD + HISTOGRAM.height + SPREADS};
}

/** Returns the cell of the sample at a place, moved onto the map. */
export function cellAt({x, y}: {x: number; y: number}, reading: WeightReading, width: number): number {
  const {map} = layOut(reading, width);
  const {rows, columns} = reading.sample;
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(most - 1, Math.floor(value)));
  return clamp((y - map.y) / map.row, rows) * columns + clamp((x - map.x) / map.cell, columns);
}

export const scaleFor = ({extent}: WeightReading, theme: Theme): ColorScale => signedScale(theme, extent);

export function drawWeights(surface: Surface, reading: WeightReading, chosen: number, theme: Theme): void {
  const {sample, histogram, extent, shape} = reading;
  const {map, histogram: bars} = layOut(reading, surface.width);
  const scale = scaleFor(reading, theme);
  const words = {size: FONT, font: theme.sans, fill: theme.muted} as const;
  const isSampled = sample.rowStride > 1 || sample.columnStride > 1;
  surface.text(
    isSampled ? `${every(sample.rowStride, 'row')}, ${every(sample.columnStride, 'column')}` : 'every number',
    map.x,
    HEAD / 2 - 2,
    words,
  );
  const parts = partsOf(reading);
  const part = (sample.columns * map.cell) / parts.length;
  for (const [i, name] of parts.entries())
    surface.text(name, map.x + i * part + (i && 6), MAP_HEAD - 10, {...words, fill: theme.text, weight: 600});
  surface.grid(
    map.x,
    map.y,
    map.cell,
    sample.columns,
    Array.from(sample.values, (value) => scale.color(value)),
    map.row,
  );
  surface.rect(map.x - 0.5, map.y - 0.5, sample.columns * map.cell + 1, sample.rows * map.row + 1, {
    stroke: theme.hairline,
  });
  for (let i = 1; i < parts.length; i++)
    surface.line(map.x + i * part, MAP_HEAD - 18, map.x + i * part, map.y + sample.rows * map.row, {
      stroke: theme.text,
    });
  const [r, c] = [Math.floor(chosen / sample.columns), chosen % sample.columns];
  surface.rect(map.x + c * map.cell - 1, map.y + r * map.row - 1, map.cell + 2, map.row + 2, {
    stroke: theme.text,
    lineWidth: 2,
  });
  drawHistogram(
    surface,
    histogram,
    extent,
    shape.reduce((a, b) => a * b, 1),
    bars,
    scale,
    theme,
  );
  drawSpreads(surface, reading, {...bars, y: bars.y + HISTOGRAM.height}, theme);
}

/** The middle 95 % of normal numbers lie within so many standard deviations. */
const MOST = 1.96;

/** Two bars on the histogram's axis: where most of the numbers lay at first, and where they lie now. */
function drawSpreads(
  surface: Surface,
  {mean, deviation, initialDeviation, extent}: WeightReading,
  {x, y, width}: {x: number; y: number; width: number},
  theme: Theme,
): void {
  if (initialDeviation === undefined) return;
  const at = (value: number): number =>
    x + (width * (Math.max(-extent, Math.min(extent, value)) + extent)) / (2 * extent);
  const words = {size: FONT, font: theme.sans, fill: theme.muted} as const;
  const rows = [
    {name: 'at first, random', middle: 0, sigma: initialDeviation, fill: theme.muted},
    {name: 'now', middle: mean, sigma: deviation, fill: theme.text},
  ];
  for (const [i, {name, middle, sigma, fill}] of rows.entries()) {
    const top = y + 8 + 38 * i;
    surface.text(`${name}: most within ±${number(MOST * sigma)}`, x, top + 8, {...words, fill});
    const [left, right] = [at(middle - MOST * sigma), at(middle + MOST * sigma)];
    surface.rect(left, top + 20, Math.max(1, right - left), 6, {fill});
  }
}

const every = (stride: number, what: string): string =>
  stride === 1
    ? `every ${what}`
    : `every ${stride === 2 ? 'second' : stride === 3 ? 'third' : `${stride}th`} ${what}`;

function drawHistogram(
  surface: Surface,
  counts: readonly number[],
  extent: number,
  total: number,
  {x, y, width}: {x: number; y: number; width: number},
  scale: ColorScale,
  theme: Theme,
): void {
  const words = {size: FONT, font: theme.sans, fill: theme.muted} as const;
  const mono = {...words, font: theme.mono, anchor: 'middle'} as const;
  const bottom = y + HISTOGRAM.height - AXIS;
  const most = Math.max(...counts);
  const bar = width / counts.length;
  surface.text(`how many of all ${count(total)} numbers lie where`, x, y - HEAD / 2 - 2, words);
  for (const [i, n] of counts.entries()) {
    const height = (n / most) * (bottom - y);
    const value = ((i + 0.5) / counts.length) * 2 * extent - extent;
    surface.rect(x + i * bar, bottom - height, bar - 0.5, height, {
      fill: scale.color(value),
      stroke: theme.muted,
      lineWidth: 0.5,
    });
  }
  surface.line(x, bottom, x + width, bottom, {stroke: theme.muted});
  surface.text(`−${number(extent)}`, x + 24, bottom + AXIS / 2 + 2, mono);
  surface.text('0', x + width / 2, bottom + AXIS / 2 + 2, mono);
  surface.text(number(extent), x + width - 24, bottom + AXIS / 2 + 2, mono);
}
