/** The chart as a drawing: which curves and lines it has, on which axes. */
import {perplexity} from '../../../math/stats.js';
import {ramp} from '../../../viz/color.js';
import type {Note} from '../../../viz/line-notes.js';
import type {Axis, LineChart, Reference, Series} from '../../../viz/lines.js';
import type {Theme} from '../../../viz/theme.js';
import {number} from '../../base/format.js';
import {type LossCurves, readingAt, type Sample, type XKind, type YKind} from './loss-curves.js';

export interface LossPicture {
  curves: LossCurves;
  xKind: XKind;
  yKind: YKind;
  /** The lowest mean loss that any model can reach, in nats per token. */
  floor?: number;
  /** V: a model that knows nothing guesses among so many tokens, at a loss of ln V. */
  vocabSize?: number;
  /** The x axis reaches at least to here, so that it stands still while the curve grows. */
  xEnd: number;
  /** Along x. */
  pins: readonly number[];
  /** Written beside the curve, where the model wrote them. */
  samples?: readonly Sample[];
}

export const yValue = (kind: YKind, loss: number): number =>
  kind === 'perplexity' ? perplexity(loss) : loss;

export function lossChart(picture: LossPicture, theme: Theme): LineChart {
  const {curves, yKind, pins} = picture;
  const toY = (losses: Float64Array): Float64Array => losses.map((loss) => yValue(yKind, loss));
  const faint = ramp(theme.background, theme.train)(0.4);
  const last = (losses: Float64Array): string => number(yValue(yKind, losses.at(-1) ?? Number.NaN));
  const {train, validation, smoothed, x, evalX} = curves;
  const evaluated = evalX.length > 0;
  const series: Series[] = [
    {xs: x, ys: toY(curves.loss), stroke: faint, lineWidth: 1},
    {
      xs: x,
      ys: toY(smoothed),
      stroke: theme.train,
      lineWidth: 2,
      label: evaluated ? undefined : ['train', last(smoothed)],
    },
    {
      xs: evalX,
      ys: toY(train),
      stroke: theme.train,
      dots: 'filled',
      joined: !x.length,
      label: evaluated ? ['train', last(train)] : undefined,
    },
    {
      xs: evalX,
      ys: toY(validation),
      stroke: theme.validation,
      lineWidth: 2,
      dash: [6, 4],
      dots: 'open',
      label: ['validation', last(validation)],
    },
  ];
  return {
    x: xAxis(picture),
    y: yAxis(picture),
    series,
    references: references(picture, theme),
    pins,
    notes: notes(picture),
  };
}

function notes({curves, yKind, samples = []}: LossPicture): Note[] {
  return samples.flatMap(({step, prompt, text}) => {
    const reading = readingAt(curves, step);
    const loss = reading?.evaluation?.validation ?? reading?.smoothed;
    const written = (prompt + text).replace(/\s+/g, ' ').trim();
    if (loss === undefined || !written) return [];
    return [
      {x: reading!.x, y: yValue(yKind, loss), title: `step ${step.toLocaleString('en')}`, text: written},
    ];
  });
}

function references({floor, vocabSize, yKind}: LossPicture, theme: Theme): Reference[] {
  const lines: Reference[] = [];
  if (vocabSize)
    lines.push({
      y: yValue(yKind, Math.log(vocabSize)),
      label:
        yKind === 'loss'
          ? `guessing: ln V = ${number(Math.log(vocabSize))}`
          : `guessing: V = ${number(vocabSize)}`,
      stroke: theme.muted,
      dash: [1, 3],
      side: 'above',
    });
  if (floor !== undefined)
    lines.push({
      y: yValue(yKind, floor),
      label: `floor ${number(yValue(yKind, floor))}: the best there can be`,
      short: `floor ${number(yValue(yKind, floor))}`,
      stroke: theme.floor,
      dash: [1.5, 3],
      side: 'below',
    });
  return lines;
}

function xAxis({curves, xKind, xEnd}: LossPicture): Axis {
  const end = Math.max(xEnd, curves.x.at(-1) || 0, curves.evalX.at(-1) || 0, 10);
  return {
    domain: [0, end],
    label: xKind === 'tokens' ? 'tokens trained on' : 'training steps',
    format: (value) => (xKind === 'tokens' ? shortCount(value) : value.toLocaleString('en')),
  };
}

function shortCount(value: number): string {
  const [unit, letter] =
    value >= 1e9 ? [1e9, 'G'] : value >= 1e6 ? [1e6, 'M'] : value >= 1e3 ? [1e3, 'k'] : [1, ''];
  return `${Number((value / unit).toPrecision(3))}${letter}`;
}

/** Room above and below the curves, as a share of their reach. */
const ROOM = 0.1;

function yAxis({curves, floor, vocabSize, yKind}: LossPicture): Axis {
  const known = [floor, vocabSize && Math.log(vocabSize)].filter((value) => value !== undefined) as number[];
  let low = Math.min(...known);
  let high = Math.max(...known);
  for (const losses of [curves.loss, curves.train, curves.validation])
    for (const loss of losses)
      if (Number.isFinite(loss)) {
        low = Math.min(low, loss);
        high = Math.max(high, loss);
      }
  if (!Number.isFinite(low)) [low, high] = [0, 1];
  const room = ROOM * (high - low || 1);
  const domain = [Math.max(yKind === 'loss' ? 0 : low - room, low - room), high + room];
  return {
    domain: domain.map((loss) => yValue(yKind, loss)) as [number, number],
    log: yKind === 'perplexity',
    label: yKind === 'loss' ? 'loss, in nats per token' : 'perplexity (e to the loss), logarithmic',
    format: (value) => (yKind === 'loss' ? value.toFixed(high - low < 1 ? 2 : 1) : number(value, 2)),
  };
}
