import {movingAverage} from '../../../math/stats.js';

/** A run as a chart of its losses needs it: what a model's `history` holds, or less. Losses in nats per token. */
export interface LossHistory {
  steps: readonly {step: number; loss: number; tokensSeen?: number}[];
  evals: readonly {step: number; train: {loss: number}; validation: {loss: number}; tokensSeen?: number}[];
  /** What the model wrote on the way. */
  samples?: readonly Sample[];
}

export interface Sample {
  step: number;
  prompt: string;
  text: string;
}

export type XKind = 'steps' | 'tokens';
export type YKind = 'loss' | 'perplexity';

/** The history in columns, ready to be drawn. */
export interface LossCurves {
  /** The batches: where, their loss, and its moving average. */
  steps: Float64Array;
  loss: Float64Array;
  smoothed: Float64Array;
  /** The evaluations. */
  evalSteps: Float64Array;
  train: Float64Array;
  validation: Float64Array;
  /** Along x: steps, or tokens seen. */
  x: Float64Array;
  evalX: Float64Array;
}

export function lossCurves(history: LossHistory, x: XKind, smoothing: number): LossCurves {
  const column = <T>(rows: readonly T[], read: (row: T) => number): Float64Array =>
    Float64Array.from(rows, read);
  const along = (row: {step: number; tokensSeen?: number}): number =>
    x === 'tokens' ? (row.tokensSeen ?? Number.NaN) : row.step;
  const loss = column(history.steps, (row) => row.loss);
  return {
    steps: column(history.steps, (row) => row.step),
    loss,
    smoothed: movingAverage(loss, smoothing),
    evalSteps: column(history.evals, (row) => row.step),
    train: column(history.evals, (row) => row.train.loss),
    validation: column(history.evals, (row) => row.validation.loss),
    x: column(history.steps, along),
    evalX: column(history.evals, along),
  };
}

export const isEmpty = ({steps, evalSteps}: LossCurves): boolean => !steps.length && !evalSteps.length;

/** Index of the entry nearest to `value` in an ascending array; −1 where it is empty. */
export function nearest(ascending: ArrayLike<number>, value: number): number {
  let [low, high] = [0, ascending.length - 1];
  if (high < 0) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= value) low = middle;
    else high = middle;
  }
  return value - ascending[low]! <= ascending[high]! - value ? low : high;
}

/** What is known at a step: the batch nearest to it and the last evaluation before or at it. */
export interface Reading {
  step: number;
  x: number;
  loss?: number;
  smoothed?: number;
  evaluation?: {step: number; train: number; validation: number};
}

export function readingAt(curves: LossCurves, step: number): Reading | undefined {
  const batch = nearest(curves.steps, step);
  const nearestEvaluation = nearest(curves.evalSteps, step);
  if (batch < 0 && nearestEvaluation < 0) return undefined;
  const at = batch < 0 ? curves.evalSteps[nearestEvaluation]! : curves.steps[batch]!;
  let last = nearestEvaluation;
  while (last >= 0 && curves.evalSteps[last]! > at) last--;
  return {
    step: at,
    x: batch < 0 ? curves.evalX[nearestEvaluation]! : curves.x[batch]!,
    loss: batch < 0 ? undefined : curves.loss[batch],
    smoothed: batch < 0 ? undefined : curves.smoothed[batch],
    evaluation:
      last < 0
        ? undefined
        : {step: curves.evalSteps[last]!, train: curves.train[last]!, validation: curves.validation[last]!},
  };
}
