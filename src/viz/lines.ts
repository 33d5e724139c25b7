/** Line charts: axes, curves labeled at their ends, reference lines. */
import type {ChartFrame} from './chart-frame.js';
import {decimate} from './decimate.js';
import {drawNotes, type Note} from './line-notes.js';
import {type Scale, scaleLinear, scaleLog} from './scale.js';
import type {Surface} from './surface.js';
import type {Theme} from './theme.js';

export interface Axis {
  domain: readonly [number, number];
  label: string;
  log?: boolean;
  format: (value: number) => string;
}

export interface Series {
  xs: ArrayLike<number>;
  ys: ArrayLike<number>;
  stroke: string;
  lineWidth?: number;
  dash?: readonly number[];
  /** A dot at each point. */
  dots?: 'filled' | 'open';
  /** False: dots without a line. */
  joined?: boolean;
  /** At the line's end: a name, and a number below or beside it. */
  label?: readonly [name: string, value: string];
}

/** A horizontal line that the curves are measured against. */
export interface Reference {
  y: number;
  label: string;
  /** Where there is little room. */
  short?: string;
  stroke: string;
  dash?: readonly number[];
  /** Where the label is: above the line at its right end, or below it at its left, where falling curves leave room. */
  side: 'above' | 'below';
}

export interface LineChart {
  x: Axis;
  y: Axis;
  series: readonly Series[];
  references: readonly Reference[];
  /** Numbered places along x; one that is not a number is not there yet. */
  pins: readonly number[];
  /** Words beside the curve, from left to right; those without room are left out. */
  notes?: readonly Note[];
}

const FONT = 12;
const LINE = 14;
/** Dots nearer to each other than this are thinned out; the last one stays. */
const DOT_DISTANCE = 12;

export function chartFrame({x, y}: LineChart, width: number, height: number): ChartFrame {
  const [left, right, top, bottom] = [44, width - 20, 30, height - 40];
  return {
    x: scaleLinear(x.domain, [left, right]),
    y: (y.log ? scaleLog : scaleLinear)(y.domain, [bottom, top]),
    left,
    right,
    top,
    bottom,
  };
}

export function drawLines(surface: Surface, chart: LineChart, theme: Theme): void {
  const frame = chartFrame(chart, surface.width, surface.height);
  drawAxes(surface, chart, frame, theme);
  drawPins(surface, chart, frame, theme);
  surface.clip(frame.left, frame.top - 6, frame.right - frame.left + 6, frame.bottom - frame.top + 12, () => {
    for (const series of chart.series) drawSeries(surface, series, frame, theme);
  });
  drawReferences(surface, chart, frame, theme);
  drawNotes(surface, chart.notes ?? [], frame, theme);
  drawEndLabels(surface, chart, frame, theme);
}

function drawAxes(surface: Surface, {x, y}: LineChart, frame: ChartFrame, theme: Theme): void {
  const {left, right, top, bottom} = frame;
  const number = {fill: theme.muted, size: FONT, font: theme.mono} as const;
  const word = {fill: theme.muted, size: FONT, font: theme.sans} as const;
  for (const tick of ticksOf(frame.y, y, (bottom - top) / 44)) {
    const at = frame.y(tick);
    surface.line(left, at, right, at, {stroke: theme.hairline});
    surface.text(y.format(tick), left - 8, at, {...number, anchor: 'end'});
  }
  for (const tick of ticksOf(frame.x, x, (right - left) / 90)) {
    const at = frame.x(tick);
    surface.line(at, bottom, at, bottom + 4, {stroke: theme.muted});
    surface.text(x.format(tick), at, bottom + 14, {...number, anchor: 'middle'});
  }
  surface.line(left, bottom, right, bottom, {stroke: theme.muted});
  surface.text(y.label, 4, 10, word);
  surface.text(x.label, (left + right) / 2, bottom + 30, {...word, anchor: 'middle'});
}

/** Round numbers; on a logarithmic axis 1, 2, 5 and their tenfolds, or every whole number where there is room. */
function ticksOf(scale: Scale, axis: Axis, room: number): number[] {
  const count = Math.max(2, Math.floor(room));
  if (!axis.log) return scale.ticks(count);
  const all = scale.ticks(10);
  if (all.length <= count) return all;
  const round = all.filter((tick) => [1, 2, 5].includes(Number(tick.toExponential(0)[0])));
  return round.length >= 2 ? round : all;
}

