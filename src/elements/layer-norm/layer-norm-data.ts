/** What `<layer-norm>` shows: the vectors that enter each norm of a model, and what each norm has learned. */
import {layerNormSteps} from '../../math/layer-norm.js';
import type {LiveModel} from '../../state/live-model.js';
import {tokenLabels} from '../../tokenizers/token-label.js';
import {type Outcome, readOutcome} from '../../ui/model/outcome.js';

/** One layer norm of the model. */
export interface NormPlace {
  /** Its GPT-2 name: `h.0.ln_1`, `ln_f`. */
  at: string;
  /** Where it stands, in words: “block 1, before attention”. */
  name: string;
  /** The part that reads what leaves it, in two short words: “block 1”, “attention”. */
  reader: readonly [string, string];
  /** The vectors that enter, `[T][C]`. */
  x: readonly ArrayLike<number>[];
  /** The vectors that would be read here if the model had no norms. Absent for a given norm. */
  without?: readonly ArrayLike<number>[];
  /** `[C]`: the learned scale and shift. */
  gamma: ArrayLike<number>;
  beta: ArrayLike<number>;
}

export interface LayerNormData {
  tokens: readonly string[];
  width: number;
  norms: readonly NormPlace[];
  /** The model as it is, and without any of its norms. Absent for a given norm. */
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
  const norm = {
    at: 'ln',
    name: 'layer norm',
    reader: ['', ''] as const,
    x,
    gamma: gamma ?? constant(1),
    beta: beta ?? constant(0),
  };
  return {tokens, width, norms: [norm]};
}

/** Every norm of a model with the place in the stream that it reads, and the part that reads it. */
function placesOf(nLayers: number): (Pick<NormPlace, 'at' | 'name' | 'reader'> & {reads: string})[] {
  const blocks = Array.from({length: nLayers}, (_, n) => {
    const block = `block ${n + 1}`;
    return [
      {
        at: `h.${n}.ln_1`,
        reads: `h.${n}.resid_pre`,
        name: `${block}, before attention`,
        reader: [block, 'attention'],
      },
      {
        at: `h.${n}.ln_2`,
        reads: `h.${n}.resid_mid`,
        name: `${block}, before the MLP`,
        reader: [block, 'MLP'],
      },
    ] as const;
  });
  const last = `h.${nLayers - 1}.resid_post`;
  return [
    ...blocks.flat(),
    {at: 'ln_f', reads: last, name: 'after all blocks', reader: ['output', 'scores']},
  ];
}

const LEFT_OUT = [
  {at: 'h.*.ln_1', change: 'skip'},
  {at: 'h.*.ln_2', change: 'skip'},
  {at: 'ln_f', change: 'skip'},
] as const;

/** How many of the likeliest next tokens are shown. */
const GUESSES = 3;

/** Reads what enters each norm, in the model as it is and without any of its norms. */
export async function readNorms(
  model: LiveModel,
  ids: readonly number[],
  signal: AbortSignal,
): Promise<LayerNormData> {
  const {embDim: width, nLayers} = (await model.ready).config;
  const places = placesOf(nLayers);
  const asked = {ids, want: places.map(({reads}) => reads), signal};
  const interventions = LEFT_OUT;
  const [usual, without, usualOutcome, otherOutcome, weights] = await Promise.all([
    model.trace(asked),
    model.trace({...asked, options: {interventions}}),
    readOutcome(model, ids, {count: GUESSES}, signal),
    readOutcome(model, ids, {count: GUESSES, interventions}, signal),
    model.weights(places.flatMap(({at}) => [`${at}.weight`, `${at}.bias`])),
  ]);
  const rows = (data: ArrayLike<number>): Float32Array[] =>
    ids.map((_, t) => Float32Array.from({length: width}, (_, c) => data[t * width + c]!));
  return {
    tokens: tokenLabels(model.tokenizer!, ids),
    width,
    norms: places.map(({reads, ...place}) => ({
      ...place,
      x: rows(usual[reads]!.data),
      without: rows(without[reads]!.data),
      gamma: weights.get(`${place.at}.weight`)!.data,
      beta: weights.get(`${place.at}.bias`)!.data,
    })),
    outcomes: {with: usualOutcome, without: otherOutcome},
    step: model.step,
  };
}

/**
 * Returns what the part behind each norm reads of a token, ahead of the norm's learned scale: in the model as it is, and without
 * any norm.
 */
export function readingsOf(
  {norms}: LayerNormData,
  token: number,
): {with: ArrayLike<number>[]; without: ArrayLike<number>[]} {
  return {
    with: norms.map(({x, gamma, beta}) => layerNormSteps(x[token]!, gamma, beta).normalized),
    without: norms.map(({x, without = x}) => without[token]!),
  };
}
