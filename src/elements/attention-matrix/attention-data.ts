/** Attention weights as this element draws them, from whatever the page hands over. */

/** `[T, T]`, `[H, T, T]` or `[L, H, T, T]`. */
export type NestedWeights = ArrayLike<number>[] | NestedWeights[];
/** Nested arrays; `[T, T]` or `[H, T, T]` row by row in one typed array; or one such array a layer. */
export type WeightsInput = Float32Array | Float32Array[] | NestedWeights;

export interface AttentionData {
  /** T labels. */
  tokens: readonly string[];
  heads: number;
  /** One `[H, T, T]` a layer; a layer that was not asked for is absent. */
  weights: readonly (Float32Array | undefined)[];
  /** Scaled scores before the softmax, in the same layout. */
  scores: readonly (Float32Array | undefined)[];
  /** No row looks right of the diagonal. */
  causal: boolean;
  /** From this token on the model has written; before it is what it was given. */
  written?: number;
  /** `[H, T, D]` of one layer, for the arithmetic of a cell. */
  projections?: {layer: number; width: number; q: Float32Array; k: Float32Array};
}

/** GPT-2's context. Of more tokens the first ones are drawn. */
export const MAX_TOKENS = 1024;

/** The matrix of one head, `[T, T]`. */
export function headMatrix(all: Float32Array, head: number, size: number): Float32Array {
  return all.subarray(head * size * size, (head + 1) * size * size);
}

/** How the score of one cell comes about, as far as the data tells. */
export interface CellArithmetic {
  weight: number;
  /** q · k, and D, the width of a head. */
  product?: number;
  width?: number;
  /** q · k / √D. */
  score?: number;
}

export function cellArithmetic(
  data: AttentionData,
  layer: number,
  head: number,
  query: number,
  key: number,
): CellArithmetic {
  const size = data.tokens.length;
  const index = (head * size + query) * size + key;
  const arithmetic: CellArithmetic = {weight: data.weights[layer]![index]!};
  const {projections} = data;
  if (projections?.layer === layer) {
    const {q, k, width} = projections;
    const [fromQuery, fromKey] = [(head * size + query) * width, (head * size + key) * width];
    let product = 0;
    for (let i = 0; i < width; i++) product += q[fromQuery + i]! * k[fromKey + i]!;
    return {...arithmetic, product, width, score: product / Math.sqrt(width)};
  }
  return {...arithmetic, score: data.scores[layer]?.[index]};
}
