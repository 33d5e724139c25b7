/** Which words of a text have to look back, and how much each head does so: pure numbers, no model. */
import {type TaleLinkName, taleLinks} from '../../data/tiny-tales/links.js';
import type {Link} from '../../math/attention-patterns.js';
import {argMax} from '../../math/largest.js';

/** The attention of every head on a text. */
export interface AllHeads {
  tokens: readonly string[];
  /** H, in each layer. */
  heads: number;
  /** One `[H, T, T]` a layer. */
  weights: readonly Float32Array[];
}

/** What a word may refer to: one earlier token. */
export interface Mention {
  key: number;
  /** Tokens between the place that looks and this one: 0 where it is the same. */
  distance: number;
  /** What the best head spends on it. */
  share: number;
}

export interface LookBack {
  /** Why it has to look back; absent where the page said that it has to. */
  kind?: TaleLinkName;
  /** The token before the word: the model guesses the word while it reads this one. */
  query: number;
  /** query + 1. */
  word: number;
  mentions: readonly Mention[];
  /** Of `mentions`, the one that the best head looks at most. */
  main: Mention;
  /** A head each, layer after layer: its share on all mentions together. */
  shares: readonly number[];
  /** Index into `shares`: the head that looks there most. */
  best: number;
  /** The share that a head has there which looks at all tokens so far alike. */
  even: number;
}

/**
 * Every word that has to look back, from left to right.
 * @param given Links of the page's own; default: those that a tale of tiny-tales has.
 * @throws {RangeError} where a given link leaves the text, or does not look back.
 */
export function lookBacks(all: AllHeads, given?: readonly Link[]): LookBack[] {
  const {tokens} = all;
  for (const link of given ?? []) check(link, tokens.length);
  const links: readonly (Link & {kind?: TaleLinkName})[] =
    given ??
    Object.entries(taleLinks(tokens)).flatMap(([kind, some]) =>
      some.map((link) => ({...link, kind: kind as TaleLinkName})),
    );
  return links.map((link) => measure(all, link)).sort((a, b) => a.word - b.word);
}

function measure({tokens, heads, weights}: AllHeads, {query, keys, kind}: Link & {kind?: TaleLinkName}) {
  const T = tokens.length;
  /** The row of the place that looks, in one head. */
  const row = (head: number): Float32Array => {
    const start = ((head % heads) * T + query) * T;
    return weights[Math.floor(head / heads)]!.subarray(start, start + T);
  };
  const shares = Array.from({length: heads * weights.length}, (_, head) =>
    keys.reduce((sum, key) => sum + row(head)[key]!, 0),
  );
  const best = argMax(shares);
  const mentions = keys.map((key) => ({key, distance: query - key, share: row(best)[key]!}));
  const main = mentions.reduce((a, b) => (b.share > a.share ? b : a));
  return {kind, query, word: query + 1, mentions, main, shares, best, even: keys.length / (query + 1)};
}

function check({query, keys}: Link, size: number): void {
  const isThere = (index: number): boolean => Number.isInteger(index) && index >= 0 && index < size;
  if (
    !isThere(query + 1) ||
    !isThere(query) ||
    !keys.length ||
    keys.some((key) => !isThere(key) || key > query)
  )
    throw new RangeError(
      `A link leads from a token back to earlier ones: {query: ${query}, keys: [${keys.join(', ')}]} does not, among ${size} tokens.`,
    );
}

/** The one to begin with: far back, and looked at. */
export function mostTelling(all: readonly LookBack[]): LookBack | undefined {
  const telling = ({main, shares, best}: LookBack): number => main.distance * shares[best]!;
  return all.length ? all.reduce((a, b) => (telling(b) > telling(a) ? b : a)) : undefined;
}

/**
 * Weights handed over by the page: `weights[layer][head][query][key]`.
 * @throws {Error} with a sentence, where they are no attention of every head on these tokens.
 */
export function headsFrom(
  given: readonly (readonly (readonly ArrayLike<number>[])[])[],
  tokens: readonly string[],
): AllHeads {
  const T = tokens.length;
  const heads = given[0]?.length ?? 0;
  const fits = given.every(
    (layer) =>
      layer.length === heads &&
      layer.every((head) => head.length === T && head.every((row) => row.length === T)),
  );
  if (!T || !heads || !fits)
    throw new Error(
      `“weights” must be layers of heads of rows: [L, H, T, T], with the same number of heads in each layer and one row for each of the ${T} “tokens”.`,
    );
  const weights = given.map((layer) =>
    Float32Array.from(layer.flatMap((head) => head.flatMap((row) => Array.from(row)))),
  );
  for (const layer of weights)
    for (const weight of layer)
      if (!(weight >= 0 && weight <= 1 + 1e-4))
        throw new Error(`“weights” holds ${weight}, but attention weights lie between 0 and 1.`);
  return {tokens, heads, weights};
}
