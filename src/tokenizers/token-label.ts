import type {Tokenizer} from './tokenizer.js';

/** Returns a token as text, or its id: a model may have more rows than its tokenizer has tokens. */
export const tokenLabel = (tokenizer: Pick<Tokenizer, 'vocabSize' | 'token'>, id: number): string =>
  id < tokenizer.vocabSize ? tokenizer.token(id) : `${id}`;
