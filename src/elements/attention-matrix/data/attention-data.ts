/** Attention weights as this element draws them. */

/** `[T, T]`, `[H, T, T]` or `[L, H, T, T]`. */
export type NestedWeights = ArrayLike<number>[] | NestedWeights[];
/** Nested arrays; `[T, T]` or `[H, T, T]` row by row in one typed array; or one such array per layer. */
export type WeightsInput = Float32Array | Float32Array[] | NestedWeights;

export interface AttentionData {
  /** T labels. */
  tokens: readonly string[];
  heads: number;
  /** One `[H, T, T]` per layer; undefined for a layer that was not read. */
  weights: readonly (Float32Array | undefined)[];
  /** Scaled scores before the softmax, in the same layout. */
  scores: readonly (Float32Array | undefined)[];
  /** Whether all weights right of the diagonal are 0. */
  causal: boolean;
  /** Index of the first token that the model has written; undefined if it has written none. */
  written?: number;
  /** `[H, T, D]` of one layer, for the arithmetic of a cell. */
  projections?: {layer: number; width: number; q: Float32Array; k: Float32Array};
  /** The training step that this is from; undefined for given weights. */
  step?: number;
}

/** GPT-2's context length. Of a longer text the first tokens are drawn. */
export const MAX_TOKENS = 1024;

/** Returns the matrix of one head, `[T, T]`. */
export function headMatrix(all: Float32Array, head: number, size: number): Float32Array {
  return all.subarray(head * size * size, (head + 1) * size * size);
}

/** Whether two readings have the same heads on the same tokens. */
export const hasSameTokens = (a: AttentionData, b: AttentionData): boolean =>
  a.heads === b.heads &&
  a.tokens.length === b.tokens.length &&
  a.tokens.every((token, i) => token === b.tokens[i]);

/** How the weight of one cell is computed, as far as the data tells. */
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
