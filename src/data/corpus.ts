/** What a model learns from, as data that crosses the worker protocol. */
import type {ToyTaskName} from './toy-tasks/tasks.js';

export type CorpusSpec =
  | {kind: 'tiny-tales'; seed?: number; stories?: number}
  | {kind: 'toy'; task: ToyTaskName; seed?: number; examples?: number}
  | {kind: 'text'; text: string; name?: string}
  | {kind: 'url'; url: string; name?: string};

/** What a corpus is called, before it is loaded. */
export function corpusName(spec: CorpusSpec): string {
  switch (spec.kind) {
    case 'tiny-tales':
      return 'tiny-tales';
    case 'toy':
      return `toy task: ${spec.task}`;
    case 'text':
      return spec.name ?? 'pasted text';
    case 'url':
      return spec.name ?? fileName(spec.url);
  }
}

/** Whether two specs describe the same corpus. Does not write out megabytes of text to find that out. */
export function sameCorpus(a: CorpusSpec | undefined, b: CorpusSpec | undefined): boolean {
  if (!a || !b) return a === b;
  const [left, right] = [Object.entries(a), Object.entries(b)].map((entries) =>
    entries.filter(([, value]) => value !== undefined),
  );
  return (
    left!.length === right!.length && left!.every(([key, value]) => b[key as keyof CorpusSpec] === value)
  );
}

/** “https://example.org/texts/tale.txt?raw=1” → “tale.txt”. */
function fileName(url: string): string {
  return url.split(/[?#]/)[0]!.split('/').filter(Boolean).at(-1) ?? url;
}

export interface Corpus {
  /** Shown to the reader: “tiny-tales”, a file's name, “pasted text”. */
  name: string;
  text: string;
  /** The true entropy of the text's source in nats per character, where the source is known: no model can do better. */
  entropyPerCharacter?: number;
  /** Every word that the source can write, where the source is known (to check samples against). */
  words?: ReadonlySet<string>;
}

export type CorpusErrorCode = 'empty' | 'too-short' | 'binary' | 'too-large' | 'not-found';

/** A text that cannot be learned from. The message is for the reader and says what to do. */
export class CorpusError extends Error {
  override name = 'CorpusError';
  constructor(
    readonly code: CorpusErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** What a model's page can say about its corpus. */
export interface CorpusFacts {
  name: string;
  /** Unicode code points. */
  characters: number;
  tokens: number;
  trainTokens: number;
  validationTokens: number;
  trainWindows: number;
  validationWindows: number;
  /**
   * The lowest mean loss that any model can reach on text of this source that it has not seen, in nats per token;
   * absent where the source is unknown.
   */
  floor?: number;
  /** The corpus's first few hundred characters. */
  excerpt: string;
}
