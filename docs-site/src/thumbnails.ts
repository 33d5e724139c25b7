/** Rows of tokens for the thumbnails of elements without a recorded picture, or with a large one: made when the site is built. */
import {visibleWhitespace} from '../../src/tokenizers/index.js';
import {about, corpus, model, parameters} from './facts';

export interface TokenRow {
  label?: string;
  tokens: string[];
}

const visible = (text: string): string => [...text].map(visibleWhitespace).join('');
const row = (tokens: string[], label?: string): TokenRow => ({label, tokens: tokens.map(visible)});

/** By tag. */
export const TOKEN_ROWS: Readonly<Record<string, TokenRow[]>> = {
  'gpt-model': [
    row([`${model.nLayers} layers`, `${model.nHeads} heads`]),
    row([`${about(parameters)} parameters`]),
    row([`${corpus.vocabSize} characters`]),
  ],
  'weights-io': [row(['config.json']), row(['model.safetensors']), row(['tokenizer.json'])],
  'gpt2-loader': [
    row(['GPT-2', '12 layers', '12 heads']),
    row(['124 million parameters']),
    row(['50,257 tokens']),
  ],
  'data-splitter': [
    row(['ham', 'See you at noon.']),
    row(['spam', 'You won a cake!']),
    row(['70 % training', '10 %', '20 % test']),
  ],
  'padding-view': [
    row(['You', ' won', '!', '<|end|>', '<|end|>']),
    row(['See', ' you', ' at', ' noon', '.']),
  ],
  'classifier-trainer': [
    row(['You', ' have', ' won', ' a', ' prize', '!'], 'spam'),
    row(['See', ' you', ' at', ' noon', '.'], 'ham'),
  ],
};
