/** What the two heads make of a message's last vector: the model's own, which scores tokens, and the classifier's. */

import {softmax} from '../../math/attention.js';
import type {LiveModel} from '../../state/live-model.js';
import {tokenLabel, tokenLabels} from '../../tokenizers/token-label.js';

export interface HeadReading {
  tokens: string[];
  /** [C]: the last token's vector behind the last norm. */
  vector: number[];
  /** [K][C]: the classifier's head. */
  weights: number[][];
}

/** What the model wrote before its head was replaced. */
export interface NextTokens {
  /** V: rows of the head that was replaced. */
  vocabSize: number;
  /** The likeliest tokens after the message. */
  tokens: {token: string; p: number}[];
}

const MOST_TOKENS = 3;

/** @throws {EngineError} as `LiveModel.trace` and `LiveModel.weights` */
export async function readHead(model: LiveModel, text: string, signal?: AbortSignal): Promise<HeadReading> {
  const {contextLength, embDim: C} = (await model.ready).config;
  const ids = model.encode(text).slice(0, contextLength);
  const {ln_f} = await model.trace({ids, want: ['ln_f'], signal});
  const score = (await model.weights(['score.weight'])).get('score.weight')!;
  return {
    tokens: tokenLabels(model.tokenizer!, ids),
    vector: Array.from(ln_f!.data.slice(-C)),
    weights: Array.from({length: score.data.length / C}, (_, k) =>
      Array.from(score.data.slice(k * C, (k + 1) * C)),
    ),
  };
}

/** Reads a model that writes. @throws {EngineError} as `LiveModel.trace` */
export async function readNext(model: LiveModel, text: string, signal?: AbortSignal): Promise<NextTokens> {
  const {contextLength, vocabSize} = (await model.ready).config;
  const ids = model.encode(text).slice(0, contextLength);
  const {logits} = await model.trace({ids, want: ['logits'], signal});
  const probs = Array.from(softmax(logits!.data.slice(-vocabSize)));
  const best = [...probs.keys()].sort((a, b) => probs[b]! - probs[a]!).slice(0, MOST_TOKENS);
  return {vocabSize, tokens: best.map((id) => ({token: tokenLabel(model.tokenizer!, id), p: probs[id]!}))};
}
