/**
 * Scores for typical attention patterns: how much of its attention a head gives to a kind of token.
 *
 * A score is the mean over some queries of the summed attention weights on certain keys:
 *
 *     score = 1/|Q| · Σ_{i ∈ Q} Σ_{j ∈ keys(i)} A[i, j]         between 0 and 1
 *
 * | pattern   | queries                                    | keys(i)                                      |
 * |-----------|--------------------------------------------|----------------------------------------------|
 * | previous  | i ≥ 2                                      | i − 1                                        |
 * | first     | i ≥ 2                                      | 0                                            |
 * | self      | i ≥ 1                                      | i                                            |
 * | duplicate | tokens that occurred before                | their earlier occurrences                    |
 * | induction | tokens that occurred before                | the tokens after their earlier occurrences   |
 *
 * Previous, first and self leave out the queries at which two of them are the same token. `chance` is the score of a head with even
 * attention weights, to compare with.
 *
 * Source: Olsson et al., “In-context Learning and Induction Heads” (2022), https://arxiv.org/abs/2209.11895: the induction
 * score is their prefix-matching score, which they measure on random tokens repeated; the previous-token score is theirs
 * too. On a text of words the numbers are lower, since a word repeats with another word after it.
 */
import {entropy} from './stats.js';

export interface PatternScore {
  /** Mean attention on the keys of the pattern: 0 … 1. */
  score: number;
  /** The score of a head with even attention weights. */
  chance: number;
  /** Number of queries. */
  queries: number;
}

/** A query, and the keys that it is expected to attend to, as indices into the sequence. */
export interface Link {
  query: number;
  keys: readonly number[];
}

export const PATTERN_NAMES = ['previous', 'first', 'self', 'duplicate', 'induction'] as const;
export type PatternName = (typeof PATTERN_NAMES)[number];

/** The scores of a head on one sequence. A pattern without a query in the sequence is absent. */
export interface AttentionPatterns<Name extends string = PatternName> {
  scores: Partial<Record<Name, PatternScore>>;
  /** Mean entropy of the rows from the second on, in nats: 0 where each attends to one token only. */
  entropy: number;
  /** Mean of each row's entropy divided by that of even weights, ln(number of visible tokens): 0 … 1. */
  evenness: number;
}

export interface PatternOptions {
  /** Whether a token attends only to itself and the tokens before it. Default: true. */
  causal?: boolean;
}

/**
 * Returns the pattern scores of one head on one sequence.
 * @param probs attention weights [T, T], row by row: `probs[i * T + j]` is the weight of key j for query i; rows sum to 1
 * @param ids T token ids (or anything that is equal where the tokens are equal)
 * @throws {RangeError} where `probs` does not hold T · T numbers.
 */
export function attentionPatterns(
  probs: Float32Array,
  ids: ArrayLike<number | string>,
  options: PatternOptions = {},
): AttentionPatterns {
  return finish(patternSteps(probs, ids.length, patternLinks(ids), options));
}

/**
 * Returns the scores of any patterns. Yields often, so that the caller can yield to the event loop during a long sequence.
 * @param probs attention weights [T, T], row by row
 * @param size T
 * @param patterns the links of each pattern
 * @throws {RangeError} as `linkScore`.
 */
export function* patternSteps<Name extends string>(
  probs: Float32Array,
  size: number,
  patterns: Readonly<Record<Name, readonly Link[]>>,
  {causal = true}: PatternOptions = {},
): Generator<void, AttentionPatterns<Name>> {
  const scores: Partial<Record<Name, PatternScore>> = {};
  for (const name of Object.keys(patterns) as Name[]) {
    const score = yield* linkScoreSteps(probs, size, patterns[name], causal);
    if (score) scores[name] = score;
  }
  let [nats, shares] = [0, 0];
  for (let row = 1; row < size; row++) {
    const seen = visible(row, size, causal);
    const spread = entropy(probs.subarray(row * size, row * size + seen));
    nats += spread;
    shares += spread / Math.log(seen);
    yield;
  }
  const rows = size - 1;
  return {scores, entropy: rows > 0 ? nats / rows : 0, evenness: rows > 0 ? shares / rows : 1};
}

