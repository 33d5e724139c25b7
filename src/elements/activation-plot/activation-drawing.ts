/** Activation functions, their slopes, and the numbers that a model sends through them: three panels, each with the same x axis. */
import {ACTIVATIONS, type ActivationName} from '../../math/activations.js';
import {percent, visibleToken} from '../../ui/base/format.js';
import {drawOutcome, outcomeHeight} from '../../ui/model/outcome-drawing.js';
import {ramp} from '../../viz/color.js';
import type {Surface} from '../../viz/surface.js';
import type {ColorName, Theme} from '../../viz/theme.js';
import {type ActivationData, histogram, shareBelow} from './activation-data.js';

export interface ActivationDrawing {
  functions: readonly ActivationName[];
  values: ArrayLike<number>;
  /** Where the functions are read. */
  x: number;
  /** The last token of the text, and what the model predicts with the bend and without. */
  last?: string;
  outcomes?: ActivationData['outcomes'];
}

/** How a function is called and drawn. Each differs from the others in its dashes too. */
export const LOOKS: Readonly<
  Record<ActivationName, {name: string; color: ColorName; dash?: readonly number[]; lineWidth: number}>
> = {
  gelu: {name: 'GELU', color: 'mlp', lineWidth: 3},
  'gelu-exact': {name: 'GELU, exact form', color: 'text', dash: [3, 5], lineWidth: 2},
  relu: {name: 'ReLU', color: 'residual', lineWidth: 1.5},
  silu: {name: 'SiLU', color: 'norm', dash: [8, 4], lineWidth: 2},
};

/** The part of the x axis on show. */
export const X_RANGE = [-5, 3] as const;
const BINS = 64;
const [LEFT, RIGHT, FONT] = [40, 14, 12];

interface Panel {
  title: string;
  top: number;
  height: number;
  low: number;
  high: number;
  ticks: readonly number[];
}

const PANELS = {
  function: {
    title: 'what comes out: f(x)',
    top: 22,
    height: 176,
    low: -1.3,
    high: 3,
    ticks: [-1, 0, 1, 2, 3],
  },
  values: {title: '', top: 246, height: 64, low: 0, high: 1, ticks: []},
  slope: {title: 'the slope: f′(x)', top: 382, height: 76, low: -0.25, high: 1.25, ticks: [0, 1]},
} as const satisfies Record<string, Panel>;

const PLOT_HEIGHT = 480;
/** From this width on, the predictions stand beside the curves. */
const WIDE = 760;
const [BESIDE, GAP] = [300, 40];

const hasRoomBeside = (width: number, {outcomes}: ActivationDrawing): boolean =>
  outcomes !== undefined && width >= WIDE;

/** Returns the width of the curves. */
export const plotWidth = (width: number, drawing: ActivationDrawing): number =>
  hasRoomBeside(width, drawing) ? width - BESIDE - GAP : width;

export const activationHeight = (width: number, drawing: ActivationDrawing): number =>
  PLOT_HEIGHT + (drawing.outcomes && !hasRoomBeside(width, drawing) ? outcomesHeight(drawing.outcomes) : 0);

const scaleX =
  (width: number) =>
  (x: number): number =>
    LEFT + ((x - X_RANGE[0]) / (X_RANGE[1] - X_RANGE[0])) * (width - LEFT - RIGHT);

/** The number that stands at a place, rounded to hundredths. */
export function xAt(pixel: number, width: number): number {
  const share = (pixel - LEFT) / (width - LEFT - RIGHT);
  const x = X_RANGE[0] + share * (X_RANGE[1] - X_RANGE[0]);
  return Math.round(100 * Math.max(X_RANGE[0], Math.min(X_RANGE[1], x))) / 100;
}

