import {
  add,
  concat,
  gather,
  matMul,
  mean,
  mul,
  reshape,
  rsqrt,
  slice,
  square,
  sub,
  type Tensor,
  type Tensor2D,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core';
import {Capture} from './capture.js';
import {ConfigError, type GPTConfig, LAYER_NORM_EPSILON} from './config.js';
import {forward, TokensError} from './gpt.js';
import {rowsOf} from './packed-matrix.js';
import type {AttributionOptions, LogitAttribution, LogitTerm} from './readings.js';
import {singleSequence} from './tokens.js';
import type {Weights} from './weights.js';

/**
 * Returns how much each part of the model adds to the logits of some tokens: direct logit attribution (Elhage et al. 2021). The residual
 * stream is a sum of what embeddings, heads and feed-forward layers write into it, so with the scale of the final layer norm held fixed, a
 * logit is a sum too. The effect that a part has through later parts is counted as theirs.
 * @param getWeights returns the weights for one pass, inside a tidy
 * @param targets token ids
 * @throws {TokensError} where the sequence does not fit the model, or it has no such position or target
 * @throws {InterventionError} as `forward`
 * @throws {ConfigError} for a post-norm model
 */
export async function logitAttribution(
  getWeights: () => Weights,
  config: GPTConfig,
  ids: ArrayLike<number>,
  targets: readonly number[],
  {position = ids.length - 1, interventions}: AttributionOptions = {},
): Promise<LogitAttribution> {
  check(config, ids, targets, position);
  if (config.norm === 'post')
    throw new ConfigError(
      'The norms of this model stand after the sums, so a logit is no sum of what its parts write. Use a model with norm: “pre”.',
    );
  const places: Omit<LogitTerm, 'values'>[] = [];
  const trace = new Capture(/^embed\.|\.(attn\.context|mlp\.out|resid_post)$/);
  const compute = () => {
    const weights = getWeights();
    const scores = forward(weights, config, singleSequence(ids), {trace, interventions}); // [1, T, V]
    const logits = gather(reshape(slice(scores, [0, position, 0], [1, 1, -1]), [-1]), indices(targets));
    const written: Tensor[] = []; // [1, C] each
    for (const {value, ...place} of writers(trace, weights, config, position)) {
      places.push(place);
      written.push(value);
    }
    // #region logit-attribution
    const parts = concat(written, 0) as Tensor2D; // [parts, C]: what each part writes into the stream
    const stream = rowOf(trace.get(`h.${config.nLayers - 1}.resid_post`), position); // [1, C]: their sum
    const variance = mean(square(sub(stream, mean(stream))));
    const scale = rsqrt(add(variance, LAYER_NORM_EPSILON)); // of the final layer norm, held fixed
    const centered = mul(sub(parts, mean(parts, 1, true)), scale); // [parts, C]
    const normalized = mul(centered, weights('ln_f.weight')); // [parts, C]
    const all = concat([normalized, reshape(weights('ln_f.bias'), [1, -1])], 0) as Tensor2D; // [parts + 1, C]
    const rows = rowsOf(weights, config.tieWeights ? 'wte.weight' : 'lm_head.weight', targets); // [targets, C]
    const terms = matMul(rows, all, false, true); // [targets, parts + 1]: their sums are the logits
    // #endregion
    return {logits, terms};
  };
  const result = trace.during(() => tidy(compute));
  places.push({at: 'ln_f.bias'});
  const [logits, terms] = await Promise.all([result.logits.data(), result.terms.data()]);
  result.logits.dispose();
  result.terms.dispose();
  return {
    logits: [...logits],
    terms: places.map((place, i) => ({
      ...place,
      values: targets.map((_, target) => terms[target * places.length + i]!),
    })),
  };
}

/** Yields what each part writes into the stream of one token, [1, C]. */
function* writers(
  trace: Capture,
  weights: Weights,
  {nLayers, nHeads, embDim: C}: GPTConfig,
  position: number,
): Generator<{at: string; head?: number; value: Tensor}> {
  const D = C / nHeads;
  const row = (name: string) => rowOf(trace.get(name), position);
  for (const at of ['embed.token', 'embed.position']) yield {at, value: row(at)};
  for (let n = 0; n < nLayers; n++) {
    const at = `h.${n}.attn.context`;
    const context = row(at); // the heads side by side
    const projection = weights(`h.${n}.attn.c_proj.weight`); // [C, C]: D rows for each head
    for (let head = 0; head < nHeads; head++) {
      const own = slice(context, [0, head * D], [1, D]);
      const value = matMul(own as Tensor2D, slice(projection, [head * D, 0], [D, C]) as Tensor2D);
      yield {at, head, value};
    }
    const bias = `h.${n}.attn.c_proj.bias`;
    yield {at: bias, value: reshape(weights(bias), [1, C])};
    yield {at: `h.${n}.mlp.out`, value: row(`h.${n}.mlp.out`)};
  }
}

/** Returns one token's row of [T, C] or [1, T, C]: [1, C]. */
function rowOf(x: Tensor, position: number): Tensor {
  const C = x.shape.at(-1)!;
  return slice(reshape(x, [-1, C]), [position, 0], [1, C]);
}

const indices = (ids: readonly number[]) => tensor1d([...ids], 'int32');

function check(
  {vocabSize}: GPTConfig,
  ids: ArrayLike<number>,
  targets: readonly number[],
  position: number,
): void {
  if (!(Number.isInteger(position) && position >= 0 && position < ids.length))
    throw new TokensError(`There is no position ${position} in a text of ${ids.length} tokens.`);
  const unknown = targets.find((id) => !(Number.isInteger(id) && id >= 0 && id < vocabSize));
  if (unknown !== undefined)
    throw new TokensError(`There is no token ${unknown}: ids run from 0 to ${vocabSize - 1}.`);
}
