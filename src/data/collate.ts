/**
 * Batches from examples of different lengths. A tensor has no ragged rows, so shorter ones are filled up (*padded*), and
 * the places where nothing is to be learned get the label −100, which the loss passes over.
 *
 *     collate([{ids: [5, 6, 7]}, {ids: [8]}], {endId: 0});
 *
 *     ids     5 6 7      labels  6 7 0
 *             8 0 0              0 ‒ ‒      (‒ is −100)
 *
 * The first end token after an example *is* a target: so the model learns to stop. (As in “Build a Large Language Model
 * (From Scratch)”, chapter 7.)
 */
import type {LabeledBatch} from './batches.js';

/** The label of a place where nothing is to be learned; PyTorch's default `ignore_index`. */
export const IGNORE_INDEX = -100;

export interface Example {
  /** n ids, at least one. */
  ids: ArrayLike<number>;
  /** So many ids at the start are given, not to be learned: a question, an instruction. Default: 0. */
  given?: number;
}

export interface CollateOptions {
  /** Ends every example. */
  endId: number;
  /** Fills up the rows; no prediction depends on it. Default: `endId`. */
  padId?: number;
  /** T is at most this: longer examples lose their end. */
  contextLength?: number;
}

export interface PaddedBatch extends LabeledBatch {
  /** [B]: places of each row that hold the example; the others are padding. */
  lengths: Int32Array;
}

// #region collate
/** @throws {RangeError} where there is no example, or one is empty. */
export function collate(
  examples: readonly Example[],
  {endId, padId = endId, contextLength = Number.POSITIVE_INFINITY}: CollateOptions,
): PaddedBatch {
  if (!examples.length || examples.some(({ids}) => ids.length === 0))
    throw new RangeError('A batch needs at least one example, and every example at least one token.');
  const lengths = Int32Array.from(examples, ({ids}) => Math.min(ids.length, contextLength)); // [B]
  const T = Math.max(...lengths);
  const ids = new Int32Array(examples.length * T).fill(padId); // [B, T]
  const labels = new Int32Array(ids.length).fill(IGNORE_INDEX); // [B, T]
  for (const [row, example] of examples.entries())
    for (let t = 0; t < lengths[row]!; t++) {
      ids[row * T + t] = example.ids[t]!;
      const next = t + 1;
      if (next >= (example.given ?? 0)) labels[row * T + t] = example.ids[next] ?? endId;
    }
  return {tokens: {ids, batchSize: examples.length, length: T}, labels, lengths};
}
// #endregion
