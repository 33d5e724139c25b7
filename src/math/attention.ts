/**
 * Attention on plain arrays, as the views of the attention chapter show it step by step on a few tokens. The model computes the same in
 * tfjs (`src/model/attention.ts`); both are checked against PyTorch.
 *
 * T is the number of tokens, D the length of a vector; a matrix is a list of rows.
 */
import {largest} from './largest.js';

export type Vector = ArrayLike<number>;
export type Matrix = readonly Vector[];

/** Returns the dot product Σ aᵢ·bᵢ. It is large where both vectors point the same way. */
export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Returns A·B, [n, k], for A [n, m] and B [m, k]. */
export function matMul(a: Matrix, b: Matrix): number[][] {
  return a.map((row) =>
    Array.from({length: b[0]?.length ?? 0}, (_, j) =>
      dot(
        row,
        b.map((r) => r[j]!),
      ),
    ),
  );
}

// #region softmax
/** Returns probabilities that sum to 1: e to the power of each score, divided by their sum. A score of −∞ gives exactly 0. */
export function softmax(scores: Vector): number[] {
  const most = largest(scores); // subtracted from all: the result is the same, and no power overflows
  const powers = Array.from(scores, (score) => Math.exp(score - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
// #endregion

/** Returns the weighted sum of the vectors, Σ weightⱼ · vectorⱼ: [D], for weights [T] and vectors [T, D]. */
export function mix(weights: Vector, vectors: Matrix): number[] {
  return Array.from({length: vectors[0]?.length ?? 0}, (_, d) =>
    vectors.reduce((sum, vector, j) => sum + weights[j]! * vector[d]!, 0),
  );
}

export interface Attention {
  /** [T, T]: how well each key (column) fits each query (row). */
  scores: number[][];
  /** [T, T]: the softmax of each row of scores; each row sums to 1. */
  weights: number[][];
  /** [T, D]: for each query the sum of the values, weighted by its row. */
  context: number[][];
}

/**
 * Returns attention without trained weights: each vector is query, key and value at once.
 * @param x [T, D]
 */
export function simpleAttention(x: Matrix): Attention {
  // #region simple-attention
  const scores = x.map((query) => x.map((key) => dot(query, key))); // [T, T]
  const weights = scores.map(softmax); // [T, T], each row sums to 1
  const context = weights.map((row) => mix(row, x)); // [T, D]
  // #endregion
  return {scores, weights, context};
}

/**
 * Returns scaled dot-product attention (Vaswani et al. 2017, equation 1).
 * @param q [T, D]
 * @param k [T, D]
 * @param v [T, D]
 * @param options.scale factor of the scores. Default 1/√D.
 * @param options.causal whether a token attends only to itself and the tokens before it. Default false.
 */
export function scaledAttention(
  q: Matrix,
  k: Matrix,
  v: Matrix,
  {scale = 1 / Math.sqrt(q[0]?.length ?? 1), causal = false}: {scale?: number; causal?: boolean} = {},
): Attention {
  // #region scaled-attention
  const scores = q.map((query) => k.map((key) => dot(query, key) * scale)); // [T, T]
  const masked = causal ? maskFuture(scores) : scores; // [T, T]
  const weights = masked.map(softmax); // [T, T], each row sums to 1
  const context = weights.map((row) => mix(row, v)); // [T, D]
  // #endregion
  return {scores, weights, context};
}

// #region mask-before
/** Returns the scores [T, T] with −∞ at every key after its query. e^−∞ is 0, so the softmax gives these keys no weight. */
export function maskFuture(scores: Matrix): number[][] {
  return scores.map((row, query) => Array.from(row, (score, key) => (key > query ? -Infinity : score)));
}
// #endregion

// #region mask-after
/** Returns attention weights [T, T] with 0 at every key after its query and each row scaled to sum to 1 again. Same result as masking before. */
export function renormalizePast(weights: Matrix): number[][] {
  return weights.map((row, query) => {
    const kept = Array.from(row, (weight, key) => (key > query ? 0 : weight));
    const total = kept.reduce((sum, weight) => sum + weight, 0);
    return kept.map((weight) => weight / total);
  });
}
// #endregion

// #region drop-weights
/**
 * Returns attention weights [T, T] after dropout (Srivastava et al. 2014): kept weights are scaled by 1/(1 − rate), so that the expected
 * sum of a row stays 1.
 * @param keep [T, T]: whether a weight is kept
 */
export function dropWeights(
  weights: Matrix,
  keep: readonly (readonly boolean[])[],
  rate: number,
): number[][] {
  return weights.map((row, i) => Array.from(row, (weight, j) => (keep[i]![j] ? weight / (1 - rate) : 0)));
}
// #endregion

/**
 * Returns how strongly the softmax reacts to its scores: the Frobenius norm of its Jacobian, ∂pᵢ/∂sⱼ = pᵢ(δᵢⱼ − pⱼ).
 * It is largest for even weights and 0 where one weight is 1: no gradient passes there.
 * @param weights [T], the output of the softmax
 */
export function softmaxSlope(weights: Vector): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++)
    for (let j = 0; j < weights.length; j++) sum += (weights[i]! * ((i === j ? 1 : 0) - weights[j]!)) ** 2;
  return Math.sqrt(sum);
}

/** Returns columns `from` … `to − 1` of each row, e.g. one head's part of a projection: [T, D], for rows [T, C]. */
export function columns(rows: Matrix, from: number, to: number): number[][] {
  return rows.map((row) => Array.from(row).slice(from, to));
}

/** Returns the rows of all parts joined, e.g. the heads' contexts side by side: [T, H·D], for H parts of [T, D]. */
export function concatenate(parts: readonly Matrix[]): number[][] {
  return parts[0]!.map((_, t) => parts.flatMap((part) => Array.from(part[t]!)));
}

/** Returns a flat array [rows, width] as rows, which are views and not copies. */
export function rowsOf(values: Float32Array, width: number): Float32Array[] {
  return Array.from({length: values.length / width}, (_, row) =>
    values.subarray(row * width, (row + 1) * width),
  );
}

/** Returns all numbers of the rows, one row after the other: [n·m], for rows [n, m]. */
export const flatten = (rows: Matrix): Float32Array =>
  Float32Array.from(rows.flatMap((row) => Array.from(row)));
