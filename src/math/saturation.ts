/** Why scores are divided by √D: the softmax of random queries and keys of a given width, with and without. */
import {dot, softmax, softmaxSlope} from './attention.js';
import {key, normals} from './rng.js';
import {entropy, mean} from './stats.js';

/** Keys that each query is compared with. */
export const KEYS = 8;
/** Means are over this many queries: a single one varies too much. */
const QUERIES = 64;

export interface Saturation {
  /** The first query's attention weights, [KEYS]. */
  shares: number[];
  /** Standard deviation of the scores. */
  spread: number;
  /** Mean entropy of the weights, nats: ln KEYS for even weights, 0 where one key has all of it. */
  entropy: number;
  /** Mean slope of the softmax (`softmaxSlope`): how strongly the weights react to a change of the scores. */
  slope: number;
}

/**
 * Returns what the softmax makes of random scores.
 * @param width D: the length of queries and keys, whose numbers are normal with mean 0 and standard deviation 1
 * @param divided whether scores are divided by √D
 */
export function saturation(width: number, divided: boolean, seed = 1): Saturation {
  const scale = divided ? 1 / Math.sqrt(width) : 1;
  const rows: number[][] = [];
  for (let i = 0; i < QUERIES; i++) {
    // A sum of D products of standard deviation 1 has standard deviation √D; divided by √D it is 1, whatever D is.
    const query = normals(width, 0, 1, key(seed, i, 0));
    const keys = Array.from({length: KEYS}, (_, j) => normals(width, 0, 1, key(seed, i, j + 1)));
    const scores = keys.map((one) => dot(query, one) * scale);
    rows.push(scores);
  }
  const shares = rows.map(softmax);
  return {
    shares: shares[0]!,
    spread: Math.sqrt(mean(rows.flat().map((score) => score * score))),
    entropy: mean(shares.map(entropy)),
    slope: mean(shares.map(softmaxSlope)),
  };
}
