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
/** Above a heat map: its title, and the names of its parts. */
const MAP_HEAD = 42;
const HISTOGRAM = {width: 300, height: 180};
/** Below the histogram: how widely the numbers spread at first, and now. */
const SPREADS = 84;
/** Pixels, and how many times as tall as wide a cell may be: a vector would be a hairline, a square matrix too tall. */
const CELL = {least: 3, most: 40, tallest: 2.5};

/** Between the two heat maps. */
const PAIR_GAP = 20;

/** A heat map: where it begins, and how wide and high its cells are. */
interface Place {
  x: number;
  y: number;
  cell: number;
  row: number;
}

/** @param isPair Whether the random numbers of before training stand beside the tensor */
export function layOut(
  {sample}: WeightReading,
  width: number,
  isPair: boolean,
): {
  map: Place;
  initial: Place | undefined;
  histogram: {x: number; y: number; width: number};
  height: number;
} {
  const isWide = width >= WIDE;
  const all = isWide ? width - HISTOGRAM.width - GAP : width;
  const room = isPair ? (all - PAIR_GAP) / 2 : all;
  const cell = Math.min(CELL.most, (room - 2) / sample.columns);
  const row = Math.max(
    CELL.least,
    sample.rows === 1 ? CELL.most : Math.min(CELL.most, CELL.tallest * cell, 290 / sample.rows),
  );
  const initial = isPair ? {x: 1, y: MAP_HEAD, cell, row} : undefined;
  const map = {x: isPair ? 1 + room + PAIR_GAP : 1, y: MAP_HEAD, cell, row};
  const below = MAP_HEAD + sample.rows * row + 8;
  // The same height for every tensor, so that nothing jumps when another one is chosen beside the histogram.
  const tallest = MAP_HEAD + 298;
  return isWide
    ? {
        map,
        initial,
        histogram: {x: width - HISTOGRAM.width, y: MAP_HEAD, width: HISTOGRAM.width},
        height: tallest,
      }
    : {
        map,
        initial,
        histogram: {x: 0, y: below + HEAD, width},
        height: below + HEAD + HISTOGRAM.height + SPREADS,
      };
}

/** Returns the cell of the sample at a place, moved onto the nearer map. */
export function cellAt(
  {x, y}: {x: number; y: number},
  reading: WeightReading,
  width: number,
  isPair: boolean,
): number {
  const {map, initial} = layOut(reading, width, isPair);
  const {rows, columns} = reading.sample;
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(most - 1, Math.floor(value)));
  const left = initial && x < map.x - PAIR_GAP / 2 ? initial.x : map.x;
  return clamp((y - map.y) / map.row, rows) * columns + clamp((x - left) / map.cell, columns);
}

export const scaleFor = ({extent}: WeightReading, theme: Theme): ColorScale => signedScale(theme, extent);

export interface WeightDrawing {
  reading: WeightReading;
  /** Of the sample, before training; undefined where that is not known. */
  initial: Float32Array | undefined;
  /** The column of the sample to frame. */
  framed: number | undefined;
  /** The cell of the sample that is read. */
  chosen: number;
}

export function drawWeights(
  surface: Surface,
  {reading, initial, framed, chosen}: WeightDrawing,
  theme: Theme,
): void {
  const {sample, histogram, extent, shape} = reading;
  const {map, initial: before, histogram: bars} = layOut(reading, surface.width, initial !== undefined);
  const scale = scaleFor(reading, theme);
  if (before && initial) drawMap(surface, reading, initial, 'at first: random numbers', before, scale, theme);
  drawMap(surface, reading, sample.values, initial ? 'now' : '', map, scale, theme);
  if (framed !== undefined)
    surface.rect(map.x + framed * map.cell - 2, map.y - 2, map.cell + 4, sample.rows * map.row + 4, {
      stroke: theme.text,
      lineWidth: 1.5,
    });
  const [r, c] = [Math.floor(chosen / sample.columns), chosen % sample.columns];
  for (const {x, y, cell, row} of before ? [before, map] : [map])
    surface.rect(x + c * cell - 1, y + r * row - 1, cell + 2, row + 2, {stroke: theme.text, lineWidth: 2});
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

function drawMap(
  surface: Surface,
  reading: WeightReading,
  values: Float32Array,
  title: string,
  {x, y, cell, row}: Place,
  scale: ColorScale,
  theme: Theme,
): void {
  const {rows, columns} = reading.sample;
  const words = {size: FONT, font: theme.sans, fill: theme.text, weight: 600} as const;
  const parts = partsOf(reading);
  surface.text(title, x, parts.length > 0 ? HEAD / 2 - 2 : MAP_HEAD - 10, words);
  const part = (columns * cell) / parts.length;
  for (const [i, name] of parts.entries())
    surface.text(name, x + i * part + (i && 6), MAP_HEAD - 10, {...words, weight: 400});
  const colors = Array.from(values, (value) => scale.color(value));
  surface.grid(x, y, cell, columns, colors, row);
  surface.rect(x - 0.5, y - 0.5, columns * cell + 1, rows * row + 1, {stroke: theme.hairline});
  for (let i = 1; i < parts.length; i++)
    surface.line(x + i * part, MAP_HEAD - 18, x + i * part, y + rows * row, {stroke: theme.text});
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
