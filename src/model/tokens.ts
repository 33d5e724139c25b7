/**
 * B sequences of T token ids. Plain numbers and not a tensor: they come from the CPU, and the gradients of embedding and loss need them
 * there.
 */
export interface TokenBatch {
  /** Row after row, B·T ids. */
  ids: Int32Array;
  /** B */
  batchSize: number;
  /** T */
  length: number;
}

/** Returns one sequence as a batch of B = 1. */
export function singleSequence(ids: ArrayLike<number>): TokenBatch {
  return {ids: Int32Array.from(ids), batchSize: 1, length: ids.length};
}
