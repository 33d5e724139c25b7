/** What can be counted in a text. */
import {Slice} from '../tokenizers/slices.js';

export interface TextStatistics {
  /** Unicode code points. */
  characters: number;
  /** Runs of letters and digits, with apostrophes and hyphens inside: “don't” is one word. */
  words: number;
  /** Newlines, and a last line without one. */
  lines: number;
  /** Every character that occurs with its count, most frequent first (equally frequent: by code point). */
  characterCounts: readonly (readonly [string, number])[];
  /** Every word that occurs, in small letters, with its count, most frequent first (equally frequent: by the alphabet). */
  wordCounts: readonly (readonly [string, number])[];
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu;

/** Counts a text without holding the page up. @throws {DOMException} `AbortError` where the signal was given. */
export async function textStatistics(text: string, signal?: AbortSignal): Promise<TextStatistics> {
  const byCode = new Map<number, number>();
  const byWord = new Map<string, number>();
  let characters = 0;
  let words = 0;
  const slice = new Slice(signal);
  for (const part of parts(text)) {
    for (let i = 0; i < part.length; characters++) {
      const code = part.codePointAt(i)!;
      byCode.set(code, (byCode.get(code) ?? 0) + 1);
      i += code > 0xffff ? 2 : 1;
    }
    for (const [word] of part.matchAll(WORD)) {
      const small = word.toLowerCase();
      byWord.set(small, (byWord.get(small) ?? 0) + 1);
      words++;
    }
    if (slice.isOver) await slice.next();
  }
  const newlines = byCode.get(0x0a) ?? 0;
  return {
    characters,
    words,
    lines: newlines + (text === '' || text.endsWith('\n') ? 0 : 1),
    characterCounts: [...byCode]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .map(([code, n]) => [String.fromCodePoint(code), n]),
    wordCounts: [...byWord].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
  };
}

/** Characters (UTF-16 units) that are counted in a few milliseconds. */
const PART = 16_384;

/** The text cut at white space, where no word is; longer parts where there is none. */
function* parts(text: string): Generator<string, void, void> {
  const space = /\s/g;
  for (let start = 0; start < text.length; ) {
    space.lastIndex = start + PART;
    const end = space.exec(text)?.index ?? text.length;
    yield text.slice(start, end);
    start = end;
  }
}
