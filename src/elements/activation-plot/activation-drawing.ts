/** Activation functions, their slopes, and the numbers that a model sends through them: three panels, each with the same x axis. */
import {ACTIVATIONS, type ActivationName} from '../../math/activations.js';
import {decimals, percent} from '../../ui/base/format.js';
import {ramp} from '../../viz/color.js';
import type {Surface} from '../../viz/surface.js';
import type {ColorName, Theme} from '../../viz/theme.js';
import {histogram, shareBelow} from './activation-data.js';

export interface ActivationDrawing {
  functions: readonly ActivationName[];
  values: ArrayLike<number>;
  /** Where the functions are read. */
  x: number;
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
  function: {title: 'f(x): what comes out', top: 22, height: 152, low: -0.5, high: 3, ticks: [0, 1, 2, 3]},
  values: {title: '', top: 214, height: 64, low: 0, high: 1, ticks: []},
  slope: {title: 'f′(x): the slope', top: 338, height: 84, low: -0.25, high: 1.25, ticks: [0, 1]},
} as const satisfies Record<string, Panel>;

export const ACTIVATION_HEIGHT = 448;

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
  const x = scaleX(surface.width);
  drawCurves(surface, PANELS.function, (name) => ACTIVATIONS[name].value, drawing, theme);
  drawCurves(surface, PANELS.slope, (name) => ACTIVATIONS[name].slope, drawing, theme);
  drawValues(surface, drawing, theme);
  const bottom = PANELS.slope.top + PANELS.slope.height;
  surface.line(x(drawing.x), PANELS.function.top, x(drawing.x), bottom, {stroke: theme.text, dash: [2, 3]});
  for (const {top, height} of Object.values(PANELS)) drawTicks(surface, top + height, theme);
  surface.text('x: what goes in', (LEFT + surface.width - RIGHT) / 2, valuesBottom + 28, {
    ...words(theme),
    anchor: 'middle',
  });
}

const valuesBottom = PANELS.values.top + PANELS.values.height;

/** The numbers of the x axis, below each panel: one may be out of view. */
function drawTicks(surface: Surface, bottom: number, theme: Theme): void {
  const x = scaleX(surface.width);
  for (let tick: number = X_RANGE[0]; tick <= X_RANGE[1]; tick++)
    surface.text(`${tick}`.replace('-', '−'), x(tick), bottom + 11, {...number(theme), anchor: 'middle'});
}

const number = (theme: Theme) => ({fill: theme.muted, size: FONT, font: theme.mono}) as const;
const words = (theme: Theme) =>
  ({fill: theme.muted, size: FONT, font: theme.sans, halo: theme.background}) as const;

function drawCurves(
  surface: Surface,
  {title, top, height, low, high, ticks}: Panel,
  curve: (name: ActivationName) => (x: number) => number,
  {functions, x: read}: ActivationDrawing,
  theme: Theme,
): void {
  const x = scaleX(surface.width);
  const y = (value: number): number => top + ((high - value) / (high - low)) * height;
  surface.text(title, 0, top - 12, {...words(theme), fill: theme.text, weight: 600});
  for (const tick of ticks) {
    surface.line(LEFT, y(tick), surface.width - RIGHT, y(tick), {
      stroke: tick === 0 ? theme.muted : theme.hairline,
    });
    surface.text(`${tick}`, LEFT - 8, y(tick), {...number(theme), anchor: 'end'});
  }
  surface.line(x(0), top, x(0), top + height, {stroke: theme.hairline});
  surface.clip(LEFT, top, surface.width - LEFT - RIGHT, height, () => {
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

function drawValues(surface: Surface, {values, x: read}: ActivationDrawing, theme: Theme): void {
  const {top, height} = PANELS.values;
  const x = scaleX(surface.width);
  const counts = histogram(values, X_RANGE, BINS);
  const most = Math.max(...counts);
  const [strong, pale] = [theme.mlp, ramp(theme.background, theme.mlp)(0.4)];
  const size = (X_RANGE[1] - X_RANGE[0]) / BINS;
  for (const [bin, count] of counts.entries()) {
    const from = X_RANGE[0] + bin * size;
    const [left, tall] = [x(from), (count / most) * height];
    if (count)
      surface.rect(left, top + height - tall, x(from + size) - left - 0.75, tall, {
        fill: from + size / 2 < read ? pale : strong,
      });
  }
  surface.line(LEFT, top + height, surface.width - RIGHT, top + height, {stroke: theme.muted});
  const share = `${percent(shareBelow(values, read))} below ${decimals(read, 2)}`;
  surface.text(`${values.length.toLocaleString('en')} numbers that go in: ${share}`, 0, top - 12, {
    ...words(theme),
    fill: theme.text,
    weight: 600,
  });
}
