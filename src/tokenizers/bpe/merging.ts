import {bytesOf, type MergeRank} from '../merge-steps.js';
import {spellingOfBytes} from './bytes.js';
import {pieces} from './pieces.js';
import type {BpeSpec} from './spec.js';

/** What a trained BPE merges: a pair's rank is its place in the list of merges. */
export function bpeMerging({merges}: BpeSpec): {pieces: typeof pieces; rankOf: MergeRank} {
  const ranks = new Map(merges.map((merge, rank) => [merge, rank]));
  const spell = (part: string): string => spellingOfBytes(bytesOf(part));
  return {pieces, rankOf: (left, right) => ranks.get(`${spell(left)} ${spell(right)}`)};
}
