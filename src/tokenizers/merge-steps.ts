/**
 * How byte-pair encoding puts one piece of text together, step by step. It starts from single bytes; of all neighbors that
 * may be joined, those with the lowest rank are joined (of equal ones the leftmost), until none is left.
 */

/** Bytes as a string, one character (U+0000 … U+00FF) a byte: short to compare, and a key for a Map. */
export type ByteString = string;

/** The rank of joining two neighbors: the lower, the earlier. `undefined` where they are never joined. */
export type MergeRank = (left: ByteString, right: ByteString) => number | undefined;

export interface MergeStep {
  /** Which two of the parts before this step become one: `at` and `at + 1`. */
  at: number;
  left: ByteString;
  right: ByteString;
  rank: number;
}

// #region merge-steps
/**
 * The merges of a piece, in the order in which they are made.
 * @param piece The piece's UTF-8 bytes.
 */
export function mergeSteps(piece: ByteString, rankOf: MergeRank): MergeStep[] {
  const parts = [...piece];
  const rankAt = (i: number): number =>
    i >= 0 && i + 1 < parts.length ? (rankOf(parts[i]!, parts[i + 1]!) ?? Infinity) : Infinity;
  const ranks = parts.map((_, i) => rankAt(i)); // ranks[i]: joining part i with the next one
  const steps: MergeStep[] = [];
  for (;;) {
    let at = 0;
    for (let i = 1; i < ranks.length; i++) if (ranks[i]! < ranks[at]!) at = i;
    const rank = ranks[at] ?? Infinity;
    if (rank === Infinity) return steps;
    const [left, right] = [parts[at]!, parts[at + 1]!];
    steps.push({at, left, right, rank});
    parts.splice(at, 2, left + right);
    ranks.splice(at, 2, rankAt(at));
    if (at > 0) ranks[at - 1] = rankAt(at - 1);
  }
}
// #endregion

/** The parts of a piece after its first `count` merges; with all of them, its tokens. */
export function partsAfter(
  piece: ByteString,
  steps: readonly MergeStep[],
  count = steps.length,
): ByteString[] {
  const parts = [...piece];
  for (const {at} of steps.slice(0, count)) parts.splice(at, 2, parts[at]! + parts[at + 1]!);
  return parts;
}

/** A part of the merge tree: a byte, or what a merge made of two parts. */
export interface MergeNode {
  part: ByteString;
  /** The bytes it covers: `start` up to, not including, `end`. */
  start: number;
  end: number;
  /** Which step made it, from 0; −1 for a byte. */
  step: number;
  /** 0 for a byte, otherwise one more than the higher of its two parts. */
  height: number;
  /** Index of the node that it became a part of; −1 for a token. */
  parent: number;
}

/** All parts that a piece's bytes go through: the bytes first, then what each step made. */
export function mergeTree(piece: ByteString, steps: readonly MergeStep[]): MergeNode[] {
  const nodes: MergeNode[] = [...piece].map((part, start) => ({
    part,
    start,
    end: start + 1,
    step: -1,
    height: 0,
    parent: -1,
  }));
  const current = nodes.map((_, index) => index);
  for (const [step, {at}] of steps.entries()) {
    const [left, right] = [nodes[current[at]!]!, nodes[current[at + 1]!]!];
    left.parent = right.parent = nodes.length;
    const height = 1 + Math.max(left.height, right.height);
    current.splice(at, 2, nodes.length);
    nodes.push({part: left.part + right.part, start: left.start, end: right.end, step, height, parent: -1});
  }
  return nodes;
}

/** Text as UTF-8, one character a byte. Half a surrogate pair becomes U+FFFD, as `TextEncoder` has it. */
export function byteString(text: string): ByteString {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

export const bytesOf = (bytes: ByteString): Uint8Array =>
  Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
