/** Each token's way through a feed-forward layer: a small grid of numbers, one of four times the area, a small one again. */
import {number, visibleToken} from '../../ui/base/format.js';
import {type ColorScale, ramp, signedScale} from '../../viz/color.js';
import {niceCeiling} from '../../viz/nice.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';
import type {FeedForwardData} from './feed-forward-data.js';

export interface Hourglass {
  data: FeedForwardData;
  /** Index of the token on show where there is room for one only; framed where there is room for all. */
  token: number;
  unit: number;
}

interface Grid {
  columns: number;
  rows: number;
}

/** How many numbers stand in a row of a grid: three columns for two rows, where that divides. */
function gridOf(count: number): Grid {
  const best = Math.sqrt(1.5 * count);
  let columns = Math.ceil(best);
  for (let c = 1; c <= count; c++)
    if (count % c === 0 && Math.abs(c - best) < Math.abs(columns - best) + (count % columns ? best : 0))
      columns = c;
  return {columns, rows: Math.ceil(count / columns)};
}

export interface HourglassLayout {
  /** The tokens that have a column. */
  tokens: readonly number[];
  /** Pixels from one column to the next. */
  pitch: number;
  left: number;
  cell: number;
  narrow: Grid;
  wide: Grid;
  /** Where the grids begin. */
  tops: {x: number; hidden: number; out: number};
  height: number;
}

/** From this width on all tokens stand side by side. */
const WIDE = 680;
const [LABELS, HEAD, BETWEEN, FOOT] = [104, 26, 26, 40];
/** Pixels: side by side, larger cells would push what is said of the unit out of sight. */
const LARGEST_CELL = {alone: 12, beside: 7};

export function layOut({data, token}: Hourglass, width: number): HourglassLayout {
  const isWide = width >= WIDE;
  const tokens = isWide ? data.tokens.map((_, i) => i) : [token];
  const left = isWide ? LABELS : 0;
  const [narrow, wide] = [gridOf(data.width), gridOf(data.units)];
  const largest = isWide ? LARGEST_CELL.beside : LARGEST_CELL.alone;
  const pitch = Math.min((width - left) / tokens.length, wide.columns * largest + 48);
  const cell = Math.max(2, Math.min(largest, Math.floor((pitch - (isWide ? 14 : 2)) / wide.columns)));
  const x = HEAD;
  const hidden = x + narrow.rows * cell + BETWEEN;
  const out = hidden + wide.rows * cell + BETWEEN;
  return {
    tokens,
    pitch,
    left,
    cell,
    narrow,
    wide,
    tops: {x, hidden, out},
    height: out + narrow.rows * cell + FOOT,
  };
}

/** The token and unit at a place; undefined beside the units. */
export function unitAt(
  {x, y}: {x: number; y: number},
  drawing: Hourglass,
  width: number,
): {token: number; unit: number} | undefined {
  const {tokens, pitch, left, cell, wide, tops} = layOut(drawing, width);
  const index = Math.floor((x - left) / pitch);
  if (index < 0 || index >= tokens.length) return undefined;
  const start = left + index * pitch + (pitch - wide.columns * cell) / 2;
  const [column, row] = [Math.floor((x - start) / cell), Math.floor((y - tops.hidden) / cell)];
  const unit = row * wide.columns + column;
  if (column < 0 || column >= wide.columns || row < 0 || unit >= drawing.data.units) return undefined;
  return {token: tokens[index]!, unit};
}

/** The ends of the color scales: of units the largest value, of vectors three times the typical one, so that a single number does not pale all others. */
export function extentsOf({x, hidden, out}: FeedForwardData): {x: number; hidden: number; out: number} {
  const typical = (values: ArrayLike<number>): number => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[i]! ** 2;
    return Math.sqrt(sum / values.length);
  };
  const round = (extent: number): number => (extent > 1 ? Math.ceil(extent) : niceCeiling(extent));
  const most = hidden.reduce((largest, value) => Math.max(largest, value), 0);
  return {x: round(3 * typical(x)), hidden: round(most), out: round(3 * typical(out))};
}

