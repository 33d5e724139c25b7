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
 * Looks every token's row up in wte: [V, C] → [B, T, C].
 *
 * The gradient of row i is the sum of what came back to each place where token i stands. tfjs adds those with float atomics on WebGPU, in
 * an order that differs from run to run; here they are added by a matrix product, which gives the same bits every time.
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

/** Sums the rows of dy [N, C] that share an id: [V, C]. */
function rowSums(dy: Tensor2D, ids: Int32Array, vocabSize: number): Tensor {
  const N = ids.length;
  if (vocabSize <= N) return matMul(oneHot(tensor1d(ids, 'int32'), vocabSize) as Tensor2D, dy, true);
  // A large vocabulary, of which a batch shows at most N tokens: sum those in the order of their first appearance, then give every
  // token of the vocabulary its row: one of the sums, or row N, which no id points at and is therefore 0.
  const rowOf = new Map<number, number>();
  for (const id of ids) if (!rowOf.has(id)) rowOf.set(id, rowOf.size);
  const compact = ids.map((id) => rowOf.get(id)!);
  const sums = matMul(oneHot(tensor1d(compact, 'int32'), N + 1) as Tensor2D, dy, true); // [N + 1, C]
  const table = new Int32Array(vocabSize).fill(N);
  for (const [id, row] of rowOf) table[id] = row;
  return gather(sums, tensor1d(table, 'int32'));
}

/** The first T rows of wpe: [contextLength, C] → [T, C]. */
export function positionEmbedding(wpe: Tensor, length: number): Tensor {
  return slice(wpe, [0, 0], [length, wpe.shape[1]!]);
}