function drawSeries(surface: Surface, series: Series, {x, y}: ChartFrame, theme: Theme): void {
  const {xs, ys, stroke, lineWidth = 1.5, dash, dots, joined = true} = series;
  const {
    domain: [from, to],
    range: [left, right],
  } = x;
  const kept = decimate(xs, ys, from, to, right - left);
  const at = (index: number): [number, number] => [round(x(xs[index]!)), round(y(ys[index]!))];
  if (joined && kept.length > 1) surface.path(polyline(kept.map(at)), {stroke, lineWidth, dash});
  if (dots) {
    const span = kept.length > 1 ? x(xs[kept.at(-1)!]!) - x(xs[kept[0]!]!) : 0;
    const every = Math.max(1, Math.ceil((DOT_DISTANCE * (kept.length - 1)) / (span || 1)));
    for (const index of kept.filter((_, i) => (kept.length - 1 - i) % every === 0)) {
      const [cx, cy] = at(index);
      const open = {fill: theme.background, stroke, lineWidth: 1.5};
      surface.path(circle(cx, cy, 2.5), dots === 'open' ? open : {fill: stroke});
    }
  }
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** SVG path data of straight lines from point to point. */
const polyline = (points: readonly (readonly [number, number])[]): string =>
  points.map((point, i) => `${i === 0 ? 'M' : 'L'}${point}`).join('');

const circle = (cx: number, cy: number, radius: number): string =>
  `M${cx - radius} ${cy}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;

/** Below this width, in pixels, a line’s long label would run into the curves’ own. */
const NARROW = 320;

function drawReferences(surface: Surface, {references}: LineChart, frame: ChartFrame, theme: Theme): void {
  const {left, right} = frame;
  const isNarrow = right - left < NARROW;
  for (const {y, label, short = label, stroke, dash, side} of references) {
    const at = frame.y(y);
    if (!(at >= frame.top - 1 && at <= frame.bottom + 1)) continue;
    surface.line(left, at, right, at, {stroke, dash, lineWidth: 1.5});
    const isAbove = side === 'above';
    const up = isAbove || frame.bottom - at < 16; // no room between the line and the axis
    surface.text(
      isNarrow || (up && !isAbove) ? short : label,
      isAbove ? right : left + 6,
      at + (up ? -9 : 9),
      {
        fill: stroke,
        size: FONT,
        font: theme.sans,
        anchor: isAbove ? 'end' : 'start',
        halo: theme.background,
      },
    );
  }
}

function drawPins(surface: Surface, {pins}: LineChart, {x, top, bottom}: ChartFrame, theme: Theme): void {
  pins.forEach((pin, i) => {
    if (!Number.isFinite(pin)) return;
    const at = x(pin);
    surface.line(at, top, at, bottom, {stroke: theme.muted, dash: [1, 3]});
    surface.text(`${i + 1}`, at, top - 7, {
      fill: theme.text,
      size: FONT,
      weight: 600,
      font: theme.mono,
      anchor: 'middle',
    });
  });
}

/** Roughly, in pixels, of a character of a curve's name. */
const CHARACTER = 6.5;

/**
 * Names and numbers where the lines end: to the right of their ends while there is room, later above them. Those that would
 * overlap are moved apart.
 */
function drawEndLabels(surface: Surface, {series}: LineChart, frame: ChartFrame, theme: Theme): void {
  const labels = series
    .filter(({label, xs}) => label && xs.length)
    .map(({label, xs, ys, stroke}) => {
      const last = lastFinite(ys);
      return {words: label!.join(' '), stroke, x: frame.x(xs[last] ?? 0), y: frame.y(ys[last] ?? Number.NaN)};
    })
    .filter(({y}) => Number.isFinite(y))
    .sort((a, b) => a.y - b.y);
  const end = Math.max(...labels.map(({x, words}) => x + 8 + CHARACTER * words.length));
  if (end <= frame.right) placeBeside(labels, frame);
  else placeAbove(labels, frame);
  for (const {words, stroke, x, y} of labels)
    surface.text(words, end <= frame.right ? x + 8 : frame.right, y, {
      fill: stroke,
      size: FONT,
      font: theme.sans,
      weight: 600,
      halo: theme.background,
      anchor: end <= frame.right ? 'start' : 'end',
    });
}

/** Moves labels down until none covers another, and all up if they would leave the chart. */
function placeBeside(labels: {y: number}[], {bottom}: ChartFrame): void {
  for (let i = 1; i < labels.length; i++) labels[i]!.y = Math.max(labels[i]!.y, labels[i - 1]!.y + LINE);
  const overshoot = Math.max(0, (labels.at(-1)?.y ?? 0) + LINE / 2 - bottom);
  for (const label of labels) label.y -= overshoot;
}

/**
 * Puts labels above their lines' ends, those of lines near each other stacked above the highest of them; below the lowest
 * line where there is no room above.
 */
function placeAbove(labels: {y: number}[], {top}: ChartFrame): void {
  const near: {y: number}[][] = [];
  for (const label of labels) {
    const above = near.at(-1);
    // A stack of n labels needs n lines between this line's end and the one above it.
    if (above && label.y - above.at(-1)!.y < 2 * LINE) above.push(label);
    else near.push([label]);
  }
  for (const stack of near) {
    const [highest, lowest] = [stack[0]!.y, stack.at(-1)!.y];
    const first = highest - 12 - (stack.length - 1) * LINE;
    const start = first - LINE / 2 < top ? lowest + 11 : first;
    for (const [i, label] of stack.entries()) label.y = start + i * LINE;
  }
}

function lastFinite(values: ArrayLike<number>): number {
  let last = values.length - 1;
  while (last >= 0 && !Number.isFinite(values[last])) last--;
  return last;
}

/** A vertical line at the place that is read off, with a dot on each curve. */
export function drawCursor(
  surface: Surface,
  chart: LineChart,
  at: number,
  dots: readonly {y: number; color: string}[],
  theme: Theme,
): void {
  const {x, y, top, bottom} = chartFrame(chart, surface.width, surface.height);
  surface.line(x(at), top, x(at), bottom, {stroke: theme.muted});
  for (const dot of dots)
    if (Number.isFinite(dot.y))
      surface.path(circle(round(x(at)), round(y(dot.y)), 4), {
        fill: dot.color,
        stroke: theme.background,
        lineWidth: 1.5,
      });
}
