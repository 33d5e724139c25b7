/** From a choice to a tokenizer that is ready to use. */
import {BytePairTokenizer} from './bpe/tokenizer.js';
import {CharTokenizer} from './char.js';
import {loadTiktoken} from './tiktoken.js';
import type {Tokenizer, TokenizerChoice} from './tokenizer.js';

/**
 * Makes the tokenizer that a choice or a saved `TokenizerSpec` names:
 * `loadTokenizer(tokenizer.spec)` gives the same tokenizer again.
 *
 * @param corpusText What `'char'` learns its vocabulary from; not needed for the others.
 * @throws {TypeError} where `'char'` has no text to learn from, or the choice is unknown.
 */
export async function loadTokenizer(choice: TokenizerChoice, corpusText?: string): Promise<Tokenizer> {
  if (choice === 'char') {
    if (!corpusText)
      throw new TypeError(
        'A character tokenizer takes its vocabulary from a text: give it a corpus that is not empty.',
      );
    return CharTokenizer.fromText(corpusText);
  }
  const spec = typeof choice === 'string' ? {kind: 'tiktoken' as const, encoding: choice} : choice;
  if (spec.kind === 'char') return new CharTokenizer(spec.vocab);
  if (spec.kind === 'bpe') return new BytePairTokenizer(spec);
  if (spec.kind === 'tiktoken' && ['gpt2', 'cl100k_base', 'o200k_base'].includes(spec.encoding))
    return loadTiktoken(spec.encoding);
  throw new TypeError(
    `There is no tokenizer “${typeof choice === 'string' ? choice : JSON.stringify(choice)}”. ` +
      'Known: char, gpt2, cl100k_base, o200k_base, and the spec of a tokenizer that was trained.',
  );
}
