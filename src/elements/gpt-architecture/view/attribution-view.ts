/** Which parts pushed a candidate up or down: direct logit attribution. */
import {html, type TemplateResult} from 'lit';
import type {LogitTerm} from '../../../engine/protocol.js';
import {decimals, visibleToken} from '../../../ui/base/format.js';
import type {CandidateDetail} from '../data/detail.js';

export function renderAttribution({data, position, id, attribution}: CandidateDetail): TemplateResult {
  const guess = data.stream.at(-1)?.guesses[position]?.find((one) => one.id === id);
  const target = attribution.targets.indexOf(id);
  const terms = attribution.terms.map(({values, ...term}) => ({...term, value: values[target]!}));
  const most = Math.max(...terms.map(({value}) => Math.abs(value)), 0) || 1;
  const token = visibleToken(guess?.token ?? '');
  return html`<div class="detail attribution" part="detail">
    <table>
      <caption>
        What each part adds to the logit of <b class="token">${token}</b>, with the final norm’s scale held fixed
      </caption>
      <tbody>
        ${terms.map(
          (term) => html`<tr class=${term.value < 0 ? 'negative' : 'positive'}>
            <th scope="row">${nameOf(term)}</th>
            <td><span class="bar" .style="--_share: ${Math.abs(term.value) / most}"></span></td>
            <td class="number">${decimals(term.value, 2)}</td>
          </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">logit of ${token}</th>
          <td></td>
          <td class="number">${decimals(attribution.logits[target]!, 2)}</td>
        </tr>
      </tfoot>
    </table>
  </div>`;
}

function nameOf({at, head}: Pick<LogitTerm, 'at' | 'head'>): string {
  const [, layer] = /^h\.(\d+)\./.exec(at) ?? [];
  const block = layer === undefined ? '' : `block ${Number(layer) + 1}, `;
  if (at === 'embed.token') return 'token embedding';
  if (at === 'embed.position') return 'position embedding';
  if (at === 'ln_f.bias') return 'bias of the final norm';
  if (head !== undefined) return `${block}head ${head + 1}`;
  return at.endsWith('.bias') ? `${block}attention bias` : `${block}MLP`;
}
