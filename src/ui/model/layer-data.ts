import {columns, concatenate, type Matrix, matMul, scaledAttention} from '../../math/attention.js';
import type {AttentionLayer, HeadValues} from './attention-layer.js';

/** An attention layer as a page hands it over: [T, C] in, [C, C] each for queries, keys, values and output. */
export interface LayerWeights {
  x: Matrix;
  wq: Matrix;
  wk: Matrix;
  wv: Matrix;
  /** Default: the identity, so that what comes out is the heads side by side. */
  wo?: Matrix;
  /** H; C must be divisible by it. Default 1. */
  heads?: number;
}

const identity = (size: number): number[][] =>
  Array.from({length: size}, (_, i) => Array.from({length: size}, (_, j) => (i === j ? 1 : 0)));

/**
 * Computes a whole layer from given weights: causal, scaled by 1/√D, without biases, as `src/model/attention.ts` does.
 * @throws {RangeError} where shapes do not fit, with a sentence that says which.
 */
export function layerFrom(
  {x, wq, wk, wv, wo, heads: H = 1}: LayerWeights,
  tokens: readonly string[],
): AttentionLayer {
  const C = x[0]?.length ?? 0;
  if (!C || x.length !== tokens.length)
    throw new RangeError(
      `x must have a row of numbers for each of the ${tokens.length} tokens; it has ${x.length} rows.`,
    );
  for (const [name, matrix] of Object.entries({wq, wk, wv, wo: wo ?? wq}))
    if (matrix.length !== C || matrix.some((row) => row.length !== C))
      throw new RangeError(
        `${name} must have ${C} rows of ${C} numbers each, as x has ${C} numbers a token.`,
      );
  if (!Number.isInteger(H) || H < 1 || C % H !== 0)
    throw new RangeError(`${C} numbers a token cannot be shared out among ${H} heads.`);
  const D = C / H;
  const heads = Array.from({length: H}, (_, h): HeadValues => {
    const own = (weights: Matrix): number[][] => columns(weights, h * D, (h + 1) * D); // [C, D]
    const [q, k, v] = [matMul(x, own(wq)), matMul(x, own(wk)), matMul(x, own(wv))]; // [T, D] each
    const {scores, weights} = scaledAttention(q, k, v, {causal: true});
    return {wq: own(wq), wk: own(wk), wv: own(wv), q, k, v, scores, weights};
  });
  const context = concatenate(heads.map(({q, k, v}) => scaledAttention(q, k, v, {causal: true}).context)); // [T, C]
  const weight = wo ?? identity(C);
  return {
    tokens,
    ids: [],
    layer: 0,
    layers: 1,
    width: C,
    heads,
    x,
    context,
    projection: {weight, bias: new Float32Array(C)},
    out: matMul(context, weight),
    step: 0,
  };
}
