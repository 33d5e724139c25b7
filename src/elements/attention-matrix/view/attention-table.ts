import {html, type TemplateResult} from 'lit';
import {decimals, visibleToken} from '../../../ui/base/format.js';
import {type AttentionData, headMatrix} from '../data/attention-data.js';
import type {HeadChoice} from '../data/choice.js';
import type {Comparison} from '../data/compare.js';

/** With more tokens, a table is too long to listen to; the sentence and the cursor remain. */
export const MAX_TABLE_TOKENS = 64;

/** The chosen head's weights, or their difference to others, as a table for screen readers. */
export function renderTable(
  data: AttentionData,
  {layer, head}: HeadChoice,
  compared?: Comparison,
): TemplateResult {
  const size = data.tokens.length;
  const values = compared?.difference ?? headMatrix(data.weights[layer]!, head, size);
  return html`<table>
    <caption>
      Attention weights of layer ${layer + 1}, head ${head + 1}${compared ? `, minus those of ${compared.name}` : ''}: each row is a token that looks, each column a token looked at.
    </caption>
    <thead>
      <tr>
        <td></td>
        ${data.tokens.map((token) => html`<th scope="col">${visibleToken(token)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${data.tokens.map((token, query) => {
        const reach = data.causal ? query + 1 : size;
        return html`<tr>
          <th scope="row">${visibleToken(token)}</th>
          ${Array.from({length: reach}, (_, key) => html`<td>${decimals(values[query * size + key]!, 2)}</td>`)}
          ${reach < size ? html`<td colspan=${size - reach}>masked</td>` : ''}
        </tr>`;
      })}
    </tbody>
  </table>`;
}
