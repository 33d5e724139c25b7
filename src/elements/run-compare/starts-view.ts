/** Two runs as the reader sees them: their curves in one chart, what came out in a sentence, and what each model writes. */
import {html} from 'lit';
import {number} from '../../ui/base/format.js';
import type {PairedRun} from '../../ui/model/paired-runs.js';
import type {Sample} from '../../ui/views/samples.js';
import {ramp} from '../../viz/color.js';
import type {LineChart, Series} from '../../viz/lines.js';
import type {Theme} from '../../viz/theme.js';
import {STARTS_TRAINING} from './two-starts.js';

export type Sides = readonly [random: PairedRun, learned: PairedRun];

export const START_NAMES = ['random weights', 'learned weights'] as const;

const losses = ({evals}: PairedRun): number[] => evals.map(({validation}) => validation!.loss);

export function startsChart(sides: Sides, steps: number, theme: Theme): LineChart {
  const highest = Math.max(4, ...sides.flatMap((side) => [...losses(side), side.steps[0]?.loss ?? 0]));
  const series = sides.flatMap((side, i): Series[] => {
    const stroke = i === 0 ? theme.key : theme.query;
    const last = losses(side).at(-1);
    return [
      {
        xs: side.steps.map(({step}) => step),
        ys: side.steps.map(({loss}) => loss),
        stroke: ramp(theme.background, stroke)(0.4),
        lineWidth: 1,
      },
      {
        xs: side.evals.map(({step}) => step),
        ys: losses(side),
        stroke,
        lineWidth: 2,
        dash: [6, 4],
        dots: 'open',
        label: last === undefined ? undefined : [START_NAMES[i]!, number(last)],
      },
    ];
  });
  return {
    x: {domain: [0, steps], label: 'training steps', format: String},
    y: {domain: [0, 1.1 * highest], label: 'loss, in nats per token', format: String},
    series: series.filter(({xs}) => xs.length > 0),
    references: [],
    pins: [],
  };
}

/** The first step at which the model with learned weights is as good as the other in the end; undefined where it never is. */
export function caughtUpAt([random, learned]: Sides): number | undefined {
  const last = losses(random).at(-1);
  return last === undefined
    ? undefined
    : learned.evals.find(({validation}) => validation!.loss <= last)?.step;
}

/** What the curves say. */
export function startsInWords(sides: Sides): string {
  const [random, learned] = sides.map(losses) as [number[], number[]];
  if (!random.length || !learned.length) return '';
  const step = Math.min(...sides.map(({evals}) => evals.at(-1)!.step));
  const before = `Before the first step, letters that neither has read cost ${number(random[0]!)} nats per token from random weights and ${number(learned[0]!)} from learned ones.`;
  if (step === 0) return before;
  const caughtUp = caughtUpAt(sides);
  const after = `After ${number(step)} ${step === 1 ? 'step' : 'steps'} it is ${number(random.at(-1)!)} and ${number(learned.at(-1)!)}.`;
  return `${before} ${after}${caughtUp ? ` The learned weights were as good as that by step ${number(caughtUp)} (evaluated every ${STARTS_TRAINING.evalInterval}).` : ''}`;
}

/** What each model writes. */
export const samplesOf = (sides: Sides, prompt: string): Sample[] =>
  sides.map(({text}, i) => ({
    title: html`From <b>${START_NAMES[i]}</b>, it writes:`,
    text: text === undefined ? undefined : prompt + text,
  }));
