/**
 * Typical attention patterns, as numbers: how much of its attention a head spends on a kind of token.
 *
 * Every score is the mean, over the tokens that ask (queries), of the sum of the weights on the tokens looked for (keys):
 *
 *     score = 1/|Q| · Σ_{i ∈ Q} Σ_{j ∈ keys(i)} A[i, j]         between 0 and 1
 *
 * | pattern   | queries                                    | keys(i)                                      |
 * |-----------|--------------------------------------------|----------------------------------------------|
 * | previous  | i ≥ 2                                      | i − 1                                        |
 * | first     | i ≥ 2                                      | 0                                            |
 * | self      | i ≥ 1                                      | i                                            |
 * | duplicate | tokens that came before                    | their earlier occurrences                    |
 * | induction | tokens that came before                    | what followed their earlier occurrences      |
 *
 * Previous, first and self leave out the queries at which two of them are the same token. A score says little without
 * what a head that looks everywhere alike would have: that is `chance`.
 *
 * Source: Olsson et al., “In-context Learning and Induction Heads” (2022), https://arxiv.org/abs/2209.11895: the induction
 * score is their prefix-matching score, which they measure on random tokens repeated; the previous-token score is theirs
 * too. On a text of words the numbers are lower, since a word repeats with another word after it.
 */
import {entropy} from './stats.js';

export interface PatternScore {
  /** Mean attention on the tokens looked for: 0 … 1. */
  score: number;
  /** The same of a head that looks at all tokens it may see alike. */
  chance: number;
  /** How many tokens asked. */
  queries: number;
}

/** One token that asks, and the tokens it is expected to look at. Indices into the sequence. */
export interface Link {
  query: number;
  keys: readonly number[];
}

export const PATTERN_NAMES = ['previous', 'first', 'self', 'duplicate', 'induction'] as const;
export type PatternName = (typeof PATTERN_NAMES)[number];

/** What a head does on one sequence. A pattern for which the sequence has no token that could show it is absent. */
export interface AttentionPatterns<Name extends string = PatternName> {
  scores: Partial<Record<Name, PatternScore>>;
  /** Mean entropy of the rows from the second on, in nats: 0 where each looks at one token only. */
  entropy: number;
  /** Mean of each row's entropy as a share of an even spread's, ln(tokens it may see): 0 … 1. */
  evenness: number;
}

export interface PatternOptions {
  /** Whether a token sees itself and those before it only. Default: true. */
  causal?: boolean;
}

/**
 * Scores one head on one sequence.
 * @param probs Attention weights `[T, T]`, row by row: `probs[i * T + j]` is how much query i looks at key j. Rows sum to 1.
 * @param ids T token ids (or anything that is equal where the tokens are): which tokens are repeated.
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
 * The same in small steps, so that a page need not stand still while a long sequence is scored; and for patterns of any kind.
 * @param probs Attention weights `[T, T]`, row by row. @param size T. @param patterns The links of each.
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
 * How much attention goes where it is looked for: the formula above, for links of any kind, such as from pronouns to names.
 * Absent where there is no link with a key.
 * @param probs Attention weights `[T, T]`, row by row. @param size T.
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

/** Takes all steps at once. */
function finish<Result>(steps: Generator<void, Result>): Result {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** Which tokens show each pattern in a sequence, and where they would look. */
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
      // Straight after its last occurrence a token would look at itself: that is another pattern.
      const followers = same.map((key) => key + 1).filter((key) => key < query);
      if (followers.length) links.induction.push({query, keys: followers});
    }
    earlier.set(ids[query]!, [...same, query]);
  }
  return links;
}

/** The scores of the same head on several sequences as one: each query counts alike. */
export function poolScores(scores: readonly (PatternScore | undefined)[]): PatternScore | undefined {
  const some = scores.filter((score) => score !== undefined);
  const queries = some.reduce((sum, score) => sum + score.queries, 0);
  if (!queries) return undefined;
  const weighted = (of: 'score' | 'chance') =>
    some.reduce((sum, score) => sum + score[of] * score.queries, 0) / queries;
  return {score: weighted('score'), chance: weighted('chance'), queries};
}

/** How far a score lies above chance, as a share of what is possible: 1 is all there is, 0 is what an even spread has. */
export function aboveChance({score, chance}: PatternScore): number {
  return chance < 1 ? (score - chance) / (1 - chance) : 0;
}

/** Attention of which less than this goes one way has no habit that is worth a name. */
export const NAMED_FROM = 0.4;

/** The pattern that describes a head best: the one furthest above chance, where it takes at least `NAMED_FROM` of the attention. */
export function strongestPattern<Name extends string>({
  scores,
}: AttentionPatterns<Name>): ({name: Name} & PatternScore) | undefined {
  return (Object.entries(scores) as [Name, PatternScore][])
    .map(([name, score]) => ({name, ...score}))
    .filter(({score}) => score >= NAMED_FROM)
    .sort((a, b) => aboveChance(b) - aboveChance(a))[0];
}

/** How many tokens a query may look at. */
const visible = (query: number, size: number, causal: boolean): number => (causal ? query + 1 : size);
