/** Which windows of the text a step sees. No tfjs; a pure function of (seed, step), so a run can be continued anywhere. */
import {windowAt} from '../data/windows.js';
import {key, permutation} from '../math/rng.js';
import type {TokenBatch} from '../model/tokens.js';

/** B windows, and for each of their places the token that came next. */
export interface LabelledBatch {
  tokens: TokenBatch;
  /** B·T ids, row after row: the windows one token further on. */
  labels: Int32Array;
}

/** Cuts windows out of the text. */
export function cutWindows(
  tokens: Int32Array,
  starts: ArrayLike<number>,
  contextLength: number,
): LabelledBatch {
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
  private epoch = -1;
  private order: Uint32Array = new Uint32Array();

  constructor(
    private readonly starts: Uint32Array,
    private readonly seed: number,
  ) {}

  /** The starts of a step's windows. @param step counted from 0 */
  startsAt(step: number, batchSize: number): number[] {
    return Array.from({length: batchSize}, (_, i) => this.startAt(step * batchSize + i));
  }

  private startAt(place: number): number {
    const windows = this.starts.length;
    const epoch = Math.floor(place / windows);
    if (epoch !== this.epoch) {
      this.order = permutation(windows, key(this.seed, epoch));
      this.epoch = epoch;
    }
    return this.starts[this.order[place % windows]!]!;
  }
}

/** `count` starts spread evenly over all: the same ones every time, so that evaluations can be compared. */
export function spreadStarts(starts: Uint32Array, count: number): number[] {
  const n = Math.min(count, starts.length);
  return Array.from({length: n}, (_, i) => starts[Math.floor((i * starts.length) / n)]!);
}
