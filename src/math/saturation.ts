/** Why scores are divided by √D: random queries and keys of a width, and what the softmax makes of their products. */
import {dot, softmax, softmaxSlope} from './attention.js';
import {key, normals} from './rng.js';
import {entropy, mean} from './stats.js';

/** Keys that the query is compared with. */
export const KEYS = 8;
/** The slope is a mean over so many queries: one alone says more of its luck than of its width. */
const QUERIES = 64;

export interface Saturation {
  /** The first query's shares of its keys, [KEYS]. */
  shares: number[];
  /** Standard deviation of the scores. */
  spread: number;
  /** Mean entropy of the shares, nats: ln KEYS where nothing is preferred, 0 where one key has everything. */
  entropy: number;
  /** Mean slope of the softmax: how much the shares would answer to a change of the scores. */
  slope: number;
}

/**
 * @param width D: numbers in a query and in a key, each drawn from a normal distribution around 0 with deviation 1
 * @param divided Whether scores are divided by √D
 */
export function saturation(width: number, divided: boolean, seed = 1): Saturation {
  const scale = divided ? 1 / Math.sqrt(width) : 1;
  const rows: number[][] = [];
  for (let i = 0; i < QUERIES; i++) {
    // D products of spread 1 each add up to a spread of √D; divided by √D it is 1 again, whatever D is.
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
