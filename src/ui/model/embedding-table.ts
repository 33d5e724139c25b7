/** Rows of an embedding as views show them, from a model or from what the page hands over. */

/** `[V, C]`: nested arrays, or row by row in one typed array (then `tokens` says how many rows there are). */
export type TableInput = Float32Array | ArrayLike<number>[];

export interface EmbeddingTable {
  /** The token of each row shown. */
  ids: readonly number[];
  /** … as text, spaces as they are. */
  tokens: readonly string[];
  /** `[R, C]`, row by row. */
  values: Float32Array;
  /** C */
  width: number;
  /** V: rows of the whole table. R is smaller where only a part is shown. */
  vocabSize: number;
  /** The training step that the numbers are from; absent for given data. */
  step?: number;
}

/** The reader has chosen a token in a view of an embedding. */
export interface GptTokenChosenDetail {
  id: number;
  token: string;
}

export const rowOf = ({values, width}: EmbeddingTable, row: number): Float32Array =>
  values.subarray(row * width, (row + 1) * width);

/**
 * A table handed over by the page, checked.
 * @throws {Error} with a sentence, where the numbers make no table
 */
export function tableFrom(weights: TableInput, tokens: readonly string[] = []): EmbeddingTable {
  const flat = weights instanceof Float32Array;
  const rows = flat ? tokens.length : weights.length;
  const width = flat ? weights.length / rows : (weights[0]?.length ?? 0);
  if (!rows || !Number.isInteger(width) || width < 1)
    throw new Error(
      flat
        ? `“weights” holds ${weights.length} numbers, which make no rows for ${rows} tokens: set “tokens” to one text for each row.`
        : '“weights” must be a list of rows: one list of numbers for each token.',
    );
  if (!flat && weights.some((row) => row.length !== width))
    throw new Error('All rows of “weights” must be equally long.');
  if (tokens.length && tokens.length !== rows)
    throw new Error(
      `There are ${tokens.length} tokens, but “weights” has ${rows} rows: give one token for each row.`,
    );
  const values = flat ? weights : Float32Array.from(weights.flatMap((row) => Array.from(row)));
  const strange = values.findIndex((value) => !Number.isFinite(value));
  if (strange >= 0)
    throw new Error(
      `Row ${Math.floor(strange / width)} of “weights” holds ${values[strange]}, which is no number.`,
    );
  return {
    ids: Array.from({length: rows}, (_, row) => row),
    tokens: tokens.length ? tokens : Array.from({length: rows}, (_, row) => `${row}`),
    values,
    width,
    vocabSize: rows,
  };
}

/**
 * Splits a text into the table's own tokens, the longest that fits at each place: for given data, which bring no tokenizer.
 * @throws {Error} where no token fits
 */
export function splitInto(text: string, tokens: readonly string[]): number[] {
  const rows: number[] = [];
  for (let at = 0; at < text.length; ) {
    let best = -1;
    for (const [row, token] of tokens.entries())
      if (token && text.startsWith(token, at) && (best < 0 || token.length > tokens[best]!.length))
        best = row;
    if (best < 0) throw new Error(`There is no token for “${[...text.slice(at)][0]}” among those given.`);
    rows.push(best);
    at += tokens[best]!.length;
  }
  return rows;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'gpt-token-chosen': CustomEvent<GptTokenChosenDetail>;
  }
}
