/**
 * Attention written out on rows of numbers: what the views of the attention chapter show, step by step, on a handful of
 * tokens. The model itself computes the same in tfjs (`src/model/attention.ts`); both are checked against PyTorch.
 *
 * T tokens, D numbers a vector; a matrix is a list of rows.
 */

export type Vector = ArrayLike<number>;
export type Matrix = readonly Vector[];

/** Σ aᵢ·bᵢ: large where both point the same way. */
export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** A·B: [n, m] times [m, k] is [n, k]. */
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
/** Shares that sum to 1: e to the power of each score, over their sum. A score of −∞ gets exactly 0. */
export function softmax(scores: Vector): number[] {
  const largest = Math.max(...Array.from(scores)); // subtracted from all: the shares stay, no power overflows
  const powers = Array.from(scores, (score) => Math.exp(score - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
// #endregion

/** Σ weightⱼ · vectorⱼ: a mixture of the vectors. [T] and [T, D] → [D] */
export function mix(weights: Vector, vectors: Matrix): number[] {
  return Array.from({length: vectors[0]?.length ?? 0}, (_, d) =>
    vectors.reduce((sum, vector, j) => sum + weights[j]! * vector[d]!, 0),
  );
}

export interface Attention {
  /** [T, T]: how well each key (column) fits each query (row). */
  scores: number[][];
  /** [T, T]: the scores as shares; each row sums to 1. */
  weights: number[][];
  /** [T, D]: for each query the values, mixed by its weights. */
  context: number[][];
}

/**
 * Attention without anything learned: each vector is query, key and value at once.
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
 * Scaled dot-product attention (Vaswani et al. 2017, equation 1).
 * @param q [T, D]
 * @param k [T, D]
 * @param v [T, D]
 * @param options.scale What scores are multiplied by. Default 1/√D.
 * @param options.causal Whether a token sees only itself and what stands before it. Default false.
 */
export function scaledAttention(
  q: Matrix,
  k: Matrix,
  v: Matrix,
  {scale = 1 / Math.sqrt(q[0]?.length ?? 1), causal = false}: {scale?: number; causal?: boolean} = {},
): Attention {
  // #region scaled-attention
  const scores = q.map((query) => k.map((key) => dot(query, key) * scale)); // [T, T]
  const masked = causal ? maskFuture(scores) : scores;
  const weights = masked.map(softmax); // [T, T], each row sums to 1
  const context = weights.map((row) => mix(row, v)); // [T, D]
  // #endregion
  return {scores, weights, context};
}

// #region mask-before
/** −∞ at every key that comes after its query: e^−∞ is 0, so the softmax leaves the future out. [T, T] */
export function maskFuture(scores: Matrix): number[][] {
  return scores.map((row, query) => Array.from(row, (score, key) => (key > query ? -Infinity : score)));
}
// #endregion

// #region mask-after
/** The other way: take finished shares, strike out the future, and scale what is left to sum to 1 again. [T, T] */
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
 * Dropout on attention weights (Srivastava et al. 2014): each is dropped with probability `rate`, and what is kept grows by
 * 1/(1 − rate), so that the expected sum of a row stays 1.
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
 * How strongly the shares answer to the scores: the root of the summed squares of ∂pᵢ/∂sⱼ = pᵢ(δᵢⱼ − pⱼ).
 * Largest where the shares are undecided, 0 where one has everything: there nothing is learned any more.
 */
export function softmaxSlope(weights: Vector): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++)
    for (let j = 0; j < weights.length; j++) sum += (weights[i]! * ((i === j ? 1 : 0) - weights[j]!)) ** 2;
  return Math.sqrt(sum);
}

/** Columns `from` … `to − 1` of each row: one head's share of a projection. [T, C] → [T, D] */
export function columns(rows: Matrix, from: number, to: number): number[][] {
  return rows.map((row) => Array.from(row).slice(from, to));
}

/** Rows end to end: the heads' contexts side by side. H of [T, D] → [T, H·D] */
export function concatenate(parts: readonly Matrix[]): number[][] {
  return parts[0]!.map((_, t) => parts.flatMap((part) => Array.from(part[t]!)));
}

/** A flat `[rows, width]` array as rows (views, not copies). */
export function rowsOf(values: Float32Array, width: number): Float32Array[] {
  return Array.from({length: values.length / width}, (_, row) =>
    values.subarray(row * width, (row + 1) * width),
  );
}
