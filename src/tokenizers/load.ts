/** From a choice to a tokenizer that is ready to use. */
import {shorten, show} from '../math/shorten.js';
import {BytePairTokenizer} from './bpe/tokenizer.js';
import {CharTokenizer} from './char.js';
import {loadTiktoken} from './tiktoken.js';
import type {Tokenizer, TokenizerChoice} from './tokenizer.js';
import {WordTokenizer} from './word.js';

export {encodeTail} from './encode-tail.js';

/**
 * Makes the tokenizer that a choice or a saved `TokenizerSpec` names:
 * `loadTokenizer(tokenizer.spec)` gives the same tokenizer again.
 *
 * @param corpusText What `'char'` and `'word'` take their vocabulary from; not needed for the others.
 * @throws {TypeError} where `'char'` or `'word'` has no text to learn from, or the choice is unknown.
 */
export async function loadTokenizer(choice: TokenizerChoice, corpusText?: string): Promise<Tokenizer> {
  if (choice === 'char' || choice === 'word') {
    if (!corpusText)
      throw new TypeError(
        `The tokenizer “${choice}” takes its vocabulary from a text: give it a corpus that is not empty.`,
      );
    return (choice === 'char' ? CharTokenizer : WordTokenizer).fromText(corpusText);
  }
  const spec = typeof choice === 'string' ? {kind: 'tiktoken' as const, encoding: choice} : choice;
  if (spec.kind === 'char') return new CharTokenizer(spec.vocab);
  if (spec.kind === 'word') return new WordTokenizer(spec.vocab);
  if (spec.kind === 'bpe') return new BytePairTokenizer(spec);
  if (spec.kind === 'tiktoken' && ['gpt2', 'cl100k_base', 'o200k_base'].includes(spec.encoding))
    return loadTiktoken(spec.encoding);
  throw new TypeError(
    `There is no tokenizer ${typeof choice === 'string' ? `“${shorten(choice)}”` : show(choice)}. ` +
      'Known: char, word, gpt2, cl100k_base, o200k_base, and the spec of a tokenizer that was trained.',
  );
}
