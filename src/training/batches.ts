/** Which windows of the text a step sees. No tfjs; a pure function of (seed, step), so a run can be continued anywhere. */
import {key, permutation} from '../math/rng.js';
import type {TokenBatch} from '../model/tokens.js';

/** B windows, and for each of their places the token that came next. */
export interface LabelledBatch {
  tokens: TokenBatch;
  /** B·T ids, row after row: the windows one token further on. */
  labels: Int32Array;
}

/** Where windows of T tokens (and the one to predict after them) start, `stride` tokens apart. */
export function windowStarts(tokenCount: number, contextLength: number, stride: number): Uint32Array {
  const count = Math.max(0, Math.floor((tokenCount - contextLength - 1) / stride) + 1);
  return Uint32Array.from({length: count}, (_, i) => i * stride);
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
    const start = starts[row]!;
    ids.set(tokens.subarray(start, start + contextLength), row * contextLength);
    labels.set(tokens.subarray(start + 1, start + 1 + contextLength), row * contextLength);
  }
  return {tokens: {ids, batchSize: starts.length, length: contextLength}, labels};
}

/**
 * All windows, shuffled anew each epoch, as one endless sequence of which step s takes the s-th B.
 * Window p of that sequence is a pure function of (seed, p); the last epochs asked for are remembered to save time.
 */
export class ShuffledWindows {
  private epochs = new Map<number, Uint32Array>();

  constructor(
    private readonly starts: Uint32Array,
    private readonly seed: number,
  ) {}

  /** The starts of a step's windows. @param step counted from 0 */
  startsAt(step: number, batchSize: number): number[] {
    return Array.from({length: batchSize}, (_, i) => this.startAt(step * batchSize + i));
  }

  private startAt(place: number): number {
    const epoch = Math.floor(place / this.starts.length);
    let order = this.epochs.get(epoch);
    if (!order) {
      this.epochs.delete(epoch - 2);
      if (this.epochs.size > 2) this.epochs.clear();
      order = permutation(this.starts.length, key(this.seed, epoch));
      this.epochs.set(epoch, order);
    }
    return this.starts[order[place % this.starts.length]!]!;
  }
}

/** `count` starts spread evenly over all: the same ones every time, so that evaluations can be compared. */
export function spreadStarts(starts: Uint32Array, count: number): number[] {
  const n = Math.min(count, starts.length);
  return Array.from({length: n}, (_, i) => starts[Math.floor((i * starts.length) / n)]!);
}
