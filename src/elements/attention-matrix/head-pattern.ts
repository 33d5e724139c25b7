/** What a head does on the text at hand, in numbers: patterns with a name, entropy, the strongest link. */
import {TALE_LINK_NAMES, type TaleLinkName, taleLinks} from '../../data/tiny-tales/links.js';
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
} from '../../math/attention-patterns.js';

/** Patterns that any text can show, and those of a tale: what settles a pronoun, a name, the thing that is named again. */
export type HabitName = PatternName | TaleLinkName;
type Patterns = AttentionPatterns<HabitName>;

export interface HeadPattern extends Patterns {
  /** The pattern that describes the head best, where it has or leans to one: a habit from `NAMED_FROM` on. */
  leaning?: {name: HabitName} & PatternScore;
}

/** Which tokens of a text can show each pattern, and where they would look. */
export const habitLinks = (tokens: readonly string[]): Record<HabitName, Link[]> => ({
  ...patternLinks(tokens),
  ...taleLinks(tokens),
});

/** Scores a head's matrix `[T, T]` in small steps. */
export function* headPatternSteps(
  matrix: Float32Array,
  size: number,
  links: Record<HabitName, Link[]>,
  causal: boolean,
): Generator<void, HeadPattern> {
  const patterns = yield* patternSteps(matrix, size, links, {causal});
  return {...patterns, leaning: leaning(patterns)};
}

/** Fewer rows than this show a pattern by chance: one repeated token is no induction head. */
const ENOUGH_QUERIES = 2;
/** A short tale has one place where a word has to look back: it names a head that looks there as clearly as this. */
const ONCE_FROM = 0.7;
/** A head that spends less on a pattern does not even lean to it. */
const LEANING_FROM = 0.3;

function leaning(patterns: Patterns): HeadPattern['leaning'] {
  const entries = Object.entries(patterns.scores) as [HabitName, PatternScore][];
  const shown = entries.filter(
    ([, {queries, score, chance}]) =>
      queries >= ENOUGH_QUERIES && score >= LEANING_FROM && score > 1.5 * chance,
  );
  const once = entries.filter(
    ([name, {score}]) => (TALE_LINK_NAMES as readonly string[]).includes(name) && score >= ONCE_FROM,
  );
  const strongest = (some: typeof entries) =>
    strongestPattern({...patterns, scores: Object.fromEntries(some) as Patterns['scores']});
  const named = strongest(shown) ?? strongest(once);
  if (named) return named;
  const [best] = shown.sort(([, a], [, b]) => aboveChance(b) - aboveChance(a));
  return best && {name: best[0], ...best[1]};
}

/** The largest weight on another token. */
export function strongestLink(
  matrix: Float32Array,
  size: number,
  causal: boolean,
): {query: number; key: number; weight: number} | undefined {
  let [place, largest] = [-1, 0];
  for (let query = 0; query < size; query++)
    for (let key = 0; key < (causal ? query : size); key++) {
      const weight = matrix[query * size + key]!;
      if (weight > largest && key !== query) [place, largest] = [query * size + key, weight];
    }
  return place < 0 ? undefined : {query: Math.floor(place / size), key: place % size, weight: largest};
}

/** How much a habit tells of the text: a head that looks at itself or at the beginning tells nothing. */
const TELLING: Record<HabitName, 0 | 1 | 2> = {
  thing: 2,
  pronoun: 2,
  name: 2,
  induction: 2,
  duplicate: 2,
  previous: 1,
  first: 0,
  self: 0,
};
/** Below this evenness a head visibly prefers some tokens to others. */
const CLEAR = 0.8;

/**
 * How good a beginning a head is: from 5 on it has a habit that tells something of the text, from 3 on it leans to one, from 1 on it
 * has another, above 0 it at least picks its tokens; −1 where there is nothing to see.
 */
export function tellingRank({leaning, evenness}: HeadPattern): number {
  if (!leaning) return evenness < CLEAR ? 1 - evenness : -1;
  const telling = TELLING[leaning.name];
  const isHabit = leaning.score >= NAMED_FROM;
  const tier = telling ? 2 + telling + (isHabit ? 2 : 0) : isHabit ? 2 : 1;
  return tier + aboveChance(leaning);
}
