/** Which windows of the text a training step sees: a pure function of (seed, step), so a run can be continued anywhere. */
import {key, permutation} from '../math/rng.js';
import {windowAt} from './windows.js';

/** B sequences of T token ids, and for each of their places the token that comes next. */
export interface LabeledBatch {
  tokens: {
    /** Row after row, B·T ids. */
    ids: Int32Array;
    /** B */
    batchSize: number;
    /** T */
    length: number;
  };
  /** B·T ids, row after row; a negative one is no target: nothing is to be learned in that place. */
  labels: Int32Array;
}

/** The seed's stream that a run's batches are drawn from; initial weights and dropout have others. */
const BATCH_STREAM = 1;

// #region batch
/** Cuts windows out of the text. */
export function cutWindows(
  tokens: Int32Array,
  starts: ArrayLike<number>,
  contextLength: number,
): LabeledBatch {
  const ids = new Int32Array(starts.length * contextLength);
  const labels = new Int32Array(ids.length);
  for (let row = 0; row < starts.length; row++) {
    const {input, target} = windowAt(tokens, starts[row]!, contextLength);
    ids.set(input, row * contextLength);
    labels.set(target, row * contextLength);
  }
  return {tokens: {ids, batchSize: starts.length, length: contextLength}, labels};
}

/**
 * All windows, shuffled anew each epoch, as one endless sequence of which step s takes the s-th B.
 * Window p of that sequence is a pure function of (seed, p).
 */
export class ShuffledWindows {
  /** Shuffling is work: the order of the epoch last asked for is kept. */
  #epoch = -1;
  #order: Uint32Array = new Uint32Array();

  readonly #starts: Uint32Array;
  readonly #seed: number;

  constructor(starts: Uint32Array, seed: number) {
    this.#starts = starts;
    this.#seed = seed;
  }

  /** The windows as a training run with this seed draws them. */
  static ofRun(starts: Uint32Array, seed: number): ShuffledWindows {
    return new ShuffledWindows(starts, key(seed, BATCH_STREAM));
  }

  /** The starts of a step's windows. @param step counted from 0 */
  startsAt(step: number, batchSize: number): number[] {
    return Array.from({length: batchSize}, (_, i) => this.startAt(step * batchSize + i));
  }

  /** Where the window at this place of the sequence begins. */
  startAt(place: number): number {
    const windows = this.#starts.length;
    const epoch = Math.floor(place / windows);
    if (epoch !== this.#epoch) {
      this.#order = permutation(windows, key(this.#seed, epoch));
      this.#epoch = epoch;
    }
    return this.#starts[this.#order[place % windows]!]!;
  }
}
// #endregion

/** `count` starts spread evenly over all: the same ones every time, so that evaluations can be compared. */
export function spreadStarts(starts: Uint32Array, count: number): number[] {
  const n = Math.min(count, starts.length);
  return Array.from({length: n}, (_, i) => starts[Math.floor((i * starts.length) / n)]!);
}
