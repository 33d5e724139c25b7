/** From a corpus and a tokenizer to what training needs: two token sequences, their windows, and the facts about them. */
import type {Tokenizer} from '../tokenizers/tokenizer.js';
import type {Corpus, CorpusFacts} from './corpus.js';
import {checkLongEnough, slidingWindows, splitTokens} from './windows.js';

export interface PrepareOptions {
  /** T: tokens a window. */
  contextLength: number;
  /** Tokens from one window's start to the next. Default: contextLength. */
  stride?: number;
  /** Share of the tokens that is trained on. Default: 0.9. */
  trainShare?: number;
}

export interface PreparedCorpus {
  train: Int32Array;
  validation: Int32Array;
  /** Where the windows begin in `train` and in `validation`. */
  trainStarts: Uint32Array;
  validationStarts: Uint32Array;
  facts: CorpusFacts;
}

export const DEFAULT_TRAIN_SHARE = 0.9;
const EXCERPT_CHARACTERS = 300;

/**
 * @throws {CorpusError} `too-short` where a part does not hold one window.
 * @throws {UnknownTokenError} where the tokenizer cannot write the corpus.
 */
export function prepareCorpus(corpus: Corpus, tokenizer: Tokenizer, options: PrepareOptions): PreparedCorpus {
  const tokens = Int32Array.from(tokenizer.encode(corpus.text));
  // Words do not give the text back, so its entropy is no floor of theirs.
  const source = tokenizer.spec.kind === 'word' ? {...corpus, entropyPerCharacter: undefined} : corpus;
  return prepareTokens(source, tokens, options);
}

/**
 * The same where the text has been encoded already.
 * @throws {CorpusError} `too-short` where a part does not hold one window.
 */
export function prepareTokens(
  corpus: Corpus,
  tokens: Int32Array,
  {contextLength, stride = contextLength, trainShare = DEFAULT_TRAIN_SHARE}: PrepareOptions,
): PreparedCorpus {
  const {train, validation} = splitTokens(tokens, trainShare);
  checkLongEnough(tokens.length, contextLength, trainShare);
  const trainStarts = slidingWindows(train.length, contextLength, stride);
  const validationStarts = slidingWindows(validation.length, contextLength, stride);
  const characters = countCharacters(corpus.text);
  const facts: CorpusFacts = {
    name: corpus.name,
    characters,
    tokens: tokens.length,
    trainTokens: train.length,
    validationTokens: validation.length,
    trainWindows: trainStarts.length,
    validationWindows: validationStarts.length,
    excerpt: excerptOf(corpus.text),
  };
  if (corpus.entropyPerCharacter !== undefined)
    facts.floor = floorPerToken(corpus.entropyPerCharacter, characters, tokens.length);
  return {train, validation, trainStarts, validationStarts, facts};
}

/** Returns a corpus that a model cannot read: the facts of its text, and no tokens. */
export function withoutTokens({name, text}: Corpus): PreparedCorpus {
  const counts = {tokens: 0, trainTokens: 0, validationTokens: 0, trainWindows: 0, validationWindows: 0};
  return {
    train: new Int32Array(),
    validation: new Int32Array(),
    trainStarts: new Uint32Array(),
    validationStarts: new Uint32Array(),
    facts: {name, characters: countCharacters(text), ...counts, excerpt: excerptOf(text)},
  };
}

/**
 * The floor of the loss in nats per token: the corpus's entropy spread over its tokens.
 *
 * It holds for every tokenizer that gives each text one id sequence from which the text comes back: such a sequence carries exactly
 * the text's information, neither more nor less. Exact for characters (tokens = characters); for others the
 * ratio of characters to tokens is measured on this very text instead of expected over all texts, so the floor is as exact as
 * that ratio (a fraction of a percent for a few thousand stories). A model may also give probability to id sequences that the tokenizer never
 * writes; that can only raise its loss.
 */
export function floorPerToken(entropyPerCharacter: number, characters: number, tokens: number): number {
  return (entropyPerCharacter * characters) / tokens;
}

const excerptOf = (text: string): string =>
  Array.from(text.slice(0, 2 * EXCERPT_CHARACTERS))
    .slice(0, EXCERPT_CHARACTERS)
    .join('');

/** Code points, as the character tokenizer counts. */
export function countCharacters(text: string): number {
  let n = 0;
  for (let i = 0; i < text.length; n++) i += text.codePointAt(i)! > 0xffff ? 2 : 1;
  return n;
}
