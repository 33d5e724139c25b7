/** Every head's share of attention on what a word refers to, beside what an even spread would give. */
import {html, nothing, type TemplateResult} from 'lit';
import {decimals} from '../../ui/base/format.js';
import type {LookBack} from './look-back.js';

/** More heads than this are not drawn until they are asked for. */
const MOST_HEADS = 16;

export const headName = (index: number, heads: number): string =>
  `layer ${Math.floor(index / heads) + 1}, head ${(index % heads) + 1}`;

export interface HeadsOptions {
  chosen: LookBack;
  /** H, in each layer. */
  heads: number;
  /** What the word refers to, as text. */
  target: string;
  allShown: boolean;
  showAll: () => void;
}

export function renderHeads({chosen, heads, target, allShown, showAll}: HeadsOptions): TemplateResult {
  const {shares, best, even} = chosen;
  const ranked = shares.map((share, head) => ({share, head}));
  const many = shares.length > MOST_HEADS;
  // Few heads stand in their order; of many the strongest come first, so that those that are left out are the weak ones.
  const shown = many
    ? ranked.sort((a, b) => b.share - a.share).slice(0, allShown ? undefined : MOST_HEADS)
    : ranked;
  return html`
    <table class="heads" part="heads" .style="--_even: ${even}">
      <caption>
        Share of each head’s attention that goes to ${target}
      </caption>
      <thead class="visually-hidden">
        <tr><th scope="col">Head</th><th scope="col">Share</th></tr>
      </thead>
      <tbody>
        ${shown.map(
          ({share, head}) => html`<tr class=${head === best ? 'best' : ''}>
            <th scope="row">${headName(head, heads)}</th>
            <td>
              <span class="bar" .style="--_share: ${share}"></span><span class="number">${decimals(share, 2)}</span>${
                head === best ? html` <b>best</b>` : nothing
              }
            </td>
          </tr>`,
        )}
        <tr class="even">
          <th scope="row">an even spread</th>
          <td><span class="bar" .style="--_share: ${even}"></span><span class="number">${decimals(even, 2)}</span></td>
        </tr>
      </tbody>
    </table>
    ${
      many && !allShown
        ? html`<p class="note">The ${MOST_HEADS} strongest of ${shares.length} heads. <button class="link" @click=${showAll}>Show all</button></p>`
        : nothing
    }
  `;
}
