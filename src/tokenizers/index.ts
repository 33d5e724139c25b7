/** Tokenizers: text ↔ token ids. No DOM, no tfjs; works in a worker. */
export * from './bpe/index.js';
export {CharTokenizer} from './char.js';
export {type EncodeInSlicesOptions, encodeInSlices} from './encode-slices.js';
export {loadTokenizer} from './load.js';
export {streamDecoder} from './stream.js';
export {loadTiktoken, TiktokenTokenizer} from './tiktoken.js';
export {
  type EncodeOptions,
  TextError,
  type TiktokenEncoding,
  type Tokenizer,
  type TokenizerChoice,
  type TokenizerSpec,
  TokenizerSpecError,
} from './tokenizer.js';
export {UnknownTokenError} from './unknown-token.js';
export {visibleWhitespace} from './visible.js';
export {WordTokenizer} from './word.js';
export {readTokenizerJson, toWordLevelJson} from './word-level-files.js';
