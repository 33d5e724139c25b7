/** Checks the weights given by the page, in small steps. */
import {
  type AttentionData,
  headMatrix,
  MAX_TOKENS,
  type NestedWeights,
  type WeightsInput,
} from './attention-data.js';
import type {HeadChoice} from './choice.js';

export interface ReadOptions {
  /** Scaled scores before the softmax, of the same shape. */
  scores?: WeightsInput;
  /** The head to read first. */
  first?: HeadChoice;
}

/**
 * Reads and checks weights given by the page.
 * @returns steps; two of them have data: when the first head is read (layers may be missing), and at the end
 * @throws {Error} with a sentence for the reader, if the numbers are no attention weights
 */
export function* readWeights(
  weights: WeightsInput,
  tokens: readonly string[] = [],
  {scores, first = {layer: 0, head: 0}}: ReadOptions = {},
): Generator<AttentionData | undefined, void> {
  const {size, heads, layers} = shapeOf(weights, tokens.length, 'weights');
  if (tokens.length && tokens.length !== size)
    throw new Error(
      `There are ${tokens.length} tokens, but “weights” is a matrix of ${size} × ${size}: give one token for each row.`,
    );
  const before = scores && shapeOf(scores, size, 'scores');
  if (before && (before.size !== size || before.heads !== heads || before.layers.length !== layers.length))
    throw new Error('“scores” must have the same shape as “weights”.');

  const shown = Math.min(size, MAX_TOKENS);
  const labels = tokens.length ? tokens : Array.from({length: size}, (_, i) => `${i + 1}`);
  const layer = Math.min(Math.max(0, first.layer), layers.length - 1);
  const head = Math.min(Math.max(0, first.head), heads - 1);
  const read = layers.map((source) => withoutCopy(source, size, shown));
  read[layer] ??= yield* flatten(layers[layer]!, size, shown);
  const early: AttentionData = {
    tokens: labels.slice(0, shown),
    heads,
    weights: [...read],
    scores: before?.layers.map((source) => withoutCopy(source, size, shown)) ?? [],
    causal: yield* check(headMatrix(read[layer], head, shown), shown),
  };
  yield early;

  let {causal} = early;
  for (const [n, source] of layers.entries()) {
    const all = (read[n] ??= yield* flatten(source, size, shown));
    for (let h = 0; h < heads; h++)
      if (n !== layer || h !== head) causal = (yield* check(headMatrix(all, h, shown), shown)) && causal;
  }
  const readScores: Float32Array[] = [];
  for (const source of before?.layers ?? [])
    readScores.push(withoutCopy(source, size, shown) ?? (yield* flatten(source, size, shown)));
  const isComplete = [...early.weights, ...early.scores].every((one) => one !== undefined);
  // The same object if nothing was added, so that nothing is drawn again.
  yield isComplete && causal === early.causal ? early : {...early, weights: read, scores: readScores, causal};
}

/** A layer as given: `[H, T, T]` in one array, or nested. */
type Layer = Float32Array | ArrayLike<number>[][];

interface Shape {
  size: number;
  heads: number;
  layers: readonly Layer[];
}

function shapeOf(input: WeightsInput, tokens: number, name: string): Shape {
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
  return {size, heads, layers};
}

/** Whether the arrays are too long to be rows: each is `[H, T, T]` of a layer. */
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

/** Returns a layer that needs no copy; undefined if it does. */
const withoutCopy = (layer: Layer, size: number, shown: number): Float32Array | undefined =>
  layer instanceof Float32Array && shown === size ? layer : undefined;

/** Copies the upper left `shown` × `shown` of each head, row by row, into one array. */
function* flatten(layer: Layer, size: number, shown: number): Generator<undefined, Float32Array> {
  const heads = layer instanceof Float32Array ? layer.length / size ** 2 : layer.length;
  const flat = new Float32Array(heads * shown ** 2);
  for (let head = 0; head < heads; head++)
    for (let row = 0; row < shown; row++) {
      const start = (head * size + row) * size;
      const source =
        layer instanceof Float32Array ? layer.subarray(start, start + shown) : layer[head]![row]!;
      flat.set(
        source.length > shown ? Array.from(source).slice(0, shown) : source,
        (head * shown + row) * shown,
      );
      yield;
    }
  return flat;
}

/**
 * @returns whether all weights right of the diagonal are 0
 * @throws {Error} if a number is not between 0 and 1
 */
function* check(matrix: Float32Array, size: number): Generator<undefined, boolean> {
  let causal = true;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const weight = matrix[row * size + column]!;
      if (!(weight >= 0 && weight <= 1 + 1e-4))
        throw new Error(
          `“weights” holds ${weight}, but attention weights lie between 0 and 1. Scores before the softmax go into “scores”.`,
        );
      if (column > row && weight !== 0) causal = false;
    }
    yield;
  }
  return causal;
}