/**
 * Returns the score of any links, e.g. from pronouns to names: the formula above. Undefined where no link has a key.
 * @param probs attention weights [T, T], row by row
 * @param size T
 * @throws {RangeError} where `probs` does not hold T · T numbers, or a link leaves the sequence.
 */
export function linkScore(
  probs: Float32Array,
  size: number,
  links: readonly Link[],
  {causal = true}: PatternOptions = {},
): PatternScore | undefined {
  return finish(linkScoreSteps(probs, size, links, causal));
}

function* linkScoreSteps(
  probs: Float32Array,
  size: number,
  links: readonly Link[],
  causal: boolean,
): Generator<void, PatternScore | undefined> {
  if (probs.length !== size * size)
    throw new RangeError(
      `${size} tokens have ${size} × ${size} = ${size * size} weights, but there are ${probs.length}.`,
    );
  let [score, chance, queries] = [0, 0, 0];
  for (const {query, keys} of links) {
    if (keys.length === 0) continue;
    const seen = visible(query, size, causal);
    for (const index of [query, ...keys])
      if (!Number.isInteger(index) || index < 0 || index >= size)
        throw new RangeError(`There is no token ${index}: the sequence has ${size}.`);
    for (const key of keys) score += probs[query * size + key]!;
    chance += keys.filter((key) => key < seen).length / seen;
    queries++;
    yield;
  }
  return queries ? {score: score / queries, chance: chance / queries, queries} : undefined;
}

/** Runs a generator to its end and returns its result. */
function finish<Result>(steps: Generator<void, Result>): Result {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** Returns the links of each pattern in a sequence. */
export function patternLinks(ids: ArrayLike<number | string>): Record<PatternName, Link[]> {
  const links: Record<PatternName, Link[]> = {
    previous: [],
    first: [],
    self: [],
    duplicate: [],
    induction: [],
  };
  const earlier = new Map<number | string, number[]>();
  for (let query = 0; query < ids.length; query++) {
    if (query >= 1) links.self.push({query, keys: [query]});
    if (query >= 2) {
      links.previous.push({query, keys: [query - 1]});
      links.first.push({query, keys: [0]});
    }
    const same = earlier.get(ids[query]!) ?? [];
    if (same.length) {
      links.duplicate.push({query, keys: [...same]});
      // Directly after its last occurrence, a token would attend to itself: that is another pattern.
      const followers = same.map((key) => key + 1).filter((key) => key < query);
      if (followers.length) links.induction.push({query, keys: followers});
    }
    earlier.set(ids[query]!, [...same, query]);
  }
  return links;
}

/** Returns the scores of one head on several sequences as one score, weighted by their queries. */
export function poolScores(scores: readonly (PatternScore | undefined)[]): PatternScore | undefined {
  const some = scores.filter((score) => score !== undefined);
  const queries = some.reduce((sum, score) => sum + score.queries, 0);
  if (!queries) return undefined;
  const weighted = (of: 'score' | 'chance') =>
    some.reduce((sum, score) => sum + score[of] * score.queries, 0) / queries;
  return {score: weighted('score'), chance: weighted('chance'), queries};
}

/** Returns how far a score is above chance, as a share of the possible: 1 for all attention, 0 for even attention weights. */
export function aboveChance({score, chance}: PatternScore): number {
  return chance < 1 ? (score - chance) / (1 - chance) : 0;
}

/** A head is named after a pattern only where its score is at least this. */
export const NAMED_FROM = 0.4;

/** Returns the pattern furthest above chance among those with a score of at least `NAMED_FROM`; undefined where there is none. */
export function strongestPattern<Name extends string>({
  scores,
}: AttentionPatterns<Name>): ({name: Name} & PatternScore) | undefined {
  return (Object.entries(scores) as [Name, PatternScore][])
    .map(([name, score]) => ({name, ...score}))
    .filter(({score}) => score >= NAMED_FROM)
    .sort((a, b) => aboveChance(b) - aboveChance(a))[0];
}

/** Returns the number of tokens that a query attends to. */
const visible = (query: number, size: number, causal: boolean): number => (causal ? query + 1 : size);
