/** How the next token is chosen from the model's scores. No tfjs: a pure function of numbers. */
import {
  checkSampling,
  LEAST_PROBABILITY,
  type SamplingOptions,
  scoresNotFinite,
} from '../math/sampling-options.js';

export {SamplingError, type SamplingOptions} from '../math/sampling-options.js';

export interface TokenProbability {
  id: number;
  probability: number;
}

// #region sampling
/**
 * Returns the eligible tokens with their probabilities, likeliest first (ties: lower id first).
 *
 * The order is that of Hugging Face's logits processors: temperature, then top-k, then top-p on what is left, renormalized.
 * Equal logits are treated as there, too: top-k keeps all that tie with the k-th, and top-p drops the lower ids of a tie first.
 * @param logits [V], one for each token of the vocabulary
 * @throws {SamplingError} on a setting outside its range, or logits that are not finite numbers
 */
export function candidates(logits: Float32Array, options: SamplingOptions = {}): TokenProbability[] {
  const {temperature, topK, topP} = checkSampling(options);
  if (!logits.every(Number.isFinite)) throw scoresNotFinite();
  const order = Array.from(logits.keys()).sort((a, b) => logits[b]! - logits[a]! || a - b);
  const highest = logits[order[0]!]!;
  if (temperature === 0) return [{id: order[0]!, probability: 1}];

  const kth = logits[order[Math.min(topK || order.length, order.length) - 1]!]!;
  const kept = order.filter((id) => logits[id]! >= kth);
  const weights = kept.map((id) => ({id, probability: Math.exp((logits[id]! - highest) / temperature)}));
  const list = normalize(weights).filter(({probability}) => probability >= LEAST_PROBABILITY);
  return topP < 1 ? normalize(nucleus(list, topP, logits)) : list;
}

/** Drops the least likely tokens as long as their probabilities add up to at most 1 − p; compared in float32, as PyTorch does. */
function nucleus(list: TokenProbability[], topP: number, logits: Float32Array): TokenProbability[] {
  const ascending = list.toSorted((a, b) => logits[a.id]! - logits[b.id]! || a.id - b.id);
  const dropped = new Set<TokenProbability>();
  let total = 0;
  for (const token of ascending.slice(0, -1)) {
    total += Math.fround(token.probability);
    if (Math.fround(total) > Math.fround(1 - topP)) break;
    dropped.add(token);
  }
  return list.filter((token) => !dropped.has(token));
}

function normalize(list: TokenProbability[]): TokenProbability[] {
  const total = list.reduce((sum, {probability}) => sum + probability, 0);
  return list.map(({id, probability}) => ({id, probability: probability / total}));
}

// #endregion

/** Draws one of the candidates. @param uniform a random number in [0, 1) */
export function choose(list: readonly TokenProbability[], uniform: number): TokenProbability {
  let rest = uniform;
  for (const candidate of list) {
    rest -= candidate.probability;
    if (rest < 0) return candidate;
  }
  return list.at(-1)!;
}
