/** Rows of tokens for the thumbnails of elements without a recorded picture, or with a large one: made when the site is built. */
import {loadTokenizer, visibleWhitespace} from '../../src/tokenizers/index.js';
import {about, corpus, model, parameters, training} from './facts';

export interface TokenRow {
  label?: string;
  tokens: string[];
}

const gpt2 = await loadTokenizer('gpt2');
const visible = (text: string): string => [...text].map(visibleWhitespace).join('');
const row = (tokens: string[], label?: string): TokenRow => ({label, tokens: tokens.map(visible)});
const byGpt2 = (text: string): string[] =>
  gpt2.encode(text, {allowedSpecial: 'all'}).map((id) => gpt2.token(id));

/** By tag. */
export const TOKEN_ROWS: Readonly<Record<string, TokenRow[]>> = {
  'token-embedding': byGpt2('A red kite').map((token) => row([token], String(gpt2.encode(token)[0]))),
  'batch-inspector': [0, 1, 2, 3].map((at) => row([...corpus.text.slice(8 * at, 8 * at + 10)], `${at + 1}`)),
  'self-attention-steps': [row(['Mia', ' held', ' her', ' red', ' kite'])],
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
