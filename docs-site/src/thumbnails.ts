/** Rows of tokens for the thumbnails of elements without a recorded picture, or with a large one: made when the site is built. */
import {loadTokenizer, visibleWhitespace} from '../../src/tokenizers/index.js';
import {about, corpus, fixed, followers, model, parameters, training} from './facts';

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
  'bpe-tokenizer': [row(byGpt2("The unbelievable tokenizer doesn't know words. 12345 + 678 = ?"))],
  'tokenizer-compare': [row([...TEXT], 'char'), row(TEXT.split(/(?= )/), 'word'), row(byGpt2(TEXT), 'gpt2')],
  'special-tokens': [row(byGpt2('Mia ran home.<|endoftext|>Tom fed the cow.'))],
  'vocabulary-table': Array.from({length: 5}, (_, i) => row([gpt2.token(262 + i)], String(262 + i))),
  'token-embedding': byGpt2('A red kite').map((token) => row([token], String(gpt2.encode(token)[0]))),
  'batch-inspector': [0, 1, 2, 3].map((at) => row([...corpus.text.slice(8 * at, 8 * at + 10)], `${at + 1}`)),
  'self-attention-steps': [row(['Mia', ' held', ' her', ' red', ' kite'])],
  'text-generator': followers('small', 4).map(({word, count}) => row([word], String(count))),
  'embedding-map': [row(['she', 'he']), row(['ball', 'kite', 'doll']), row(['red', 'small'])],
  'position-embedding': ['Mia', ' had', ' a', ' kite'].map((token, at) => row([token], String(at))),
  'gpt-trainer': [
    row([corpus.tales[0]!.slice(0, 30)]),
    row([`${training.steps.toLocaleString('en')} steps`, `${training.batchSize} windows each`]),
  ],
  'loss-chart': [
    row([`${fixed(corpus.atFirst)} nats`], 'guess'),
    row([`${fixed(corpus.floor)} nats`], 'floor'),
  ],
  'gpt-model': [
    row([`${model.nLayers} layers`, `${model.nHeads} heads`]),
    row([`${about(parameters)} parameters`]),
    row([`${corpus.vocabSize} characters`]),
  ],
};
