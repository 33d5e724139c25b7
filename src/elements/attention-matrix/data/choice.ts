/** The chosen head, and what is highlighted. */
import type {AttentionData} from './attention-data.js';

export interface HeadChoice {
  layer: number;
  head: number;
}

/** A highlighted query's row, key's column, or the cell of both. */
export interface Highlight {
  query?: number;
  key?: number;
}

/** Returns the head nearest to a wanted one that the data has. */
export function nearestHead({layer, head}: HeadChoice, {weights, heads}: AttentionData): HeadChoice {
  const within = (index: number, count: number) => Math.min(Math.max(0, index), count - 1);
  return {layer: within(layer, weights.length), head: within(head, heads)};
}

/** Returns what is highlighted, without what lies beyond the tokens. */
export function withinTokens({query, key}: Highlight, count: number): Highlight {
  const within = (index?: number) =>
    index !== undefined && index >= 0 && index < count ? Math.floor(index) : undefined;
  return {query: within(query), key: within(key)};
}
