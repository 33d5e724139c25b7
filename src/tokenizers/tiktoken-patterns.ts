/**
 * How OpenAI's encodings cut a text into pieces before anything is merged; no token ever reaches over a cut. Every character
 * matches one of the parts: the pieces joined are the text.
 *
 * Source: tiktoken_ext/openai_public.py of https://github.com/openai/tiktoken (0.14). There they are regular expressions of
 * Rust, whose classes are not all JavaScript's:
 * - `\s` is Unicode's White_Space; JavaScript's `\s` lacks U+0085 and has U+FEFF besides;
 * - `(?i:…)` ignores case by Unicode's simple case folding, in which “ſ” (U+017F) is an “s”. No other character folds to a
 *   letter of these patterns;
 * - letters, marks and numbers are those of Unicode 16; browsers know those of later versions, too.
 */
import {TextError, type TiktokenEncoding} from './tokenizer.js';

/** Letters, marks and numbers that came with Unicode 17: to Unicode 16, which tiktoken knows, they are unassigned. */
const LATER =
  '\\u{88f}\\u{c5c}\\u{cdc}\\u{1acf}-\\u{1add}\\u{1ae0}-\\u{1aeb}\\u{a7ce}-\\u{a7cf}\\u{a7d2}\\u{a7d4}\\u{a7f1}\\u{10940}-\\u{10959}' +
  '\\u{10ec5}-\\u{10ec7}\\u{10efa}-\\u{10efb}\\u{11b60}-\\u{11b67}\\u{11db0}-\\u{11ddb}\\u{11de0}-\\u{11de9}\\u{16ea0}-\\u{16eb8}' +
  '\\u{16ebb}-\\u{16ed3}\\u{16ff2}-\\u{16ff6}\\u{187f8}-\\u{187ff}\\u{18d09}-\\u{18d1e}\\u{18d80}-\\u{18df2}\\u{1e6c0}-\\u{1e6de}' +
  '\\u{1e6e0}-\\u{1e6f5}\\u{1e6fe}-\\u{1e6ff}\\u{2b73a}-\\u{2b73f}\\u{2cea2}-\\u{2cead}\\u{323b0}-\\u{33479}';

/** Classes for use between `[` and `]`, in regular expressions with the flag `v`. */
const S = '\\p{White_Space}';
const L = `[\\p{L}--[${LATER}]]`;
const N = `[\\p{N}--[${LATER}]]`;
/** A letter that is not small, or a mark; and one that is not capital. U+0295 was a small letter up to Unicode 16. */
const UPPER = `[[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]--[\\u{295}${LATER}]]`;
const LOWER = `[[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}\\u{295}]--[${LATER}]]`;

/** What English puts after an apostrophe, in small letters and in either case. */
const ENDINGS = `'(?:[sdmt]|ll|ve|re)`;
const ANY_CASE_ENDINGS = `'(?:[sSſdDmMtT]|[lL][lL]|[vV][eE]|[rR][eE])`;

const SPACES = `[${S}]+(?![^${S}])|[${S}]+`;
/** One character before a word that is neither a letter, a number nor a line end. */
const BEFORE_WORD = `[^\\r\\n${L}${N}]?`;

const SOURCES: Record<TiktokenEncoding, string> = {
  gpt2: `${ENDINGS}| ?[${L}]+| ?[${N}]+| ?[^${S}${L}${N}]+|${SPACES}`,
  cl100k_base:
    `${ANY_CASE_ENDINGS}|${BEFORE_WORD}[${L}]+|[${N}]{1,3}| ?[^${S}${L}${N}]+[\\r\\n]*|` +
    `[${S}]*[\\r\\n]+|${SPACES}`,
  o200k_base:
    `${BEFORE_WORD}[${UPPER}]*[${LOWER}]+(?:${ANY_CASE_ENDINGS})?|` +
    `${BEFORE_WORD}[${UPPER}]+[${LOWER}]*(?:${ANY_CASE_ENDINGS})?|` +
    `[${N}]{1,3}| ?[^${S}${L}${N}]+[\\r\\n\\/]*|[${S}]*[\\r\\n]+|${SPACES}`,
};

/** The classes by their names here, for tests. */
export const CLASSES = {S, L, N, UPPER, LOWER};

const compiled = new Map<TiktokenEncoding, RegExp>();

/**
 * Yields the pieces of a text, in order.
 * @throws {TextError} on a piece of some millions of characters: regular expressions run out of memory
 */
export function* tiktokenPieces(text: string, encoding: TiktokenEncoding): Generator<string, void, void> {
  const pattern = compiled.get(encoding) ?? new RegExp(SOURCES[encoding], 'gv');
  compiled.set(encoding, pattern);
  try {
    for (const [piece] of text.matchAll(pattern)) yield piece;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new TextError(
      'This text has millions of characters in a row without a word boundary, which is too long for this tokenizer. ' +
        'Divide them by spaces or line ends.',
      {cause},
    );
  }
}
