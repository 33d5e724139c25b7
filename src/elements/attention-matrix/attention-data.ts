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

/**
 * Weights handed over by the page, checked.
 * @throws {Error} with a sentence, where the numbers make no attention weights.
 */
export function fromProperties(
  weights: WeightsInput,
  tokens: readonly string[] = [],
  scores?: WeightsInput,
): AttentionData {
  const given = toLayers(weights, tokens.length, 'weights');
  const {size, heads} = given;
  if (tokens.length && tokens.length !== size)
    throw new Error(
      `There are ${tokens.length} tokens, but “weights” is a matrix of ${size} × ${size}: give one token for each row.`,
    );
  for (const layer of given.layers) refuseOtherThanShares(layer);
  const givenScores = scores && toLayers(scores, size, 'scores');
  if (
    givenScores &&
    (givenScores.size !== size ||
      givenScores.heads !== heads ||
      givenScores.layers.length !== given.layers.length)
  )
    throw new Error('“scores” must have the same shape as “weights”.');
  const labels = tokens.length ? tokens : Array.from({length: size}, (_, i) => `${i + 1}`);
  const shown = Math.min(size, MAX_TOKENS);
  return {
    tokens: labels.slice(0, shown),
    heads,
    weights: given.layers.map((layer) => crop(layer, size, shown)),
    scores: givenScores?.layers.map((layer) => crop(layer, size, shown)) ?? [],
    causal: given.layers.every((layer) => isCausal(layer, size)),
  };
}

function refuseOtherThanShares(weights: Float32Array): void {
  for (let i = 0; i < weights.length; i++)
    if (!(weights[i]! >= 0 && weights[i]! <= 1 + 1e-4))
      throw new Error(
        `“weights” holds ${weights[i]}, but attention weights lie between 0 and 1. Scores before the softmax go into “scores”.`,
      );
}

interface Layers {
  size: number;
  heads: number;
  layers: Float32Array[];
}

function toLayers(input: WeightsInput, tokens: number, name: string): Layers {
  if (input instanceof Float32Array || isLayerEach(input, tokens)) {
    const layers = input instanceof Float32Array ? [input] : input;
    const heads = layers[0]!.length / (tokens * tokens);
    const wrong = layers.find(
      ({length}) => !tokens || heads < 1 || length !== Math.floor(heads) * tokens ** 2,
    );
    if (wrong)
      throw new Error(
        `“${name}” holds ${wrong.length} numbers; with ${tokens} tokens it must be a multiple of ${tokens} × ${tokens}. ` +
          'Set “tokens” to one text for each row.',
      );
    return {size: tokens, heads, layers};
  }
  let nested = input as NestedWeights[];
  // Depth 2 is one head, depth 3 one layer of heads: both become depth 4.
  for (let depth = depthOf(nested); depth < 4; depth++) nested = [nested];
  const layers = nested as unknown as ArrayLike<number>[][][];
  const [heads, size] = [layers[0]?.length ?? 0, layers[0]?.[0]?.length ?? 0];
  const square = layers.every(
    (layer) =>
      layer.length === heads &&
      layer.every((head) => head.length === size && head.every((row) => row.length === size)),
  );
  if (!square || !size)
    throw new Error(
      `“${name}” must be square: as many numbers in each row as there are rows, the same for every head.`,
    );
  return {
    size,
    heads,
    layers: layers.map((layer) =>
      Float32Array.from(layer.flatMap((head) => head.flatMap((row) => Array.from(row)))),
    ),
  };
}

/** Typed arrays too long to be rows: `[H, T, T]` of a layer each. */
function isLayerEach(input: Float32Array[] | NestedWeights, tokens: number): input is Float32Array[] {
  return (
    tokens > 0 &&
    input.length > 0 &&
    (input as unknown[]).every((layer) => layer instanceof Float32Array && layer.length > tokens)
  );
}

function depthOf(input: unknown): number {
  return typeof input === 'object' && input !== null && 'length' in input
    ? 1 + depthOf((input as ArrayLike<unknown>)[0])
    : 0;
}

/** The upper left `shown` × `shown` of each head. */
function crop(layer: Float32Array, size: number, shown: number): Float32Array {
  if (shown === size) return layer;
  const heads = layer.length / size ** 2;
  const cropped = new Float32Array(heads * shown ** 2);
  for (let head = 0; head < heads; head++)
    for (let row = 0; row < shown; row++) {
      const start = (head * size + row) * size;
      cropped.set(layer.subarray(start, start + shown), (head * shown + row) * shown);
    }
  return cropped;
}

function isCausal(layer: Float32Array, size: number): boolean {
  for (let start = 0, row = 0; start < layer.length; start += size, row = (row + 1) % size)
    for (let column = row + 1; column < size; column++) if (layer[start + column] !== 0) return false;
  return true;
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
