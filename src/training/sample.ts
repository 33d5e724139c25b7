/** How the next token is chosen from the model's scores. No tfjs: a pure function of numbers. */

export interface SamplingOptions {
  /** Divides the logits: below 1 sharpens, above 1 flattens, 0 always takes the likeliest (greedy). Default 1. */
  temperature?: number;
  /** Only the k likeliest are eligible. Default: all. */
  topK?: number;
  /** Only the likeliest whose probabilities add up to at least p are eligible (nucleus sampling). Default 1. */
  topP?: number;
}

export interface TokenProbability {
  id: number;
  probability: number;
}

// #region sampling
/**
 * The eligible tokens with their probabilities, likeliest first (ties: lower id first).
 * Order as in Hugging Face: temperature, then top-k, then top-p on what is left, renormalized.
 * @param logits [V], one for each token of the vocabulary
 */
export function candidates(
  logits: Float32Array,
  {temperature = 1, topK, topP = 1}: SamplingOptions = {},
): TokenProbability[] {
  const order = Array.from(logits.keys()).sort((a, b) => logits[b]! - logits[a]! || a - b);
  if (temperature === 0) return [{id: order[0]!, probability: 1}];
  const kept = topK && topK > 0 ? order.slice(0, topK) : order;
  const largest = logits[kept[0]!]!;
  const scores = kept.map((id) => Math.exp((logits[id]! - largest) / temperature));
  const list = normalize(kept.map((id, i) => ({id, probability: scores[i]!})));
  if (topP >= 1) return list;
  let total = 0;
  const nucleus = list.findIndex(({probability}) => (total += probability) >= topP);
  return normalize(nucleus < 0 ? list : list.slice(0, nucleus + 1));
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
