/** Token rows for the thumbnails of elements that have no recorded picture: tokenized when the site is built. */
import {loadTokenizer, visibleWhitespace} from '../../src/tokenizers/index.js';
import {about, corpus, model, parameters} from './facts';

export interface TokenRow {
  label?: string;
  tokens: string[];
}

const gpt2 = await loadTokenizer('gpt2');
const visible = (text: string): string => [...text].map(visibleWhitespace).join('');
const row = (tokens: string[], label?: string): TokenRow => ({label, tokens: tokens.map(visible)});
const byGpt2 = (text: string): string[] =>
  gpt2.encode(text, {allowedSpecial: 'all'}).map((id) => gpt2.token(id));

const TEXT = 'The unbelievable kite';

/** By tag. */
export const TOKEN_ROWS: Readonly<Record<string, TokenRow[]>> = {
  'bpe-tokenizer': [row(byGpt2('The unbelievable tokenizer doesn’t know words. 12345 + 678 = ?'))],
  'tokenizer-compare': [row([...TEXT], 'char'), row(TEXT.split(/(?= )/), 'word'), row(byGpt2(TEXT), 'gpt2')],
  'special-tokens': [row(byGpt2('Mia ran home.<|endoftext|>Tom fed the cow.'))],
  'vocabulary-table': Array.from({length: 5}, (_, i) => row([gpt2.token(262 + i)], String(262 + i))),
  'gpt-model': [
    row([`${model.nLayers} layers`, `${model.nHeads} heads`]),
    row([`${about(parameters)} parameters`]),
    row([`${corpus.vocabSize} characters`]),
  ],
};
