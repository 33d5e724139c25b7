/** A vector on its way through a layer norm: number under number, each stage with its distribution. */
import {type LayerNormSteps, standardDeviation} from '../../math/layer-norm.js';
import {mean} from '../../math/stats.js';
import {decimals} from '../../ui/base/format.js';
import {ramp} from '../../viz/color.js';
import type {Surface} from '../../viz/surface.js';
import type {ColorName, Theme} from '../../viz/theme.js';

export interface NormDrawing {
  token: string;
  /** What enters, `[C]`. */
  x: ArrayLike<number>;
  /** Where the norms are left out: what enters in the model as it is. */
  usual?: ArrayLike<number>;
  gamma: ArrayLike<number>;
  beta: ArrayLike<number>;
  /** What the norm computes in the model as it is. */
  steps: LayerNormSteps;
  /** Index of the number that is followed. */
  channel: number;
}

/** A row of bars, one for each number. */
interface Stage {
  title: string;
  note?: string;
  values: ArrayLike<number>;
  color: ColorName;
  height: number;
  /** Ends of its scale. */
  low: number;
  high: number;
  /** Whether mean, standard deviation and distribution are drawn. */
  hasSpread?: boolean;
}

const [TITLE, GAP, FONT, LEFT] = [22, 10, 12, 34];
/** Pixels at the right for the distributions. */
const SIDE = {wide: 130, narrow: 56};
const WIDE = 600;
const BINS = 25;
/** Pixels: all stages of a model as it is are as high together as those of one without norms. */
const HEIGHTS = {vector: 104, learned: 38, compared: 150};

const ceiling = (values: readonly ArrayLike<number>[]): number => {
  const largest = Math.max(...values.map((list) => Math.max(...Array.from(list, Math.abs))));
  return largest > 1 ? Math.ceil(largest) : Math.max(0.1, Math.ceil(largest * 10) / 10);
};

const spreadWords = (values: ArrayLike<number>): string =>
  `mean ${decimals(mean(values), 2)}, standard deviation ${decimals(standardDeviation(values), 2)}`;

function stagesOf({x, usual, gamma, beta, steps}: NormDrawing): Stage[] {
  const {mean: average, deviation, normalized, output} = steps;
  // One scale for all vectors, so that a change of size is seen.
  const reach = ceiling(usual ? [x, usual, output] : [x, normalized, output]);
  const vector = (title: string, values: ArrayLike<number>, color: ColorName): Stage => ({
    title,
    note: spreadWords(values),
    values,
    color,
    height: usual ? HEIGHTS.compared : HEIGHTS.vector,
    low: -reach,
    high: reach,
    hasSpread: true,
  });
  if (usual)
    return [
      vector('without norms: read as it is', x, 'residual'),
      vector('with norms: what enters', usual, 'residual'),
      vector('with norms: what is read', output, 'norm'),
    ];
  const learned = (title: string, values: ArrayLike<number>): Stage => {
    const high = ceiling([values]);
    const isPositive = Array.from(values).every((value) => value >= 0);
    return {title, values, color: 'muted', height: HEIGHTS.learned, low: isPositive ? 0 : -high, high};
  };
  return [
    vector('x: what enters', x, 'residual'),
    vector(
      `(x − mean) / ${decimals(deviation, 2)}`.replace('mean', decimals(average, 2)),
      normalized,
      'norm',
    ),
    learned('× γ, the learned scale', gamma),
    learned('+ β, the learned shift', beta),
    vector('output: what is read', output, 'norm'),
  ];
}

export const normHeight = (drawing: NormDrawing): number =>
  stagesOf(drawing).reduce((sum, {height}) => sum + TITLE + height + GAP, 0);

const sideOf = (width: number): number => (width >= WIDE ? SIDE.wide : SIDE.narrow);
const roomOf = (width: number): number => width - LEFT - sideOf(width) - 16;

/** Which number of the vector stands at this place. */
export function channelAt(x: number, width: number, channels: number): number {
  return Math.max(0, Math.min(channels - 1, Math.floor(((x - LEFT) / roomOf(width)) * channels)));
}

/** @param above where it begins */
export function drawNorm(surface: Surface, drawing: NormDrawing, theme: Theme, above = 0): void {
  const at = LEFT + (drawing.channel + 0.5) * (roomOf(surface.width) / drawing.x.length);
  const bottom = above + normHeight(drawing) - GAP;
  surface.line(at, above + TITLE, at, bottom, {stroke: theme.text, dash: [2, 3]});
  let top = above;
  for (const stage of stagesOf(drawing)) {
    drawStage(surface, stage, top, drawing.channel, theme);
    top += TITLE + stage.height + GAP;
  }
}

function drawStage(surface: Surface, stage: Stage, top: number, followed: number, theme: Theme): void {
  const {title, note, values, color, low, high, height, hasSpread} = stage;
  const room = roomOf(surface.width);
  const y = (value: number): number => top + TITLE + ((high - value) / (high - low)) * height;
  const label = {size: FONT, font: theme.sans, halo: theme.background} as const;
  const titleWidth = title.length * 6.9;
  if (hasSpread) {
    const [average, deviation] = [mean(values), standardDeviation(values)];
    const band = {fill: ramp(theme.background, theme[color])(0.16)};
    surface.rect(LEFT, y(average + deviation), room, y(average - deviation) - y(average + deviation), band);
    drawDistribution(surface, stage, y, theme);
  }
  surface.text(title, LEFT, top + TITLE / 2, {...label, fill: theme.text, weight: 600});
  if (note && titleWidth + note.length * 6 < surface.width - LEFT)
    surface.text(note, LEFT + titleWidth + 8, top + TITLE / 2, {...label, fill: theme.muted});
  surface.line(LEFT, y(0), LEFT + room, y(0), {stroke: theme.hairline});
  const ends = hasSpread ? [high, 0, low] : [high];
  for (const end of ends)
    surface.text(`${end}`.replace('-', '−'), LEFT - 6, y(end) + 5 * Math.sign(end), {
      size: 11,
      font: theme.mono,
      fill: theme.muted,
      anchor: 'end',
    });
  const cell = room / values.length;
  for (let c = 0; c < values.length; c++) {
    const to = y(values[c]!);
    surface.rect(
      LEFT + c * cell,
      Math.min(y(0), to),
      cell - (cell > 4 ? 1 : 0),
      Math.max(1, Math.abs(to - y(0))),
      {
        fill: c === followed ? theme.text : theme[color],
      },
    );
  }
}

/** How many of the numbers lie where, turned so that it shares the axis of the bars. */
function drawDistribution(
  surface: Surface,
  {values, color, low, high}: Stage,
  y: (value: number) => number,
  theme: Theme,
): void {
  const width = sideOf(surface.width);
  const x = surface.width - width - 4;
  const size = (high - low) / BINS;
  const counts = Array.from({length: BINS}, () => 0);
  for (const value of Array.from(values)) counts[Math.min(BINS - 1, Math.floor((value - low) / size))]!++;
  const most = Math.max(...counts);
  const fill = ramp(theme.background, theme[color])(0.6);
  for (const [bin, count] of counts.entries()) {
    const [from, to] = [y(low + (bin + 1) * size), y(low + bin * size)];
    if (count) surface.rect(x, from, (count / most) * width, to - from - 0.5, {fill});
  }
  surface.line(x, y(high), x, y(low), {stroke: theme.hairline});
}