export function drawActivations(surface: Surface, drawing: ActivationDrawing, theme: Theme): void {
  const width = plotWidth(surface.width, drawing);
  const x = scaleX(width);
  drawHalves(surface, width, theme);
  const bottom = PANELS.slope.top + PANELS.slope.height;
  surface.line(x(drawing.x), PANELS.function.top, x(drawing.x), bottom, {stroke: theme.text, dash: [2, 3]});
  drawCurves(surface, width, PANELS.function, (name) => ACTIVATIONS[name].value, drawing, theme);
  drawCurves(surface, width, PANELS.slope, (name) => ACTIVATIONS[name].slope, drawing, theme);
  drawValues(surface, width, drawing, theme);
  for (const {top, height} of Object.values(PANELS)) drawTicks(surface, width, top + height, theme);
  surface.text('what goes in: x', (LEFT + width - RIGHT) / 2, valuesBottom + 28, {
    ...words(theme),
    anchor: 'middle',
  });
  if (!drawing.outcomes) return;
  const isBeside = hasRoomBeside(surface.width, drawing);
  const at = isBeside
    ? {x: width + GAP, y: 0, width: BESIDE}
    : {x: 0, y: PLOT_HEIGHT + 8, width: surface.width};
  drawOutcomes(surface, drawing, at, theme);
}

/** What happens to numbers below 0 and above, beside what a straight line would do. */
function drawHalves(surface: Surface, width: number, theme: Theme): void {
  const {top, height, low, high} = PANELS.function;
  const x = scaleX(width);
  const y = (value: number): number => top + ((high - value) / (high - low)) * height;
  const pale = ramp(theme.background, theme.mlp)(0.1);
  surface.rect(x(0), top, x(X_RANGE[1]) - x(0), height, {fill: pale});
  surface.line(x(low), y(low), x(X_RANGE[1]), y(X_RANGE[1]), {
    stroke: theme.muted,
    dash: [6, 4],
    lineWidth: 1.5,
  });
  const label = {...words(theme), anchor: 'middle'} as const;
  const isWide = width > 480;
  const off = isWide ? 'below 0: almost nothing gets through' : 'almost nothing';
  surface.text(off, x(-3), y(0.35), {...label, fill: theme.text, weight: 700});
  const on = isWide ? 'above 0: gets through' : 'gets through';
  surface.text(on, x(isWide ? 1.2 : 1.05), y(2.6), {...label, fill: theme.text, weight: 700});
  const straight = isWide ? 'a straight line would let all through' : 'straight line';
  surface.text(straight, x(-1), y(-0.65), {...label, anchor: 'end'});
}

const [CAPTION, BETWEEN] = [24, 22];

const outcomesHeight = ({bent, straight}: NonNullable<ActivationData['outcomes']>): number =>
  CAPTION + outcomeHeight(bent) + BETWEEN + CAPTION + outcomeHeight(straight) + 30;

/** The predictions with the bend and without, one below the other. */
function drawOutcomes(
  surface: Surface,
  {last = '', outcomes}: ActivationDrawing,
  {x, y, width}: {x: number; y: number; width: number},
  theme: Theme,
): void {
  const title = {...words(theme), fill: theme.text};
  surface.text(`What the model says after ${visibleToken(last)}`, x, y + 10, {...title, fill: theme.muted});
  let top = y + 22;
  for (const [name, outcome] of [
    ['With GELU', outcomes!.bent],
    ['With a straight line instead', outcomes!.straight],
  ] as const) {
    surface.text(name, x, top + CAPTION / 2, {...title, size: 14, weight: 700});
    drawOutcome(surface, outcome, {x, y: top + CAPTION, width}, theme);
    top += CAPTION + outcomeHeight(outcome) + BETWEEN;
  }
}

const valuesBottom = PANELS.values.top + PANELS.values.height;

/** The numbers of the x axis, below each panel: one may be out of view. */
function drawTicks(surface: Surface, width: number, bottom: number, theme: Theme): void {
  const x = scaleX(width);
  for (let tick: number = X_RANGE[0]; tick <= X_RANGE[1]; tick++)
    surface.text(`${tick}`.replace('-', '−'), x(tick), bottom + 11, {...number(theme), anchor: 'middle'});
}

