/** What becomes of the prediction: the model as it is, and with each change, as rows that the reader can choose. */
import {html, nothing, type TemplateResult} from 'lit';
import {decimals, percent, visibleToken} from '../../ui/base/format.js';
import type {Outcome} from '../../ui/model/outcome.js';
import {type BlockData, outputChange} from './block-data.js';
import {CHANGES, type Change} from './block-nodes.js';

export interface OutcomeView {
  data: BlockData;
  token: number;
  change?: Change;
  /** Leaves the probability out, which has no room on a phone. */
  isNarrow: boolean;
  /** Absent where the rows cannot be chosen. */
  choose?: (id: Change['id'] | '') => void;
}

export function renderOutcomes({data, change, choose, token, isNarrow}: OutcomeView): TemplateResult {
  const {usual, changed} = data.outcomes!;
  const most = Math.max(...[usual, ...changed.values()].map(({loss}) => loss ?? 0));
  const row = (id: Change['id'] | '', name: string, outcome: Outcome): TemplateResult => {
    const isShown = id === (change?.id ?? '');
    const {loss, likeliest} = outcome;
    const next = likeliest[0]!;
    return html`<tr class=${isShown ? 'shown' : ''}>
      <th scope="row">
        ${choose ? html`<button aria-pressed=${isShown} @click=${() => choose(id)}>${name}</button>` : name}
      </th>
      <td class="token">${visibleToken(next.token)}</td>
      ${isNarrow ? nothing : html`<td class="number">${percent(next.probability)}</td>`}
      <td class="loss">
        ${loss === undefined ? '–' : html`<span class="number">${decimals(loss, 2)}</span><span class="bar" .style="inline-size: ${((isNarrow ? 50 : 70) * loss) / most}%"></span>`}
      </td>
    </tr>`;
  };
  return html`<div class="outcome" part="outcome">
    <table>
      <thead>
        <tr>
          <th scope="col">block ${data.layer + 1} …</th>
          <th scope="col">next token</th>
          ${isNarrow ? nothing : html`<th scope="col" class="number">probability</th>`}
          <th scope="col">loss on this text</th>
        </tr>
      </thead>
      <tbody part="switches">
        ${row('', 'as it is', usual)}
        ${CHANGES.map(({id, name}) => (changed.has(id) ? row(id, name, changed.get(id)!) : nothing))}
      </tbody>
    </table>
    <p class="note">Changed passes are computed by the reference, in TensorFlow.js.</p>
    <p class="change">${inWords(data, token, change)}</p>
  </div>`;
}

const capitalized = (phrase: string): string => phrase[0]!.toUpperCase() + phrase.slice(1);

function inWords(data: BlockData, token: number, change?: Change): string {
  const {usual, changed} = data.outcomes!;
  const off = outputChange(data, token);
  if (change && off !== undefined)
    return `${capitalized(change.phrase)}, block ${data.layer + 1} hands on another vector for ${visibleToken(data.tokens[token]!)}: the difference is ${percent(off)} as long as the usual vector.`;
  const parts = CHANGES.filter(({id}) => changed.get(id)?.loss !== undefined);
  if (usual.loss === undefined || parts.length === 0)
    return 'Choose a row: the drawing then shows that block.';
  const worst = parts.reduce((a, b) => (changed.get(a.id)!.loss! >= changed.get(b.id)!.loss! ? a : b));
  const byChance = parts.some(({id}) => changed.get(id)!.loss! < usual.loss!)
    ? ` On only ${data.tokens.length} tokens, a change can also lower it by chance.`
    : '';
  return `The loss is highest ${worst.phrase}.${byChance} Choose a row to see its block.`;
}
