/** What each head does on the text at hand, in numbers: patterns with a name, entropy, the strongest link. */
import {
  type AttentionPatterns,
  aboveChance,
  attentionPatterns,
  type PatternName,
  type PatternScore,
  strongestPattern,
} from '../../math/attention-patterns.js';
import {type AttentionData, headMatrix} from './attention-data.js';

export interface HeadPattern extends AttentionPatterns {
  /** The pattern that describes the head best, where it has or leans to one: a habit from `NAMED_FROM` on. */
  leaning?: {name: PatternName} & PatternScore;
  /** The largest weight on another token. */
  strongest?: {query: number; key: number; weight: number};
}

/** A head is scored once for each answer of the model, however often it is pointed at. */
const scored = new WeakMap<AttentionData, Map<number, HeadPattern>>();

/** Absent while the layer's weights are not there. */
export function headPattern(data: AttentionData, layer: number, head: number): HeadPattern | undefined {
  const weights = data.weights[layer];
  if (!weights) return undefined;
  let heads = scored.get(data);
  if (!heads) scored.set(data, (heads = new Map()));
  const index = layer * data.heads + head;
  let pattern = heads.get(index);
  if (!pattern) {
    pattern = score(headMatrix(weights, head, data.tokens.length), data);
    heads.set(index, pattern);
  }
  return pattern;
}

function score(matrix: Float32Array, {tokens, causal}: AttentionData): HeadPattern {
  const patterns = attentionPatterns(matrix, tokens, {causal});
  return {...patterns, leaning: leaning(patterns), strongest: strongestLink(matrix, tokens.length, causal)};
}

/** Fewer rows than this show a pattern by chance: one repeated token is no induction head. */
const ENOUGH_QUERIES = 2;
/** A head that spends less on a pattern does not even lean to it. */
const LEANING_FROM = 0.3;

function leaning(patterns: AttentionPatterns): HeadPattern['leaning'] {
  const shown = entries(patterns).filter(
    ([, {queries, score, chance}]) =>
      queries >= ENOUGH_QUERIES && score >= LEANING_FROM && score > 1.5 * chance,
  );
  const scores = Object.fromEntries(shown);
  const named = strongestPattern({...patterns, scores});
  if (named) return named;
  const [best] = shown.sort(([, a], [, b]) => aboveChance(b) - aboveChance(a));
  return best && {name: best[0], ...best[1]};
}

const entries = ({scores}: AttentionPatterns) => Object.entries(scores) as [PatternName, PatternScore][];

function strongestLink(matrix: Float32Array, size: number, causal: boolean): HeadPattern['strongest'] {
  let strongest: HeadPattern['strongest'];
  for (let query = 0; query < size; query++)
    for (let key = 0; key < (causal ? query : size); key++) {
      const weight = matrix[query * size + key]!;
      if (key !== query && weight > (strongest?.weight ?? 0)) strongest = {query, key, weight};
    }
  return strongest;
}

/** Scoring all heads of more weights than this would be felt. */
const MOST_WEIGHTS = 2e6;

export const scoresAllHeads = ({weights, heads, tokens}: AttentionData): boolean =>
  weights.length * heads * tokens.length ** 2 <= MOST_WEIGHTS;

/** Patterns that say something of the text; a head that looks at itself or the beginning says little. */
const TELLING: readonly PatternName[] = ['induction', 'duplicate', 'previous'];
/** Below this evenness a head visibly prefers some tokens to others. */
const CLEAR = 0.8;

/** The head to begin with: one with a telling pattern; else with any; else the one that picks its tokens most clearly. */
export function tellingHead(data: AttentionData): {layer: number; head: number} | undefined {
  if (!scoresAllHeads(data)) return undefined;
  const all = data.weights.flatMap((_, layer) =>
    Array.from({length: data.heads}, (_, head) => ({layer, head, pattern: headPattern(data, layer, head)})),
  );
  const rank = ({pattern}: (typeof all)[number]): number => {
    if (!pattern) return -1;
    const {leaning, evenness} = pattern;
    if (leaning) return aboveChance(leaning) + (TELLING.includes(leaning.name) ? 2 : 1);
    return evenness < CLEAR ? 1 - evenness : -1;
  };
  const best = all.toSorted((a, b) => rank(b) - rank(a))[0];
  return best && rank(best) >= 0 ? {layer: best.layer, head: best.head} : undefined;
}
