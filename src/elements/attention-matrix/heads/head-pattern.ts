/** What a head does on a text, in numbers: named patterns, entropy, the strongest link. */
import {TALE_LINK_NAMES, type TaleLinkName, taleLinks} from '../../../data/tiny-tales/links.js';
import {
  type AttentionPatterns,
  aboveChance,
  type Link,
  NAMED_FROM,
  type PatternName,
  type PatternScore,
  patternLinks,
  patternSteps,
  strongestPattern,
} from '../../../math/attention-patterns.js';

/** Patterns of any text, and those of a tale: looking back for a pronoun, a name, or a repeated thing. */
export type HeadPatternName = PatternName | TaleLinkName;
type Patterns = AttentionPatterns<HeadPatternName>;

export interface HeadPattern extends Patterns {
  /** The pattern that describes the head best; undefined if none is strong enough. Below `NAMED_FROM` it is only a tendency. */
  strongest?: {name: HeadPatternName} & PatternScore;
}

/** Returns, for each pattern, the tokens of a text that can show it, and where they would look. */
export const headPatternLinks = (tokens: readonly string[]): Record<HeadPatternName, Link[]> => ({
  ...patternLinks(tokens),
  ...taleLinks(tokens),
});

/** Scores a head's matrix `[T, T]` in small steps. */
export function* headPatternSteps(
  matrix: Float32Array,
  size: number,
  links: Record<HeadPatternName, Link[]>,
  causal: boolean,
): Generator<void, HeadPattern> {
  const patterns = yield* patternSteps(matrix, size, links, {causal});
  return {...patterns, strongest: strongestOf(patterns)};
}

/** With fewer rows, a pattern may be chance: one repeated token makes no induction head. */
const MIN_QUERIES = 2;
/** In a short tale a token may have to look back only once: from this score on, once is enough. */
const ONCE_FROM = 0.7;
/** Below this score a pattern is not even a tendency. */
const TENDENCY_FROM = 0.3;

function strongestOf(patterns: Patterns): HeadPattern['strongest'] {
  const entries = Object.entries(patterns.scores) as [HeadPatternName, PatternScore][];
  const shown = entries.filter(
    ([, {queries, score, chance}]) =>
      queries >= MIN_QUERIES && score >= TENDENCY_FROM && score > 1.5 * chance,
  );
  const once = entries.filter(
    ([name, {score}]) => (TALE_LINK_NAMES as readonly string[]).includes(name) && score >= ONCE_FROM,
  );
  const strongestAmong = (some: typeof entries) =>
    strongestPattern({...patterns, scores: Object.fromEntries(some) as Patterns['scores']});
  const named = strongestAmong(shown) ?? strongestAmong(once);
  if (named) return named;
  const [best] = shown.sort(([, a], [, b]) => aboveChance(b) - aboveChance(a));
  return best && {name: best[0], ...best[1]};
}

/** Returns the largest weight on another token; undefined if there is none. */
export function strongestLink(
  matrix: Float32Array,
  size: number,
  causal: boolean,
): {query: number; key: number; weight: number} | undefined {
  let [index, largest] = [-1, 0];
  for (let query = 0; query < size; query++)
    for (let key = 0; key < (causal ? query : size); key++) {
      const weight = matrix[query * size + key]!;
      if (weight > largest && key !== query) [index, largest] = [query * size + key, weight];
    }
  return index < 0 ? undefined : {query: Math.floor(index / size), key: index % size, weight: largest};
}

/** How much a pattern says about the text: nothing, if the head looks at itself or at the first token. */
const TELLING: Record<HeadPatternName, 0 | 1 | 2> = {
  thing: 2,
  pronoun: 2,
  name: 2,
  induction: 2,
  duplicate: 2,
  previous: 1,
  first: 0,
  self: 0,
};
/** Below this evenness a head visibly prefers some tokens. */
const CLEAR = 0.8;

/**
 * Rates how much a head shows at first sight: from 5 on it follows a pattern that says something about the text, from 3 on it
 * tends to one, from 1 on it follows another pattern, above 0 it prefers some tokens; −1 if there is nothing to see.
 */
export function tellingRank({strongest, evenness}: HeadPattern): number {
  if (!strongest) return evenness < CLEAR ? 1 - evenness : -1;
  const telling = TELLING[strongest.name];
  const isNamed = strongest.score >= NAMED_FROM;
  const tier = telling ? 2 + telling + (isNamed ? 2 : 0) : isNamed ? 2 : 1;
  return tier + aboveChance(strongest);
}
