/**
 * Where a text may be cut so that the parts give the same pieces, and so the same ids, as the whole: between a letter and a
 * single space before another letter, and after a single newline between two lines. Every pattern in use here ends a piece
 * there.
 */
const CUT = /\p{L}(?= \p{L})|\P{White_Space}\n(?=\p{L})/gu;

/** The first place at or after `position` where a text may be cut. Undefined: there is none. */
export function nextCut(text: string, position: number): number | undefined {
  CUT.lastIndex = position;
  return CUT.exec(text) ? CUT.lastIndex : undefined;
}

/** A long text in parts of about `length` (UTF-16 units), longer where there is no place to cut. */
export function* cut(text: string, length: number): Generator<string, void, void> {
  for (let start = 0; start < text.length; ) {
    const end = nextCut(text, start + length) ?? text.length;
    yield text.slice(start, end);
    start = end;
  }
}
