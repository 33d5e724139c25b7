/** The corpora that a page offers by name. Texts from elsewhere are named by their address only: none is part of the library. */
import type {CorpusSpec} from './corpus.js';

export interface CorpusEntry {
  /** Stays the same, for links and attributes. */
  id: string;
  label: string;
  /** One sentence for the reader. */
  description: string;
  /** Author and year, and where the text comes from. */
  source: string;
  licence: string;
  spec: CorpusSpec;
  /** Roughly how much has to be fetched. */
  bytes?: number;
}

export const CORPORA: readonly CorpusEntry[] = [
  {
    id: 'tiny-tales',
    label: 'Tiny tales',
    description: 'Two thousand very short stories from a small grammar, whose true entropy is known.',
    source: 'Generated in the page by this library.',
    licence: 'MIT',
    spec: {kind: 'tiny-tales'},
  },
  {
    id: 'the-verdict',
    label: 'The Verdict',
    description: 'A short story: small enough that a model learns it by heart.',
    source: 'Edith Wharton, 1908; the file as distributed with rasbt/LLMs-from-scratch on GitHub.',
    licence: 'Public domain',
    spec: {
      kind: 'url',
      url: 'https://raw.githubusercontent.com/rasbt/LLMs-from-scratch/main/ch02/01_main-chapter-code/the-verdict.txt',
      name: 'the-verdict.txt',
    },
    bytes: 20_479,
  },
  {
    id: 'tiny-shakespeare',
    label: 'Tiny Shakespeare',
    description: 'Forty thousand lines from Shakespeare’s plays, the classic of character models.',
    source: 'William Shakespeare; the selection by Andrej Karpathy, from karpathy/char-rnn on GitHub.',
    licence: 'Public domain',
    spec: {
      kind: 'url',
      url: 'https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt',
      name: 'Tiny Shakespeare',
    },
    bytes: 1_115_394,
  },
];

/** The entry of an id, or undefined. */
export function corpusEntry(id: string): CorpusEntry | undefined {
  return CORPORA.find((entry) => entry.id === id);
}
