/** The two charts as drawings: shares against distance, and what is felt of a token against its distance. */
import {power} from '../../ui/base/format.js';
import {drawCursor, drawLines, type LineChart, type Series} from '../../viz/lines.js';
import type {Surface} from '../../viz/surface.js';
import type {Theme} from '../../viz/theme.js';
import type {LookBack} from './look-back.js';

export const CHART_HEIGHT = 240;
/** Fixed, so that the curve moves and not the axis. */
const FELT: readonly [number, number] = [1e-12, 1e3];

interface Dot {
  x: number;
  y: number;
}

export interface ChartData {
  /** T: distances run from 0 to T − 1. */
  tokens: number;
  all: readonly LookBack[];
  chosen: LookBack | undefined;
}

const dot = ({x, y}: Dot, stroke: string, dots: Series['dots']): Series => ({xs: [x], ys: [y], stroke, dots});

/** A dot each: a series of several would be thinned where they stand close. */
function mentionDots({all, chosen}: ChartData, theme: Theme, withEven: boolean): Series[] {
  const rest = all.filter((one) => one !== chosen);
  const of = (one: LookBack, stroke: string): Series[] =>
    one.mentions.flatMap(({distance, share}) => [
      ...(withEven ? [dot({x: distance, y: 1 / (one.query + 1)}, theme.muted, 'open')] : []),
      dot({x: distance, y: share}, stroke, 'filled'),
    ]);
  // The chosen word's dots lie on top.
  return [...rest.flatMap((one) => of(one, theme.attention)), ...(chosen ? of(chosen, theme.key) : [])];
}

const distances = ({tokens}: ChartData): LineChart['x'] => ({
  domain: [0, Math.max(1, tokens - 1)],
  label: 'tokens back',
  format: (value) => `${value}`,
});

export function sharesChart(data: ChartData, theme: Theme): LineChart {
  return {
    x: distances(data),
    y: {domain: [0, 1], label: 'share of attention', format: (value) => value.toFixed(1)},
    series: mentionDots(data, theme, true),
    references: [],
    pins: [],
  };
}

export function bottleneckChart(data: ChartData, felt: Float64Array | undefined, theme: Theme): LineChart {
  const curve: Series[] = felt
    ? [
        {
          xs: Float64Array.from(felt, (_, d) => d),
          ys: felt,
          stroke: theme.text,
          lineWidth: 2,
          label: ['recurrent', ''],
        },
      ]
    : [];
  return {
    x: distances(data),
    y: {domain: FELT, log: true, label: 'felt of a token · share of attention', format: powerOfTen},
    series: [...curve, ...mentionDots(data, theme, false)],
    references: [],
    pins: [],
  };
}

/** A chart, with a line through the chosen word's mention. @param felt Where the chart has its curve. */
export function drawChart(
  surface: Surface,
  chart: LineChart,
  {chosen, felt}: {chosen?: LookBack; felt?: Float64Array},
  theme: Theme,
): void {
  drawLines(surface, chart, theme);
  if (!chosen) return;
  const {distance, share} = chosen.main;
  const dots = [
    {y: felt?.[distance] ?? Number.NaN, color: theme.text},
    {y: share, color: theme.key},
  ];
  drawCursor(surface, chart, distance, dots, theme);
}

const powerOfTen = (value: number): string => (value === 1 ? '1' : power(value, 1));