const number = (theme: Theme) => ({fill: theme.muted, size: FONT, font: theme.mono}) as const;
const words = (theme: Theme) =>
  ({fill: theme.muted, size: FONT, font: theme.sans, halo: theme.background}) as const;

function drawCurves(
  surface: Surface,
  width: number,
  {title, top, height, low, high, ticks}: Panel,
  curve: (name: ActivationName) => (x: number) => number,
  {functions, x: read}: ActivationDrawing,
  theme: Theme,
): void {
  const x = scaleX(width);
  const y = (value: number): number => top + ((high - value) / (high - low)) * height;
  surface.text(title, 0, top - 12, {...words(theme), fill: theme.text, weight: 600});
  for (const tick of ticks) {
    surface.line(LEFT, y(tick), width - RIGHT, y(tick), {
      stroke: tick === 0 ? theme.muted : theme.hairline,
    });
    surface.text(`${tick}`.replace('-', '−'), LEFT - 8, y(tick), {...number(theme), anchor: 'end'});
  }
  surface.line(x(0), top, x(0), top + height, {stroke: theme.hairline});
  surface.clip(LEFT, top, width - LEFT - RIGHT, height, () => {
    for (const name of functions) {
      const {color, dash, lineWidth} = LOOKS[name];
      surface.path(pathOf(curve(name), x, y), {stroke: theme[color], dash, lineWidth});
    }
  });
  for (const name of functions) {
    const [cx, cy] = [x(read), y(curve(name)(read))];
    if (cy >= top && cy <= top + height)
      surface.path(`M${cx - 4} ${cy}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z`, {
        fill: theme[LOOKS[name].color],
        stroke: theme.background,
        lineWidth: 1.5,
      });
  }
}

/** A point every twentieth, and both sides of 0, where ReLU has its corner. */
function pathOf(
  curve: (x: number) => number,
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  const points: string[] = [];
  for (let i = 20 * X_RANGE[0]; i <= 20 * X_RANGE[1]; i++)
    for (const at of i === 0 ? [0, 1e-9] : [i / 20])
      points.push(`${x(at).toFixed(1)} ${y(curve(at)).toFixed(1)}`);
  return `M${points.join('L')}`;
}

/** How many numbers go in where: those below 0 are pale, as what comes out of them is almost nothing. */
function drawValues(surface: Surface, width: number, {values}: ActivationDrawing, theme: Theme): void {
  const {top, height} = PANELS.values;
  const x = scaleX(width);
  const counts = histogram(values, X_RANGE, BINS);
  const most = Math.max(...counts);
  const [strong, pale] = [theme.mlp, ramp(theme.background, theme.mlp)(0.4)];
  const size = (X_RANGE[1] - X_RANGE[0]) / BINS;
  for (const [bin, count] of counts.entries()) {
    const from = X_RANGE[0] + bin * size;
    const [left, tall] = [x(from), (count / most) * height];
    if (count)
      surface.rect(left, top + height - tall, x(from + size) - left - 0.75, tall, {
        fill: from + size / 2 < 0 ? pale : strong,
      });
  }
  surface.line(LEFT, top + height, width - RIGHT, top + height, {stroke: theme.muted});
  const title = {...words(theme), fill: theme.text, weight: 600};
  const isWide = width > 480;
  const all = isWide ? `the ${values.length.toLocaleString('en')} numbers that go in` : 'what goes in';
  surface.text(all, 0, top - 12, title);
  const below = shareBelow(values, 0);
  surface.text(`${percent(below)} below 0`, x(0) - 10, top - 12, {...title, anchor: 'end'});
  surface.text(`${percent(1 - below)} above`, x(0) + 10, top - 12, title);
}
