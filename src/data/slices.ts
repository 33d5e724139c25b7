/** Long texts in slices, so that a page can draw and answer between them. */

export interface SlicedOptions {
  signal?: AbortSignal;
  /** 0 … 1: how much of the text is done. */
  onProgress?: (share: number) => void;
}

/** A slice is worked through in a few milliseconds. */
const SLICE = 16_384;
/** Milliseconds of work before the page has its turn. */
const TURN_MS = 12;

/**
 * Calls `work` with one slice of the text after the other, and lets the page have its turn in between.
 * @param mayCut Whether the text may be cut before its code unit `i`; surrogate pairs are never cut.
 * @throws {DOMException} `AbortError` where the signal was given.
 */
export async function inSlices(
  text: string,
  mayCut: (text: string, i: number) => boolean,
  work: (slice: string) => void,
  {signal, onProgress}: SlicedOptions = {},
): Promise<void> {
  let turn = performance.now();
  for (let start = 0; start < text.length; ) {
    signal?.throwIfAborted();
    const end = cutAfter(text, start, mayCut);
    work(text.slice(start, end));
    start = end;
    onProgress?.(end / text.length);
    if (end === text.length || performance.now() - turn < TURN_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    turn = performance.now();
  }
  signal?.throwIfAborted();
}

/** The last place in reach where the text may be cut; where there is none, the first one beyond. */
function cutAfter(text: string, start: number, mayCut: (text: string, i: number) => boolean): number {
  const allowed = (i: number): boolean => !isLowSurrogate(text.charCodeAt(i)) && mayCut(text, i);
  const reach = start + SLICE;
  if (reach >= text.length) return text.length;
  for (let i = reach; i > start; i--) if (allowed(i)) return i;
  let beyond = reach + 1;
  while (beyond < text.length && !allowed(beyond)) beyond++;
  return beyond;
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