export function drawHourglass(surface: Surface, drawing: Hourglass, theme: Theme): void {
  const {data, token, unit} = drawing;
  const layout = layOut(drawing, surface.width);
  const {tokens, pitch, left, cell, narrow, wide, tops} = layout;
  const shade = ramp(theme.background, theme.mlp);
  const extents = extentsOf(data);
  const most = extents.hidden;
  const scales = {x: signedScale(theme, extents.x), out: signedScale(theme, extents.out)};
  const text = {size: 12, font: theme.sans, fill: theme.muted, halo: theme.background} as const;
  const mono = {...text, font: theme.mono} as const;
  if (left > 0) {
    surface.text(`${data.width} numbers in`, 0, tops.x + (narrow.rows * cell) / 2, text);
    surface.text(`${data.units} units`, 0, tops.hidden + (wide.rows * cell) / 2, text);
    surface.text(`${data.width} numbers out`, 0, tops.out + (narrow.rows * cell) / 2, text);
    surface.text('× W₁, GELU', 0, tops.hidden - BETWEEN / 2, {...text, fill: theme.text});
    surface.text('× W₂', 0, tops.out - BETWEEN / 2, {...text, fill: theme.text});
    surface.text(`unit ${unit + 1}`, 0, layout.height - FOOT / 2 + 6, {
      ...text,
      fill: theme.text,
      weight: 600,
    });
  }
  for (const [i, t] of tokens.entries()) {
    const middle = left + (i + 0.5) * pitch;
    const isChosen = t === token;
    surface.text(visibleToken(data.tokens[t]!), middle, HEAD / 2 - 2, {
      ...mono,
      fill: theme.text,
      anchor: 'middle',
      weight: isChosen ? 700 : 400,
    });
    const [small, large] = [(narrow.columns * cell) / 2, (wide.columns * cell) / 2];
    const fan = {fill: ramp(theme.background, theme.mlp)(isChosen ? 0.2 : 0.1)};
    const [xEnd, hiddenEnd] = [tops.x + narrow.rows * cell, tops.hidden + wide.rows * cell];
    surface.path(
      `M${middle - small} ${xEnd}H${middle + small}L${middle + large} ${tops.hidden}H${middle - large}Z`,
      fan,
    );
    surface.path(
      `M${middle - large} ${hiddenEnd}H${middle + large}L${middle + small} ${tops.out}H${middle - small}Z`,
      fan,
    );
    const signed =
      (values: ArrayLike<number>, scale: ColorScale) =>
      (n: number): string =>
        scale.color(values[t * data.width + n]!);
    drawGrid(surface, middle - small, tops.x, cell, narrow, data.width, signed(data.x, scales.x), theme);
    drawGrid(
      surface,
      middle - large,
      tops.hidden,
      cell,
      wide,
      data.units,
      (n) => shade(data.hidden[t * data.units + n]! / most),
      theme,
    );
    drawGrid(
      surface,
      middle - small,
      tops.out,
      cell,
      narrow,
      data.width,
      signed(data.out, scales.out),
      theme,
    );
    const [row, column] = [Math.floor(unit / wide.columns), unit % wide.columns];
    surface.rect(middle - large + column * cell - 1, tops.hidden + row * cell - 1, cell + 2, cell + 2, {
      stroke: theme.text,
      lineWidth: 2,
    });
    const value = data.hidden[t * data.units + unit]!;
    const bottom = layout.height - FOOT / 2 + 6;
    surface.text(number(value, 2), middle, bottom, {
      ...mono,
      fill: theme.text,
      anchor: 'middle',
      weight: isChosen ? 700 : 400,
    });
    surface.rect(middle - large, bottom + 9, Math.max(1, (Math.max(0, value) / most) * 2 * large), 4, {
      fill: theme.mlp,
    });
  }
}

function drawGrid(
  surface: Surface,
  x: number,
  y: number,
  cell: number,
  {columns, rows}: Grid,
  count: number,
  color: (index: number) => string,
  theme: Theme,
): void {
  surface.grid(
    x,
    y,
    cell,
    columns,
    Array.from({length: count}, (_, n) => color(n)),
  );
  surface.rect(x - 0.5, y - 0.5, columns * cell + 1, rows * cell + 1, {stroke: theme.hairline});
}
