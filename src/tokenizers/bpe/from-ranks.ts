import {bytesOf} from '../merge-steps.js';
import type {TiktokenTokenizer} from '../tiktoken.js';
import {TokenizerSpecError} from '../tokenizer.js';
import {applyMerges} from './apply-merges.js';
import {spellingOfBytes} from './bytes.js';
import type {BpeSpec} from './spec.js';

/**
 * Returns OpenAI's encoding of GPT-2 as a byte-pair encoding with a list of merges, which Hugging Face's files need; OpenAI's
 * own hold only the ranks. What a token was merged from shows when its bytes are merged by the lower ranks only: two parts
 * are left. Takes some tenths of a second.
 * @throws {TokenizerSpecError} on other encodings: they cut a text in another way before they merge
 */
export function bpeFromRanks(tokenizer: TiktokenTokenizer): BpeSpec {
  if (tokenizer.spec.encoding !== 'gpt2')
    throw new TokenizerSpecError(
      `The encoding ${tokenizer.spec.encoding} cannot be written as GPT-2’s files: it cuts a text into words in another way. ` +
        'Choose the tokenizer gpt2.',
    );
  const {vocabSize, specialTokens, rankOf} = tokenizer;
  const tokens = Array.from({length: vocabSize}, (_, id) => String.fromCharCode(...tokenizer.bytes(id)));
  const special = new Map(Array.from(specialTokens, ([name, id]) => [id, name]));
  const byteIds = new Map<string, number>();
  for (const [id, token] of tokens.entries())
    if (token.length === 1 && !special.has(id)) byteIds.set(token, id);

  const spell = (id: number): string => spellingOfBytes(bytesOf(tokens[id]!));
  const merges: string[] = [];
  for (const [id, token] of tokens.entries()) {
    if (special.has(id) || token.length === 1) continue;
    const parts = applyMerges(
      Array.from(token, (byte) => byteIds.get(byte)!),
      {
        rank: (first, second) => {
          const rank = rankOf(tokens[first]!, tokens[second]!);
          return rank !== undefined && rank < id ? rank : undefined;
        },
        merged: (rank) => rank,
      },
    );
    if (parts.length !== 2)
      throw new TokenizerSpecError(`Token ${id} of ${tokenizer.spec.encoding} is not made by one merge.`);
    merges.push(parts.map(spell).join(' '));
  }
  return {
    kind: 'bpe',
    vocab: tokens.map((_, id) => special.get(id) ?? spell(id)),
    merges,
    specialTokens: [...special.values()],
  };
}
