/** The corpora that a page offers by name. Texts from elsewhere are named by their address only: none is part of the library. */
import type {CorpusSpec} from './corpus.js';
import type {ToyTaskName} from './toy-tasks/tasks.js';

export interface CorpusEntry {
  /** Stays the same, for links and attributes. */
  id: string;
  label: string;
  /** One sentence for the reader. */
  description: string;
  /** Author and year, and where the text comes from. */
  source: string;
  license: string;
  spec: CorpusSpec;
  /** A piece of it, where the library generates the text itself. */
  piece?: string;
  /** Roughly how much has to be fetched. */
  bytes?: number;
}

const toy = (task: ToyTaskName, label: string, description: string, piece: string): CorpusEntry => ({
  id: task,
  label,
  description: `${description} Every question has one right answer.`,
  source: 'Generated in the page by this library.',
  license: 'MIT',
  spec: {kind: 'toy', task},
  piece,
});

export const CORPORA: readonly CorpusEntry[] = [
  {
    id: 'tiny-tales',
    label: 'Tiny tales',
    description: 'Two thousand very short stories from a small grammar, whose true entropy is known.',
    source: 'Generated in the page by this library.',
    license: 'MIT',
    spec: {kind: 'tiny-tales'},
    piece: 'A fine white ball was on the hill. Max saw it.',
  },
  toy('copy', 'Copy', 'A word of random letters, and the same word again.', 'cabf=cabf'),
  toy('reverse', 'Reverse', 'A word of random letters, and the word backwards.', 'cabf=fbac'),
  toy('sort', 'Sort', 'A word of random letters, and its letters in order.', 'cabf=abcf'),
  toy('add', 'Add', 'Two numbers below a hundred, and their sum.', '47+58=105'),
  toy('induction', 'Induction', 'After “a” comes what came after it before.', 'd3 a7 f1 c4 a7'),
  {
    id: 'the-verdict',
    label: 'The Verdict',
    description: 'A short story: small enough that a model learns it by heart.',
    source: 'Edith Wharton, 1908; the file as distributed with rasbt/LLMs-from-scratch on GitHub.',
    license: 'Public domain',
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
    license: 'Public domain',
    spec: {
      kind: 'url',
      url: 'https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt',
      name: 'Tiny Shakespeare',
    },
    bytes: 1_115_394,
  },
  {
    id: 'instruction-data',
    label: 'Instructions',
    description:
      'Eleven hundred small tasks with their answers, in JSON: the model has to learn the brackets too.',
    source: 'The file as distributed with rasbt/LLMs-from-scratch on GitHub.',
    license: 'Apache-2.0',
    spec: {
      kind: 'url',
      url: 'https://raw.githubusercontent.com/rasbt/LLMs-from-scratch/main/ch07/01_main-chapter-code/instruction-data.json',
      name: 'instruction-data.json',
    },
    bytes: 203_524,
  },
];

/** The entry of an id, or undefined. */
export function corpusEntry(id: string): CorpusEntry | undefined {
  return CORPORA.find((entry) => entry.id === id);
}
