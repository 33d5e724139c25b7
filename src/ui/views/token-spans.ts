/** Which characters of a text each token stands for. */

/** The smallest stretch of a text that is made of whole tokens: mostly one token, several where a character is cut. */
export interface TokenSpan {
  /** In the text, in UTF-16 units: from `start` up to, not including, `end`. */
  start: number;
  end: number;
  /** Index of its first token, and how many it has. */
  first: number;
  count: number;
}

/** Bytes of a character in UTF-8; a lone surrogate becomes U+FFFD, which has three. */
const utf8Length = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);

/**
 * @param lengths How many bytes each token has. Together the tokens are the text's UTF-8 bytes, or its beginning.
 */
export function tokenSpans(text: string, lengths: ArrayLike<number>): TokenSpan[] {
  const spans: TokenSpan[] = [];
  let [start, end, first] = [0, 0, 0];
  /** Bytes of the tokens so far, less the bytes of the characters so far: how far a token reaches into a character. */
  let ahead = 0;
  for (let token = 0; token < lengths.length; token++) {
    ahead += lengths[token]!;
    for (let code = text.codePointAt(end); code !== undefined; code = text.codePointAt(end)) {
      const size = utf8Length(code);
      if (size > ahead) break;
      ahead -= size;
      end += code > 0xffff ? 2 : 1;
    }
    if (ahead > 0) continue; // inside a character
    spans.push({start, end, first, count: token + 1 - first});
    start = end;
    first = token + 1;
  }
  return spans;
}

/** The span that holds a character, or a token; undefined where none does. */
export const spanAt = (spans: readonly TokenSpan[], character: number): TokenSpan | undefined =>
  spans.find(({start, end}) => start <= character && character < end);

export const spanOf = (spans: readonly TokenSpan[], token: number): TokenSpan | undefined =>
  spans.find(({first, count}) => first <= token && token < first + count);
