/** The tokenizers that are compared. */
import {loadTiktoken} from '../../tokenizers/tiktoken.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';

export const NAMES = ['char', 'word', 'bpe', 'gpt2', 'cl100k_base', 'o200k_base'] as const;
export type Name = (typeof NAMES)[number];

/** Their names for readers, and what each is in a few words. */
export const LABELS: Record<Name, {label: string; what: string}> = {
  char: {label: 'characters', what: 'each character of tiny-tales'},
  word: {label: 'words', what: 'each word of tiny-tales'},
  bpe: {label: 'own BPE', what: 'trained here, on tiny-tales'},
  gpt2: {label: 'gpt2', what: 'GPT-2, 2019'},
  cl100k_base: {label: 'cl100k_base', what: 'GPT-4, 2023'},
  o200k_base: {label: 'o200k_base', what: 'GPT-4o, 2024'},
};

/** @throws {EngineError} if a worker or a vocabulary cannot be loaded */
export async function makeTokenizer(name: Name, merges: number): Promise<Tokenizer> {
  switch (name) {
    case 'char': {
      const {CharTokenizer} = await import('../../tokenizers/char.js');
      return CharTokenizer.fromText(await corpus());
    }
    case 'word': {
      const {WordTokenizer} = await import('../../tokenizers/word.js');
      return WordTokenizer.fromText(await corpus());
    }
    case 'bpe': {
      const [{BytePairTokenizer}, {trainTokenizer}] = await Promise.all([
        import('../../tokenizers/bpe/tokenizer.js'),
        import('../../state/text-work.js'),
      ]);
      const {spec} = await trainTokenizer({kind: 'tiny-tales'}, {merges});
      return new BytePairTokenizer(spec);
    }
    default:
      return loadTiktoken(name);
  }
}

/** 400 tales contain every word and character of all tales, and are quick to generate. */
const TALES = 400;

async function corpus(): Promise<string> {
  const {tinyTales} = await import('../../data/tiny-tales/index.js');
  return tinyTales({stories: TALES}).text;
}
