/** What the three views show, computed by the model or given by the page. */
import {type TableInput, tableFrom} from '../../ui/model/embedding-table.js';

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

/** What a model computes at the last token of a text. */
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
  with: readonly [Outcome, Outcome];
  without: readonly [Outcome, Outcome];
  /** A token of the vocabulary as text. */
  label: (id: number) => string;
  step?: number;
}

export type PositionView = 'sum' | 'positions' | 'order';

/** The data of each view that has been shown so far. */
export interface PositionAnswers {
  sum?: SumData;
  positions?: PositionsData;
  order?: OrderData;
}

/**
 * Checks the vectors that the page has given, and adds them.
 * @throws {Error} with a sentence for the reader, if they are not two tables of the same shape
 */
export function answersFrom(
  tokenVectors: TableInput | undefined,
  positionVectors: TableInput,
  tokens: readonly string[],
): PositionAnswers {
  const position = tableFrom(positionVectors, tokens);
  const token = tokenVectors && tableFrom(tokenVectors, tokens);
  if (token && (token.width !== position.width || token.ids.length !== position.ids.length))
    throw new Error('“tokenVectors” and “positionVectors” must have as many rows and as many numbers a row.');
  const {width, values} = position;
  const length = position.ids.length;
  return {
    positions: {length, contextLength: length, width, learned: values},
    sum: token && {
      tokens: position.tokens,
      width,
      token: token.values,
      position: values,
      sum: values.map((value, i) => value + token.values[i]!),
    },
  };
}

/** Why the two texts differ for other reasons than their order; undefined if only their order differs. */
export function unfair({with: [a, b]}: OrderData): 'tokens' | 'last' | 'same' | undefined {
  if (`${a.ids}` === `${b.ids}`) return 'same';
  const sorted = ({ids}: Outcome) => `${[...ids].sort((x, y) => x - y)}`;
  if (sorted(a) !== sorted(b)) return 'tokens';
  return a.ids.at(-1) === b.ids.at(-1) ? undefined : 'last';
}
