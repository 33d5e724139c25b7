/** What the drawings say, in sentences. */
import {html, nothing, type TemplateResult} from 'lit';
import {number, visibleToken} from '../../ui/base/format.js';
import type {EmbeddingTable} from '../../ui/model/embedding-table.js';
import type {Lookup} from './lookup.js';

/** Which number of the table it is. */
export const cellName = ({ids, tokens, width}: EmbeddingTable, row: number, column: number): string =>
  `${visibleToken(tokens[row]!)} (id ${ids[row]}), number ${column + 1} of ${width}`;

/** A number of the table in words. */
export const cellText = (table: EmbeddingTable, row: number, column: number): string =>
  `${cellName(table, row, column)}: ${number(table.values[row * table.width + column]!, 4)}`;

/** So many rows that point the same way are worth a word. */
const MANY_TWINS = 10;

/**
 * What looking a token up gives.
 * @param tied The model reads and writes with the same table.
 */
export function lookupWords(
  {ids, tokens, width, vocabSize}: EmbeddingTable,
  {row, difference, twins}: Lookup,
  {withProduct, tied}: {withProduct: boolean; tied?: boolean},
): TemplateResult {
  const token = html`<span class="token">${visibleToken(tokens[row]!)}</span>`;
  return html`${token} has id ${ids[row]}, so it enters the model as row ${ids[row]}: ${width}
    numbers.
    ${
      withProduct
        ? html`${
            difference === 0
              ? 'Row and product are the same to the last digit.'
              : html`Row and product differ by at most <span class="number">${number(difference)}</span>.`
          }
            The model looks the
            row up: the product would take ${(vocabSize * width).toLocaleString('en')} multiplications for
            the same numbers.`
        : nothing
    }
    ${
      twins < MANY_TWINS
        ? nothing
        : html`${twins} other rows are almost the same${
            tied
              ? '. That is how tokens look that the training text never uses: every step pushes all of them away alike'
              : nothing
          }.`
    }`;
}
