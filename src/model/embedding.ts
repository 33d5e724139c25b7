import {
  customGrad,
  gather,
  matMul,
  oneHot,
  reshape,
  slice,
  type Tensor,
  type Tensor2D,
  tensor1d,
} from '@tensorflow/tfjs-core';
import type {TokenBatch} from './tokens.js';

/**
 * Returns each token's row of wte [V, C]: [B, T, C].
 *
 * The gradient of a row is the sum of the gradients at all positions of its token. On WebGPU, tfjs adds them with float atomics, in an order
 * that differs from run to run; here a matrix product adds them, which gives the same bits every time.
 */
export function tokenEmbedding(wte: Tensor, tokens: TokenBatch): Tensor {
  const [V, C] = wte.shape as [number, number];
  const lookUp = customGrad((table) => {
    const value = gather(table as Tensor, tensor1d(tokens.ids, 'int32')); // [B·T, C]
    const gradFunc = (dy: Tensor) => rowSums(dy as Tensor2D, tokens.ids, V);
    return {value, gradFunc};
  });
  return reshape(lookUp(wte), [tokens.batchSize, tokens.length, C]);
}

/** Returns the sums of the rows of dy [N, C] that share an id: [V, C]. */
function rowSums(dy: Tensor2D, ids: Int32Array, vocabSize: number): Tensor {
  const N = ids.length;
  if (vocabSize <= N) return matMul(oneHot(tensor1d(ids, 'int32'), vocabSize) as Tensor2D, dy, true);
  // A batch of a large vocabulary has at most N different tokens: their sums are computed in the order of first appearance, then every
  // token of the vocabulary gets its row: one of the sums, or row N, which is 0 because no id maps to it.
  const rowOf = new Map<number, number>();
  for (const id of ids) if (!rowOf.has(id)) rowOf.set(id, rowOf.size);
  const compact = ids.map((id) => rowOf.get(id)!);
  const sums = matMul(oneHot(tensor1d(compact, 'int32'), N + 1) as Tensor2D, dy, true); // [N + 1, C]
  const table = new Int32Array(vocabSize).fill(N);
  for (const [id, row] of rowOf) table[id] = row;
  return gather(sums, tensor1d(table, 'int32'));
}

/** Returns the first T rows of wpe [contextLength, C]: [T, C]. */
export function positionEmbedding(wpe: Tensor, length: number): Tensor {
  return slice(wpe, [0, 0], [length, wpe.shape[1]!]);
}
