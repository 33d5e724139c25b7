/** What `<layer-norm>` shows: the vectors that enter each norm of a model, and what each norm has learned. */
import {argMax} from '../../math/largest.js';
import {layerNormSteps, standardDeviation} from '../../math/layer-norm.js';
import type {LiveModel} from '../../state/live-model.js';
import {tokenLabel} from '../../tokenizers/token-label.js';

/** One layer norm of the model. */
export interface NormPlace {
  /** Its GPT-2 name: `h.0.ln_1`, `ln_f`. */
  at: string;
  /** Where it stands, in words: “block 1, before attention”. */
  name: string;
  /** The vectors that enter, `[T][C]`. */
  x: readonly ArrayLike<number>[];
  /** Where all norms are left out: the vectors that enter in the model as it is. */
  usual?: readonly ArrayLike<number>[];
  /** `[C]`: the learned scale and shift. */
  gamma: ArrayLike<number>;
  beta: ArrayLike<number>;
}

/** What becomes of the prediction. */
export interface Outcome {
  /** Mean cross-entropy of the text, in nats per token; absent for a text of one token. */
  loss?: number;
  /** The likeliest token after the text. */
  next: string;
  probability: number;
}

export interface LayerNormData {
  tokens: readonly string[];
  width: number;
  norms: readonly NormPlace[];
  /** With all norms left out: the model as it is, and without them. */
  outcomes?: {with: Outcome; without: Outcome};
  step?: number;
}

/** A layer norm's input as a page hands it over. */
export interface NormInput {
  /** `[T][C]` */
  x: readonly (readonly number[])[];
  /** `[C]`. Default: ones. */
  gamma?: readonly number[];
  /** `[C]`. Default: zeros. */
  beta?: readonly number[];
}

/** @throws {RangeError} where the shapes do not fit, with a sentence for the reader */
export function normFrom({x, gamma, beta}: NormInput, tokens: readonly string[]): LayerNormData {
  const width = x[0]?.length ?? 0;
  if (!width || x.some((row) => row.length !== width))
    throw new RangeError('“x” must have a row of numbers for each token, and all rows must be equally long.');
  if (x.length !== tokens.length)
    throw new RangeError(
      `There are ${tokens.length} tokens and ${x.length} rows in “x”: give one row for each token.`,
    );
  for (const [name, vector] of Object.entries({gamma, beta}))
    if (vector && vector.length !== width)
      throw new RangeError(
        `“${name}” must have ${width} numbers, as each row of “x” has; it has ${vector.length}.`,
      );
  const constant = (value: number): number[] => Array.from({length: width}, () => value);
  const norm = {at: 'ln', name: 'layer norm', x, gamma: gamma ?? constant(1), beta: beta ?? constant(0)};
  return {tokens, width, norms: [norm]};
}

/** Every norm of a model with the place in the stream that it reads. */
function placesOf(nLayers: number): {at: string; reads: string; name: string}[] {
  const blocks = Array.from({length: nLayers}, (_, n) => [
    {at: `h.${n}.ln_1`, reads: `h.${n}.resid_pre`, name: `block ${n + 1}, before attention`},
    {at: `h.${n}.ln_2`, reads: `h.${n}.resid_mid`, name: `block ${n + 1}, before feed-forward`},
  ]);
  return [...blocks.flat(), {at: 'ln_f', reads: `h.${nLayers - 1}.resid_post`, name: 'after all blocks'}];
}

const LEFT_OUT = [
  {at: 'h.*.ln_1', change: 'skip'},
  {at: 'h.*.ln_2', change: 'skip'},
  {at: 'ln_f', change: 'skip'},
] as const;

/** Reads what enters each norm. @param leftOut The model runs without any of its norms. */
export async function readNorms(
  model: LiveModel,
  ids: readonly number[],
  leftOut: boolean,
  signal: AbortSignal,
): Promise<LayerNormData> {
  const {config} = await model.ready;
  const {embDim: width, nLayers} = config;
  const places = placesOf(nLayers);
  const streams = places.map(({reads}) => reads);
  const compared = {ids, want: [...streams, 'probs'], signal};
  const [trace, usual, weights] = await Promise.all([
    leftOut
      ? model.trace({...compared, options: {interventions: LEFT_OUT}})
      : model.trace({ids, want: streams, signal}),
    leftOut ? model.trace(compared) : undefined,
    model.weights(places.flatMap(({at}) => [`${at}.weight`, `${at}.bias`])),
  ]);
  const rows = (data: ArrayLike<number>): Float32Array[] =>
    ids.map((_, t) => Float32Array.from({length: width}, (_, c) => data[t * width + c]!));
  return {
    tokens: ids.map((id) => tokenLabel(model.tokenizer!, id)),
    width,
    norms: places.map(({at, reads, name}) => ({
      at,
      name,
      x: rows(trace[reads]!.data),
      usual: usual && rows(usual[reads]!.data),
      gamma: weights.get(`${at}.weight`)!.data,
      beta: weights.get(`${at}.bias`)!.data,
    })),
    outcomes: usual && {
      with: outcomeOf(model, ids, usual.probs!.data),
      without: outcomeOf(model, ids, trace.probs!.data),
    },
    step: model.step,
  };
}

/** @param probs [T, V] */
function outcomeOf(model: LiveModel, ids: readonly number[], probs: ArrayLike<number>): Outcome {
  const V = probs.length / ids.length;
  const last = Array.from({length: V}, (_, id) => probs[(ids.length - 1) * V + id]!);
  const best = argMax(last);
  const losses = ids.slice(1).map((id, t) => -Math.log(probs[t * V + id]!));
  return {
    loss: losses.length ? losses.reduce((sum, loss) => sum + loss, 0) / losses.length : undefined,
    next: tokenLabel(model.tokenizer!, best),
    probability: last[best]!,
  };
}

/** How far a token's numbers spread before a norm and after it, ahead of its learned scale: standard deviations. */
export function sizesAt({x, usual, gamma, beta}: NormPlace, token: number): {before: number; after: number} {
  const before = standardDeviation(x[token]!);
  if (usual) return {before, after: before};
  return {before, after: standardDeviation(layerNormSteps(x[token]!, gamma, beta).normalized)};
}
