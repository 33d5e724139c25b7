/** A run that was recorded earlier: what the element shows until the reader trains. */
import type {EvalFact, LiveModel, Tune} from '../../state/index.js';
import type {Attribution} from './attribution.js';
import type {Start} from './classifier.js';
import type {HeadReading, NextTokens} from './head.js';
import type {Asked} from './saved-runs.js';

export type CurvePoint = Pick<EvalFact, 'step' | 'train' | 'validation'>;

/** As scripts/experiments/spam.mjs writes it. */
export interface RecordedRun {
  start: Start;
  tune: Tune;
  /** Of the messages, the head's first weights and the batches. */
  seed: number;
  steps: number;
  evals: readonly CurvePoint[];
  /** The probability of spam of each test message. */
  spam: readonly number[];
  /** Of the messages of `PAIR`. */
  pair: readonly Attribution[];
  /** Of the first message of `PAIR`. */
  head: HeadReading;
  /** What the pretrained model would write after it. */
  next: NextTokens;
}

/** Returns whether a run with these settings, from this model, would be the recorded one. */
export const isRecorded = (
  {start, tune, seed, steps}: Asked,
  run: RecordedRun,
  base: LiveModel | undefined,
): boolean =>
  base?.spec.pretrained === 'tiny-tales' &&
  base.step === 0 &&
  start === run.start &&
  tune === run.tune &&
  seed === run.seed &&
  (steps ?? run.steps) === run.steps;
