import {type Attention, scaledAttention} from '../../math/attention.js';
import {nearestIndex} from '../../ui/base/chosen-index.js';
import {visibleToken} from '../../ui/base/format.js';
import type {AttentionLayer, HeadValues} from '../../ui/model/attention-layer.js';

/** A head, and what is computed from it here. */
export interface Shown {
  layer: AttentionLayer;
  head: HeadValues;
  attention: Attention;
  tokens: readonly string[];
  query: number;
  /** D: the numbers of a query. */
  width: number;
  /** Whether the division by √D is left out. */
  unscaled: boolean;
}

/** The word that a text is about rather than its last full stop. */
const IS_WORD = /\p{L}/u;

/** @param asking the token that asks, counted from 0; undefined: the last word */
export function shownOf(
  layer: AttentionLayer,
  head: HeadValues,
  asking: number | undefined,
  unscaled: boolean,
): Shown {
  const tokens = layer.tokens.map(visibleToken);
  const word = tokens.findLastIndex((token) => IS_WORD.test(token));
  return {
    layer,
    head,
    attention: scaledAttention(head.q, head.k, head.v, {causal: true, scale: unscaled ? 1 : undefined}),
    tokens,
    query: nearestIndex(asking ?? (word < 0 ? tokens.length - 1 : word), tokens.length),
    width: head.q[0]!.length,
    unscaled,
  };
}
