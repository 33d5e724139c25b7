/** What `<feed-forward>` shows: the vectors before, inside and after a feed-forward layer. */
import {ACTIVATIONS} from '../../math/activations.js';
import type {LiveModel} from '../../state/live-model.js';
import {tokenLabels} from '../../tokenizers/token-label.js';
import {nearestIndex} from '../../ui/base/chosen-index.js';

export interface FeedForwardData {
  tokens: readonly string[];
  /** C, and the number of units: 4C in a GPT. */
  width: number;
  units: number;
  /** What enters, `[T, C]`. */
  x: ArrayLike<number>;
  /** x · W_fc + b, `[T, units]`, and GELU of it. */
  pre: ArrayLike<number>;
  hidden: Float32Array;
  /** What is added to the stream, `[T, C]`. */
  out: ArrayLike<number>;
  layers: number;
  /** Counted from 0. */
  layer: number;
  step?: number;
}

/** A small layer as a page hands it over. Weights are `[in][out]`, as GPT-2 has them. */
export interface FeedForwardInput {
  /** `[T][C]` */
  x: readonly (readonly number[])[];
  /** `[C][units]` */
  fc: readonly (readonly number[])[];
  /** `[units][C]` */
  proj: readonly (readonly number[])[];
  /** Default: zeros. */
  fcBias?: readonly number[];
  projBias?: readonly number[];
}

const gelu = (values: ArrayLike<number>): Float32Array => Float32Array.from(values, ACTIVATIONS.gelu.value);

/** x · W + b, for each row of x. */
const linear = (
  x: readonly (readonly number[])[],
  weight: readonly (readonly number[])[],
  bias: readonly number[] = [],
): number[][] =>
  x.map((row) =>
    weight[0]!.map((_, j) => row.reduce((sum, value, i) => sum + value * weight[i]![j]!, bias[j] ?? 0)),
  );

/** Computes a given layer. @throws {RangeError} where shapes do not fit, with a sentence for the reader */
export function layerFrom(
  {x, fc, proj, fcBias, projBias}: FeedForwardInput,
  tokens: readonly string[],
): FeedForwardData {
  const [width, units] = [x[0]?.length ?? 0, fc[0]?.length ?? 0];
  if (!width || x.length !== tokens.length)
    throw new RangeError(
      `There are ${tokens.length} tokens and ${x.length} rows in “x”: give one row of numbers for each token.`,
    );
  const fits = (matrix: readonly (readonly number[])[], rows: number, columns: number): boolean =>
    matrix.length === rows && matrix.every((row) => row.length === columns);
  if (!units || !fits(x, tokens.length, width) || !fits(fc, width, units) || !fits(proj, units, width))
    throw new RangeError(
      `With ${width} numbers a token, “fc” must have ${width} rows and “proj” ${width} columns, and “proj” as many rows as “fc” has columns.`,
    );
  const pre = linear(x, fc, fcBias);
  const hidden = gelu(pre.flat());
  const rows = pre.map((_, t) => Array.from(hidden.subarray(t * units, (t + 1) * units)));
  const out = linear(rows, proj, projBias);
  return {tokens, width, units, x: x.flat(), pre: pre.flat(), hidden, out: out.flat(), layers: 1, layer: 0};
}

/** @param layer Counted from 0; the last one if there are not so many. */
export async function readFeedForward(
  model: LiveModel,
  ids: readonly number[],
  layer: number,
  signal: AbortSignal,
): Promise<FeedForwardData> {
  const {nLayers, embDim} = (await model.ready).config;
  const shown = nearestIndex(layer, nLayers);
  const at = `h.${shown}`;
  const want = [`${at}.ln_2`, `${at}.mlp.pre`, `${at}.mlp.out`];
  const trace = await model.trace({ids, want, signal});
  const [x, pre, out] = want.map((name) => trace[name]!.data) as [Float32Array, Float32Array, Float32Array];
  return {
    tokens: tokenLabels(model.tokenizer!, ids),
    width: embDim,
    units: 4 * embDim,
    x,
    pre,
    hidden: gelu(pre),
    out,
    layers: nLayers,
    layer: shown,
    step: model.step,
  };
}
