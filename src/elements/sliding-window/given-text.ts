import type {Tokenizer, TokenizerChoice} from '../../tokenizers/tokenizer.js';

/** What a window slides over. */
export interface TokenText {
  tokens: Int32Array;
  tokenizer: Tokenizer;
  /** How the model is trained whose text this is. */
  asModel?: {contextLength: number; stride: number};
}

/**
 * Encodes a text that the page gives.
 * @throws {Error} with a sentence for the reader, e.g. for an unknown tokenizer
 */
export async function encodeGiven(text: string, choice: TokenizerChoice): Promise<TokenText> {
  const [{loadTokenizer}, {encodeAll}] = await Promise.all([
    import('../../tokenizers/load.js'),
    import('../../ui/model/encode-all.js'),
  ]);
  const tokenizer = await loadTokenizer(choice, text);
  return {tokens: await encodeAll(tokenizer, text), tokenizer};
}
