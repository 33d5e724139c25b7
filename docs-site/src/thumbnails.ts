/** Rows of tokens for the thumbnails of elements without a recorded picture, or with a large one: made when the site is built. */
import {visibleWhitespace} from '../../src/tokenizers/index.js';
import {about, corpus, model, parameters, training} from './facts';

export interface TokenRow {
  label?: string;
  tokens: string[];
}

const visible = (text: string): string => [...text].map(visibleWhitespace).join('');
const row = (tokens: string[], label?: string): TokenRow => ({label, tokens: tokens.map(visible)});

/** By tag. */
export const TOKEN_ROWS: Readonly<Record<string, TokenRow[]>> = {
  'batch-inspector': [0, 1, 2, 3].map((at) => row([...corpus.text.slice(8 * at, 8 * at + 10)], `${at + 1}`)),
  'gpt-trainer': [
    row([corpus.tales[0]!.slice(0, 30)]),
    row([`${training.steps.toLocaleString('en')} steps`, `${training.batchSize} windows each`]),
  ],
  'gpt-model': [
    row([`${model.nLayers} layers`, `${model.nHeads} heads`]),
    row([`${about(parameters)} parameters`]),
    row([`${corpus.vocabSize} characters`]),
  ],
};
