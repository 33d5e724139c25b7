/** Two texts with the same tokens in a different order: what the model predicts after each, with positions and without. */
import {html, nothing, type TemplateResult} from 'lit';
import {relativeDifference, totalVariation} from '../../math/differences.js';
import {decimals, number, percent, visibleToken} from '../../ui/base/format.js';
import {type OrderData, type Outcome, unfair} from './position-data.js';

const SHOWN = 6;
/** Largest relative difference that float32 rounding causes when equal numbers are added in a different order. */
const ROUNDING = 1e-5;

/** A small share is not rounded to 0. */
const shareText = (share: number): string => (share < 1e-3 ? 'less than 0.1 %' : percent(share));

export function renderOrder(data: OrderData): TemplateResult {
  const layers = data.with[0].streams.length - 1;
  const apart = (mode: 'with' | 'without', n: number): number => {
    const [a, b] = data[mode];
    return relativeDifference(a.streams[n]!, b.streams[n]!);
  };
  const most = Math.max(
    ...Array.from({length: layers + 1}, (_, n) => Math.max(apart('with', n), apart('without', n))),
  );
  return html`
    <div class="outcomes">
      ${renderOutcome(data, 'with')} ${renderOutcome(data, 'without')}
    </div>
    <p class="caption">
      How far apart the residual streams of the two texts are at the last token, relative to their length.
    </p>
    <table class="streams">
      <thead>
        <tr>
          <th scope="col">at the last token</th>
          <th scope="col">with positions</th>
          <th scope="col">without</th>
        </tr>
      </thead>
      <tbody>
        ${Array.from({length: layers + 1}, (_, n) => {
          return html`<tr>
            <th scope="row">${n === 0 ? 'entering the first block' : `after block ${n}`}</th>
            ${(['with', 'without'] as const).map((mode) => {
              const share = apart(mode, n);
              return html`<td>
                <span class="number" title=${share}>${share < ROUNDING ? 'equal' : shareText(share)}</span>
                <span class="bar" .style="width: ${share < ROUNDING ? 0 : (share / most) * 5}em"></span>
              </td>`;
            })}
          </tr>`;
        })}
      </tbody>
    </table>
    <p class="readout" part="readout">${orderReading(data)}</p>
  `;
}

/** The likeliest next tokens after each text. */
function renderOutcome(data: OrderData, mode: 'with' | 'without'): TemplateResult {
  const [a, b] = data[mode];
  const ids = [...a.probs.keys()]
    .sort((x, y) => Math.max(a.probs[y]!, b.probs[y]!) - Math.max(a.probs[x]!, b.probs[x]!) || x - y)
    .slice(0, SHOWN);
  const largest = Math.max(...ids.map((id) => Math.max(a.probs[id]!, b.probs[id]!)));
  const cell = ({probs}: Outcome, id: number, which: string) => html`<td>
    <span class="number">${decimals(probs[id]!, 3)}</span>
    <span class="bar ${which}" .style="width: ${(probs[id]! / largest) * 5}em"></span>
  </td>`;
  return html`<table class=${mode}>
    <caption>
      <strong>${mode === 'with' ? 'With positions' : 'Without positions'}</strong>: the likeliest next tokens
    </caption>
    <thead>
      <tr>
        <th scope="col">next</th>
        <th scope="col">after A</th>
        <th scope="col">after B</th>
      </tr>
    </thead>
    <tbody>
      ${ids.map(
        (id) => html`<tr>
          <th scope="row" class="token">${visibleToken(data.label(id))}</th>
          ${cell(a, id, 'a')} ${cell(b, id, 'b')}
        </tr>`,
      )}
    </tbody>
    <tfoot>
      <tr>
        <td colspan="3">${apartWords(a, b)}</td>
      </tr>
    </tfoot>
  </table>`;
}

function apartWords(a: Outcome, b: Outcome): string {
  const apart = totalVariation(a.probs, b.probs);
  return apart < ROUNDING
    ? 'The two distributions are equal.'
    : `${capital(shareText(apart))} of the probability moves to other tokens after B.`;
}

function orderReading(data: OrderData): TemplateResult {
  const problem = unfair(data);
  const [a, b] = data.with;
  const token = (text: string) => html`<span class="token">${visibleToken(text)}</span>`;
  if (problem === 'same') return html`Both texts have the same tokens in the same order. Change one of them.`;
  if (problem === 'tokens') {
    const odd = oddOnes(a, b);
    return html`The two texts have different tokens (${odd
      .slice(0, 4)
      .map(
        (text, i) => html`${i ? ', ' : nothing}${token(text)}`,
      )}), so they would differ even for a model that ignores
    order. A capital letter makes a different token.`;
  }
  if (problem === 'last')
    return html`The texts have the same tokens but end in different ones: ${token(a.tokens.at(-1)!)} and
    ${token(b.tokens.at(-1)!)}. The model predicts from the last token, so the predictions differ even without positions.
    End both texts with the same token to see what order does.`;
  const [first, second] = data.without;
  const layers = first.streams.length - 1;
  const afterFirst = relativeDifference(first.streams[1]!, second.streams[1]!);
  const end = totalVariation(first.probs, second.probs);
  return html`Both texts have the same tokens and the same last one; only their order differs. Without positions, the last
  token gets the same information from the first block, in whatever order the tokens are:
  ${
    afterFirst < ROUNDING
      ? html`its vector is equal (to ${number(afterFirst, 2)} of its length, which is rounding)`
      : html`its vector should be equal, yet differs by ${shareText(afterFirst)}`
  }.
  ${
    layers === 1
      ? 'This model has one block, so its output cannot tell the texts apart.'
      : html`But the causal mask lets every token see only the tokens before it, so after the first block the earlier tokens
          differ. From the second block on, some of the order leaks through:
          ${end < ROUNDING ? 'here too little to change the output' : html`${shareText(end)} of the probability moves to other tokens`}.`
  }`;
}

/** Returns the tokens that occur more often in one text than in the other. */
function oddOnes(a: Outcome, b: Outcome): string[] {
  const count = ({ids}: Outcome, id: number): number => ids.filter((other) => other === id).length;
  const found = new Map<number, string>();
  for (const text of [a, b])
    text.ids.forEach((id, i) => {
      if (count(a, id) !== count(b, id)) found.set(id, text.tokens[i]!);
    });
  return [...found.values()];
}

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);
