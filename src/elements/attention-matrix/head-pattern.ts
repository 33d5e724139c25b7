import {entropy, mean} from '../../math/stats.js';
import {type AttentionData, headMatrix} from './attention-data.js';

/** What a head does on a text, in numbers. */
export interface HeadPattern {
  /** Mean weight on the token before, on the first token, on the token itself. Rows where these are one and the same are left out. */
  previous: number;
  first: number;
  self: number;
  /** Mean entropy as a share of what an even spread would have: 1 is even, 0 is one token only. */
  evenness: number;
  /** The largest weight on another token. */
  strongest?: {query: number; key: number; weight: number};
}

/** @param weights `[T, T]`, rows summing to 1. */
export function headPattern(weights: Float32Array, size: number, causal: boolean): HeadPattern {
  const at = (query: number, key: number): number => weights[query * size + key]!;
  const queries = Array.from({length: size}, (_, query) => query);
  const later = queries.slice(1);
  const furtherOn = queries.slice(2);
  let strongest: HeadPattern['strongest'];
  for (const query of causal ? later : queries)
    for (let key = 0; key < (causal ? query : size); key++)
      if (key !== query && at(query, key) > (strongest?.weight ?? 0))
        strongest = {query, key, weight: at(query, key)};
  return {
    previous: mean(furtherOn.map((query) => at(query, query - 1))),
    first: mean(furtherOn.map((query) => at(query, 0))),
    self: mean(later.map((query) => at(query, query))),
    evenness: mean(
      later.map((query) => {
        const reach = causal ? query + 1 : size;
        return entropy(weights.subarray(query * size, query * size + reach)) / Math.log(reach);
      }),
    ),
    strongest,
  };
}

/** Below this evenness a head visibly prefers some tokens to others. */
const CLEAR = 0.8;

/** The head that spreads its attention least evenly, if any picks its tokens clearly. */
export function clearHead(data: AttentionData): {layer: number; head: number} | undefined {
  const size = data.tokens.length;
  let clearest: {layer: number; head: number; evenness: number} | undefined;
  for (const [layer, weights] of data.weights.entries())
    for (let head = 0; weights && head < data.heads; head++) {
      const {evenness} = headPattern(headMatrix(weights, head, size), size, data.causal);
      if (evenness < (clearest?.evenness ?? CLEAR)) clearest = {layer, head, evenness};
    }
  return clearest && {layer: clearest.layer, head: clearest.head};
}
