/** Both charts as one table: a row each word that looks back. */
import {html, nothing, type TemplateResult} from 'lit';
import {decimals, visibleToken} from '../../ui/base/format.js';
import {headName} from './heads-view.js';
import type {AllHeads, LookBack} from './look-back.js';
import {rough, targetOf} from './words.js';

/** @param felt Absent where the recurrent network is left out. */
export function renderNumbers(
  heads: AllHeads,
  all: readonly LookBack[],
  felt: Float64Array | undefined,
): TemplateResult | typeof nothing {
  if (!all.length) return nothing;
  return html`<details class="numbers" part="numbers">
    <summary>The numbers as a table</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="The numbers as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">guesses</th>
            <th scope="col">refers to</th>
            <th scope="col">tokens back</th>
            <th scope="col">best head</th>
            <th scope="col">its share</th>
            <th scope="col">even spread</th>
            ${felt ? html`<th scope="col">recurrent network feels</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${all.map(
            (one) => html`<tr>
              <th scope="row">${visibleToken(heads.tokens[one.word]!)}</th>
              <td>${targetOf(heads, one)}</td>
              <td>${[...one.mentions]
                .reverse()
                .map(({distance}) => distance)
                .join(', ')}</td>
              <td>${headName(one.best, heads.heads)}</td>
              <td>${decimals(one.shares[one.best]!, 3)}</td>
              <td>${decimals(one.even, 3)}</td>
              ${felt ? html`<td>${rough(felt[one.main.distance]!)}</td>` : nothing}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="note">Several distances: several mentions. The share is that of all of them together${felt ? '; the recurrent network’s number is for the mention that the best head looks at most' : ''}.</p>
  </details>`;
}
