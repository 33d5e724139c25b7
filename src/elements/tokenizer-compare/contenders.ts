/** The tokenizers that are compared: each is made when it is first wanted. */

import {loadTiktoken} from '../../tokenizers/tiktoken.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';

export const NAMES = ['char', 'word', 'bpe', 'gpt2', 'cl100k_base', 'o200k_base'] as const;
export type Name = (typeof NAMES)[number];

/** What a reader sees, and what each is, in a few words. */
export const LABELS: Record<Name, {label: string; what: string}> = {
  char: {label: 'characters', what: 'each character of tiny-tales'},
  word: {label: 'words', what: 'each word of tiny-tales'},
  bpe: {label: 'own BPE', what: 'trained here, on tiny-tales'},
  gpt2: {label: 'gpt2', what: 'GPT-2, 2019'},
  cl100k_base: {label: 'cl100k_base', what: 'GPT-4, 2023'},
  o200k_base: {label: 'o200k_base', what: 'GPT-4o, 2024'},
};

export interface Contender {
  tokenizer?: Tokenizer;
  /** Why it could not be made, for the reader. */
  problem?: string;
}

export class Contenders {
  #merges = 0;
  readonly #made = new Map<Name, Contender>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** What is known of it so far; the first time this begins to make it. */
  get(name: Name, merges: number): Contender {
    if (merges !== this.#merges) this.#made.delete('bpe');
    this.#merges = merges;
    const known = this.#made.get(name);
    if (known) return known;
    const contender: Contender = {};
    this.#made.set(name, contender);
    void this.#make(name, merges, contender);
    return contender;
  }

  /** What failed is tried again when it is next wanted. */
  retry(name: Name): void {
    this.#made.delete(name);
    this.#changed();
  }

  async #make(name: Name, merges: number, contender: Contender): Promise<void> {
    try {
      contender.tokenizer = await make(name, merges);
    } catch (error) {
      contender.problem = (error as Error).message;
    }
    this.#changed();
  }
}

async function make(name: Name, merges: number): Promise<Tokenizer> {
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

/** Some hundred tales hold every word and character of all of them, and are read at once. */
const TALES = 400;

async function corpus(): Promise<string> {
  const {tinyTales} = await import('../../data/tiny-tales/index.js');
  return tinyTales({stories: TALES}).text;
}
