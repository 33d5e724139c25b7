/**
 * Hugging Face's files: `tokenizer.json` (one file with everything) and the older pair `vocab.json` + `merges.txt`, as
 * GPT-2 was published. What is saved here loads there with the same ids, and the other way round.
 */
import {withRemedy} from '../../math/remedy.js';
import {shorten, show} from '../../math/shorten.js';
import {TokenizerSpecError} from '../tokenizer.js';
import {addedTokens, checkLength, inOrder, list, parse, record, vocabOf} from '../tokenizer-json.js';
import {BYTE_CHARACTERS} from './bytes.js';
import type {BpeSpec} from './spec.js';
import {BytePairTokenizer} from './tokenizer.js';

const MERGES_HEADER = '#version: 0.2';

const BYTE_LEVEL = {type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true};

/** The content of a `tokenizer.json`: `PreTrainedTokenizerFast(tokenizer_file=…)` and `Tokenizer.from_file` load it. */
export function toTokenizerJson({
  spec,
  specialTokens,
}: Pick<BytePairTokenizer, 'spec' | 'specialTokens'>): string {
  const file = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: addedTokens(specialTokens),
    normalizer: null,
    pre_tokenizer: BYTE_LEVEL,
    post_processor: null,
    decoder: BYTE_LEVEL,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: idsByToken(spec),
      merges: spec.merges.map((merge) => merge.split(' ')),
    },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** The contents of GPT-2's two files. */
export function toVocabAndMerges({spec}: BytePairTokenizer): {vocab: string; merges: string} {
  return {
    vocab: JSON.stringify(idsByToken(spec)),
    merges: `${[MERGES_HEADER, ...spec.merges].join('\n')}\n`,
  };
}

/**
 * Reads a `tokenizer.json`. Only what this library computes alike is taken: BPE with GPT-2's `ByteLevel` pre-tokenizer.
 * @throws {TokenizerSpecError} where the file is of another kind, broken or too large.
 */
export function fromTokenizerJson(json: string): BytePairTokenizer {
  const file = record(parse(json, 'tokenizer.json'), 'tokenizer.json');
  const model = record(file.model, 'Its “model”');
  if (model.type !== undefined && model.type !== 'BPE')
    throw new TokenizerSpecError(
      `This tokenizer’s model is ${show(model.type)}; only "BPE" can be loaded here.`,
    );
  for (const [name, value, wanted] of unlike(file, model))
    throw new TokenizerSpecError(
      `This tokenizer.json sets “${name}” to ${show(value)}; here only ${wanted} is computed, so its ids would differ.`,
    );
  const vocab = vocabOf(model.vocab);
  const special = list(file.added_tokens ?? [], 'added_tokens').map((entry, i) => {
    const {id, content} = record(entry, `Entry ${i} of “added_tokens”`);
    if (typeof content !== 'string' || content === '')
      throw new TokenizerSpecError(`Entry ${i} of “added_tokens” has no “content”.`);
    const known = vocab.get(content);
    if (known !== undefined && known !== id)
      throw new TokenizerSpecError(`“${shorten(content)}” has two ids, ${known} and ${show(id)}.`);
    vocab.set(content, id as number);
    return content;
  });
  const merges = list(model.merges, 'merges').map(mergeOf);
  const tokenizer = make({vocab, merges, special});
  checkComplete(tokenizer, special);
  return tokenizer;
}

/**
 * Reads GPT-2's two files. They do not say which tokens are special: those are taken that are neither a byte nor made by a
 * merge, as GPT-2's `<|endoftext|>`.
 * @throws {TokenizerSpecError} where a file is broken or too large.
 */
export function fromVocabAndMerges(vocabJson: string, mergesTxt: string): BytePairTokenizer {
  const vocab = vocabOf(parse(vocabJson, 'vocab.json'));
  checkLength(mergesTxt, 'merges.txt');
  const lines = mergesTxt.split(/\r?\n/);
  if (lines[0]?.startsWith('#version')) lines.shift();
  if (lines.at(-1) === '') lines.pop();
  const made = new Set([...BYTE_CHARACTERS, ...lines.map((line) => line.replace(' ', ''))]);
  const special = [...vocab.keys()].filter((token) => !made.has(token));
  const tokenizer = make({vocab, merges: lines, special});
  checkComplete(
    tokenizer,
    special.filter((token) => SPECIAL.test(token)),
  );
  return tokenizer;
}

/**
 * A list of merges that was cut short still loads, but gives other ids. It shows in the vocabulary: a token that no merge makes,
 * though two other tokens joined are just this one.
 * @param special names of tokens that are not made by merges
 */
function checkComplete({spec: {vocab, merges}}: BytePairTokenizer, special: readonly string[]): void {
  const made = new Set([...BYTE_CHARACTERS, ...special, ...merges.map((merge) => merge.replace(' ', ''))]);
  const known = new Set(vocab);
  const isMergeable = (token: string) =>
    Array.from(token, (_, i) => i > 0 && known.has(token.slice(0, i)) && known.has(token.slice(i))).includes(
      true,
    );
  const lost = vocab.filter((token) => !made.has(token) && isMergeable(token));
  if (lost.length > 0)
    throw withRemedy(
      new TokenizerSpecError(
        `The list of merges is not complete: it has ${merges.length.toLocaleString('en')}, and none makes “${shorten(lost[0]!)}”` +
          `${lost.length > 1 ? ` and ${(lost.length - 1).toLocaleString('en')} more tokens of the vocabulary` : ''}.`,
      ),
      'The file may be cut short: load it again.',
    );
}

/** How special tokens are written: “<|endoftext|>”, “[CLS]”. */
const SPECIAL = /^<.+>$|^\[.+\]$/s;

function make({vocab, merges, special}: {vocab: Map<string, number>; merges: string[]; special: string[]}) {
  return new BytePairTokenizer({
    kind: 'bpe',
    vocab: inOrder(vocab),
    merges,
    specialTokens: special.sort((a, b) => vocab.get(a)! - vocab.get(b)!),
  });
}

const idsByToken = ({vocab}: BpeSpec): Record<string, number> =>
  Object.fromEntries(vocab.map((token, id) => [token, id]));

/** Settings that change the ids and that this library does not know, each with what it has instead. */
function* unlike(
  file: Record<string, unknown>,
  model: Record<string, unknown>,
): Generator<[name: string, value: unknown, wanted: string], void, void> {
  if (file.normalizer) yield ['normalizer', file.normalizer, 'none'];
  const before = record(file.pre_tokenizer ?? {}, 'Its “pre_tokenizer”');
  if (before.type !== 'ByteLevel') yield ['pre_tokenizer', before.type, '"ByteLevel"'];
  if (before.add_prefix_space) yield ['add_prefix_space', before.add_prefix_space, 'false'];
  if (before.use_regex === false) yield ['use_regex', before.use_regex, 'true'];
  for (const name of ['dropout', 'unk_token', 'continuing_subword_prefix', 'end_of_word_suffix'])
    if (model[name]) yield [name, model[name], 'none'];
  for (const name of ['byte_fallback', 'ignore_merges']) if (model[name]) yield [name, model[name], 'false'];
}

/** Newer files write a merge as a pair, older ones as a text with a space. */
function mergeOf(merge: unknown, rank: number): string {
  const text = Array.isArray(merge) ? merge.join(' ') : merge;
  if (typeof text !== 'string')
    throw new TokenizerSpecError(`Merge ${rank} is ${show(merge)}, not two tokens.`);
  return text;
}
