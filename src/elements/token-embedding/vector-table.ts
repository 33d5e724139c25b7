import {html, type TemplateResult} from 'lit';
import {decimals, visibleToken} from '../../ui/base/format.js';
import type {EmbeddingTable} from '../../ui/model/embedding-table.js';

/** Nobody listens to hundreds of numbers; the table's cells can be reached one by one with the arrow keys. */
const NUMBERS = 8;
const ROWS = 16;

/** The first numbers of some rows, for those who do not see the colors. The first row is the chosen one. */
export function renderVectors(data: EmbeddingTable, rows: readonly number[]): TemplateResult {
  const shown = [...new Set(rows)].filter((row) => row >= 0).slice(0, ROWS);
  const columns = Array.from({length: Math.min(NUMBERS, data.width)}, (_, column) => column);
  return html`<table>
    <caption>
      The first ${columns.length} of ${data.width} numbers of the chosen token and of the tokens of the text.
    </caption>
    <thead>
      <tr>
        <th scope="col">token</th>
        <th scope="col">id</th>
        ${columns.map((column) => html`<th scope="col">${column + 1}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${shown.map(
        (row) => html`<tr>
          <th scope="row">${visibleToken(data.tokens[row]!)}</th>
          <td>${data.ids[row]}</td>
          ${columns.map((column) => html`<td>${decimals(data.values[row * data.width + column]!, 4)}</td>`)}
        </tr>`,
      )}
    </tbody>
  </table>`;
}
