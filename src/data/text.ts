/** From bytes, or a paste, to text that a model can learn from: decoded, with plain newlines, checked. */
import {CorpusError} from './corpus.js';

/** What is asked of a text, and of the reader where it falls short. */
export interface TextDemands {
  /** Characters. */
  fewest: number;
  /** What to give in place of an empty text. */
  give: string;
  /** What to choose in place of a file that is no text. */
  choose: string;
}

/** The longest text taken, in bytes: beyond it a page would spend minutes on tokenizing alone. */
export const MAX_CORPUS_BYTES = 20_000_000;
/** The shortest text taken, in characters. What the context needs is checked when windows are cut. */
export const MIN_CORPUS_CHARACTERS = 20;

/** Of 1,000 characters at most this many may be broken UTF-8, e.g. where a download was cut; they become U+FFFD. */
const BROKEN_PER_THOUSAND = 1;

/**
 * Decodes a file's bytes: UTF-8, or UTF-16 where a byte-order mark says so.
 * @throws {CorpusError} `binary` where the bytes are no text.
 */
export function decodeBytes(bytes: Uint8Array, name: string, demands = CORPUS): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0)) throw binary(name, demands);
  const text = new TextDecoder('utf-8').decode(bytes); // drops a byte-order mark
  const broken = count(text, 0xfffd);
  if (broken * 1000 > text.length * BROKEN_PER_THOUSAND)
    throw new CorpusError(
      'binary',
      `${broken.toLocaleString('en')} of the ${text.length.toLocaleString('en')} characters of “${name}” are not valid UTF-8. ` +
        'If it is a text in an older encoding, open it in an editor, save it as UTF-8 and try again.',
    );
  return text;
}

/** Of a text to be learned from as it is. */
const CORPUS: TextDemands = {
  fewest: MIN_CORPUS_CHARACTERS,
  give: 'Paste or choose a text with at least a few paragraphs.',
  choose: 'Choose a plain text file (.txt); from a PDF or a Word document, copy the text and paste it.',
};

/**
 * Makes \r\n and \r into \n, and refuses what cannot be learned from.
 * @throws {CorpusError} `empty`, `too-short`, `too-large` or `binary`.
 */
export function checkText(text: string, name: string, demands = CORPUS): string {
  checkSize(text.length, name);
  if (text.includes('\0')) throw binary(name, demands);
  if (text.trim() === '') throw new CorpusError('empty', `“${name}” is empty. ${demands.give}`);
  const normal = text.replace(/\r\n?/g, '\n');
  if (normal.length < demands.fewest)
    throw new CorpusError(
      'too-short',
      `“${name}” has ${normal.length} characters; that is too short to learn from. Take a longer text: some thousand ` +
        'characters at least, better a few hundred thousand.',
    );
  return normal;
}

/** @throws {CorpusError} `too-large`, with both sizes. */
export function checkSize(bytes: number, name: string): void {
  if (bytes > MAX_CORPUS_BYTES)
    throw new CorpusError(
      'too-large',
      `“${name}” has ${megabytes(bytes)}; at most ${megabytes(MAX_CORPUS_BYTES)} can be used in a page. Cut out a part of it.`,
    );
}

const binary = (name: string, {choose}: TextDemands): CorpusError =>
  new CorpusError('binary', `“${name}” is not a text: it holds bytes that no text has. ${choose}`);

function count(text: string, code: number): number {
  let n = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) === code) n++;
  return n;
}

/** Rounded up, so that a file just above the limit is not said to have the limit's size. */
function megabytes(bytes: number): string {
  return `${(Math.ceil(bytes / 100_000) / 10).toLocaleString('en')} MB`;
}
