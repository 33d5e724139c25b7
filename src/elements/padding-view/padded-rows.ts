/** Messages of different lengths as a batch, and what a head would read at each position behind their end. */

import {cosine} from '../../math/neighbors.js';
import type {NamedClassifier} from '../../state/classifier-of.js';
import type {LiveModel} from '../../state/live-model.js';
import {tokenLabel, tokenLabels} from '../../tokenizers/token-label.js';
import {recordedReadings} from './recorded.js';

/** Messages that are shown at first, and at most: the model reads each at every position. */
export const FIRST_ROWS = 8;
export const MOST_ROWS = 64;

export interface PaddedRow {
  /** n tokens, cut to the context. */
  tokens: string[];
  /** How many tokens the context cut. */
  cut: number;
  /** [context]: what the head finds at each position of the message and of the padding behind it. */
  readings: Reading[];
}

export interface Reading {
  /** How like the vector is to that of the last token (cosine). */
  similarity?: number;
  /** [K]: the classifier's probabilities, where there is one. */
  probs?: number[];
}

export interface PaddedData {
  rows: PaddedRow[];
  /** Messages that were given. */
  messages: number;
  /** The longest row that the model reads. */
  context: number;
  /** The token that fills rows up. */
  padding: string;
  /** Whether that is the end of a text; a vocabulary without one pads with its first token. */
  hasEnd: boolean;
  /** Names of the classes, where there is a classifier. */
  classes?: readonly string[];
  /** The largest difference between probabilities, read at the last token, without padding and padded to the context. */
  drift?: number;
  /** The training steps of a classifier that was recorded: the reader has none yet. */
  recordedSteps?: number;
}

export interface PaddedQuestion {
  /** Messages, one a line. */
  text: string;
  /** So many of them are read. */
  most: number;
  classifier: NamedClassifier | undefined;
}

/**
 * Reads the vector behind the last norm, or the classifier's probabilities, at each position of messages that are padded to the context.
 * Attention is causal: a position's reading does not depend on how much padding follows.
 * @throws {EngineError} as `LiveModel.trace` and `LiveModel.classify`
 */
export async function readPadded(
  model: LiveModel,
  {text, most, classifier}: PaddedQuestion,
  signal: AbortSignal,
): Promise<PaddedData> {
  const {contextLength: context} = (await model.ready).config;
  const tokenizer = model.tokenizer!;
  const endId = tokenizer.specialTokens.get('<|endoftext|>');
  const padId = endId ?? 0; // as in the engine
  const messages = text.split('\n').filter((line) => line.trim());
  const encoded = messages.slice(0, most).map((message) => model.encode(message));
  const rows = encoded.map(
    (ids): PaddedRow => ({
      tokens: tokenLabels(tokenizer, ids.slice(0, context)),
      cut: Math.max(0, ids.length - context),
      readings: [],
    }),
  );
  const data: PaddedData = {
    rows,
    messages: messages.length,
    context,
    padding: tokenLabel(tokenizer, padId),
    hasEnd: endId !== undefined,
  };
  const recorded = classifier ? undefined : await recordedReadings(text, model);
  if (recorded) {
    const {classes, steps, drift, probs} = recorded;
    for (const [r, row] of rows.entries()) row.readings = probs[r]!.map((p) => ({probs: [1 - p, p]}));
    return {...data, classes, drift, recordedSteps: steps};
  }
  const padded = (ids: readonly number[], length: number): number[] =>
    Array.from({length}, (_, i) => ids[i] ?? padId);
  for (const [r, all] of encoded.entries()) {
    const length = Math.min(all.length, context);
    if (classifier) {
      const ids = Array.from({length: context}, (_, t) => padded(all, t + 1));
      const probs = await classifier.model.classify({ids, signal});
      rows[r]!.readings = probs.map((row) => ({probs: row}));
    } else rows[r]!.readings = await similarities(model, padded(all, context), length, signal);
  }
  if (!classifier) return data;
  return {
    ...data,
    classes: classifier.classes,
    drift: await driftOf(classifier.model, encoded, context, signal),
  };
}

/** Returns how like each vector behind the last norm is to that of the last token. @returns [T] */
async function similarities(
  model: LiveModel,
  ids: number[],
  length: number,
  signal: AbortSignal,
): Promise<Reading[]> {
  const {ln_f} = await model.trace({ids, want: ['ln_f'], signal});
  const [T, C] = ln_f!.shape as [number, number];
  const vector = (t: number) => ln_f!.data.subarray(t * C, (t + 1) * C);
  const last = vector(length - 1);
  return Array.from({length: T}, (_, t) => ({similarity: cosine(last, vector(t))}));
}

async function driftOf(
  classifier: LiveModel,
  rows: readonly (readonly number[])[],
  context: number,
  signal: AbortSignal,
): Promise<number> {
  const readAt = 'last-token' as const;
  const padded = await classifier.classify({ids: rows, readAt, length: context, signal});
  const alone = await Promise.all(
    rows.map(async (ids) => (await classifier.classify({ids: [ids], readAt, signal}))[0]!),
  );
  return Math.max(...padded.map((row, r) => Math.max(...row.map((p, k) => Math.abs(p - alone[r]![k]!)))));
}

/** What the head finds at each position of each message, as a table: a similarity, or the probability of each class. */
export function* readingRows({rows, classes}: PaddedData): Iterable<(string | number)[]> {
  yield ['message', 'position', ...(classes ?? ['similarity'])];
  for (const [r, {readings}] of rows.entries())
    for (const [t, {probs, similarity}] of readings.entries())
      yield [r + 1, t + 1, ...(probs ?? [similarity!])];
}
