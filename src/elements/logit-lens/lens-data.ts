/** What `<logit-lens>` shows: what the model would predict if it ended at each point of the residual stream. */
import type {LiveModel} from '../../state/live-model.js';
import {tokenLabel} from '../../tokenizers/token-label.js';
import {meanLoss} from '../../ui/model/outcome.js';

export interface Guess {
  token: string;
  probability: number;
}

/** One point of the stream. */
export interface LensRow {
  /** In words: “block 1, attention”. */
  name: string;
  /** `[T][…]`: the likeliest next tokens after each token, likeliest first. */
  guesses: readonly (readonly Guess[])[];
  /** `[T − 1]`: the probability of the token that really follows. */
  actual: readonly number[];
}

export interface LensData {
  tokens: readonly string[];
  rows: readonly LensRow[];
  step?: number;
}

/** How many guesses are shown of a cell. */
const GUESSES = 6;

const nameOf = (at: string): string => {
  const [, layer, point] = /^h\.(\d+)\.(\w+)$/.exec(at) ?? [];
  if (layer === undefined) return 'embedding';
  return `block ${Number(layer) + 1}, ${point === 'resid_mid' ? 'attention' : 'MLP'}`;
};

export async function readLens(
  model: LiveModel,
  ids: readonly number[],
  signal: AbortSignal,
): Promise<LensData> {
  const targets = ids.slice(1);
  const readings = await model.lens({ids, count: GUESSES, targets, signal});
  const label = (id: number): string => tokenLabel(model.tokenizer!, id);
  return {
    tokens: ids.map(label),
    rows: readings.map((reading) => ({
      name: nameOf(reading.at),
      guesses: reading.likeliest.map((list) =>
        list.map(({id, probability}) => ({token: label(id), probability})),
      ),
      actual: targets.map((_, t) => reading.targets[t]![t]!),
    })),
    step: model.step,
  };
}

/** @throws {RangeError} where rows do not fit the tokens, with a sentence for the reader */
export function lensFrom(rows: readonly LensRow[], tokens: readonly string[]): LensData {
  for (const {name, guesses, actual} of rows)
    if (
      guesses.length !== tokens.length ||
      guesses.some((list) => list.length === 0) ||
      actual.length !== tokens.length - 1
    )
      throw new RangeError(
        `“${name}” needs a list of guesses for each of the ${tokens.length} tokens, and one number fewer in “actual”.`,
      );
  if (rows.length === 0 || tokens.length === 0) throw new RangeError('Give at least one row and one token.');
  return {tokens, rows};
}

/** The mean cross-entropy of a row, in nats per token; undefined for a text of one token. */
export const lossOf = ({actual}: LensRow): number | undefined => meanLoss(actual);

const bestAt = (row: LensRow, column: number): string => row.guesses[column]![0]!.token;

/** Returns the first row from which on the best guess after a token stays what it is at the end. */
export function settledAt({rows}: LensData, column: number): number {
  const final = bestAt(rows.at(-1)!, column);
  return rows.findLastIndex((row) => bestAt(row, column) !== final) + 1;
}

/** What becomes of the guess after a token in one row. */
export interface Cell {
  guess: string;
  /** Of the token that really follows; undefined after the last token. */
  probability: number | undefined;
  /** Whether the guess is the token that has just been read, and what follows is not in sight. */
  repeats: boolean;
  /** Whether the guess is what really follows. */
  isRight: boolean;
}

/** Cells below this probability are pale. */
const PALE = 0.05;

export function cellAt({tokens, rows}: LensData, r: number, column: number): Cell {
  const row = rows[r]!;
  const guess = bestAt(row, column);
  const probability = row.actual[column];
  return {
    guess,
    probability,
    repeats: guess === tokens[column] && (probability ?? 0) < PALE,
    isRight: guess === tokens[column + 1],
  };
}

/** Whether a row is the first after its kind of part. */
export const isFirst = ({rows}: LensData, r: number): boolean => {
  const kind = (index: number): string => rows[index]!.name.split(', ').at(-1)!;
  return rows.findIndex((_, index) => kind(index) === kind(r)) === r;
};

/** Whether nearly all guesses of a row repeat the token that has just been read. */
export const isRepeating = ({guesses}: LensRow, {tokens}: LensData): boolean =>
  guesses.filter((list, t) => list[0]!.token === tokens[t]).length > 0.6 * tokens.length;

/** Returns how many guesses of a row are what really follows, and stay so to the end. */
export const knownGuesses = (row: LensRow, {tokens, rows}: LensData): number =>
  tokens.filter((_, t) => rows.slice(rows.indexOf(row)).every((one) => bestAt(one, t) === tokens[t + 1]))
    .length;
