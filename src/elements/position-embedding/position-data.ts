/** What the three views show, as the model computed it or the page handed it over. */
import type {TableInput} from '../../ui/model/embedding-table.js';
import {tableFrom} from '../../ui/model/embedding-table.js';

/** Rows of tokens, of positions, and their sum: each `[T, C]`. */
export interface SumData {
  tokens: readonly string[];
  width: number;
  token: Float32Array;
  position: Float32Array;
  sum: Float32Array;
  step?: number;
}

/** The position table, `[T, C]`. */
export interface PositionsData {
  length: number;
  width: number;
  learned: Float32Array;
  /** Rows of the whole table: more than `length` where only the first are shown. */
  contextLength: number;
  step?: number;
}

/** What a model makes of one text: at its last position. */
export interface Outcome {
  tokens: readonly string[];
  ids: readonly number[];
  /** `[V]`: how likely each token is to come next. */
  probs: Float32Array;
  /** The residual stream `[C]` as it enters the first block, and after each block. */
  streams: readonly Float32Array[];
}

/** Two texts, each read with positions and without. */
export interface OrderData {
  texts: readonly [string, string];
  with: readonly [Outcome, Outcome];
  without: readonly [Outcome, Outcome];
  /** A token of the vocabulary as text. */
  label: (id: number) => string;
  step?: number;
}

/** More tokens than this make rows that nobody compares. */
export const MOST_TOKENS = 24;

/**
 * Vectors handed over by the page, checked.
 * @throws {Error} with a sentence, where the numbers make no tables of the same shape
 */
export function sumFrom(
  tokenVectors: TableInput | undefined,
  positionVectors: TableInput,
  tokens: readonly string[],
): SumData {
  const position = tableFrom(positionVectors, tokens);
  const token = tokenVectors && tableFrom(tokenVectors, tokens);
  if (token && (token.width !== position.width || token.ids.length !== position.ids.length))
    throw new Error('“tokenVectors” and “positionVectors” must have as many rows and as many numbers a row.');
  const zeros = new Float32Array(position.values.length);
  const values = token?.values ?? zeros;
  return {
    tokens: position.tokens,
    width: position.width,
    token: values,
    position: position.values,
    sum: position.values.map((value, i) => value + values[i]!),
  };
}

/** Why the two texts could differ without any thought of order; undefined where order is their only difference. */
export function unfair({with: [a, b]}: OrderData): 'tokens' | 'last' | 'same' | undefined {
  if (`${a.ids}` === `${b.ids}`) return 'same';
  const sorted = ({ids}: Outcome) => `${[...ids].sort((x, y) => x - y)}`;
  if (sorted(a) !== sorted(b)) return 'tokens';
  return a.ids.at(-1) === b.ids.at(-1) ? undefined : 'last';
}
