/** Two texts with the same tokens in a different order: what the model predicts after each, with positions and without. */
import {html, nothing, type TemplateResult} from 'lit';
import {relativeDifference, totalVariation} from '../../math/differences.js';
import {argMax, largest} from '../../math/largest.js';
import {decimals, number, percent, visibleToken} from '../../ui/base/format.js';
import {type OrderData, type Outcome, unfair} from './position-data.js';

type Mode = 'with' | 'without';
export const MODES: readonly Mode[] = ['with', 'without'];

const SHOWN = 4;
/** Largest relative difference that float32 rounding causes when equal numbers are added in a different order. */
const ROUNDING = 1e-5;

/** A small share is not rounded to 0, nor a large one to 1. */
const shareText = (share: number): string =>
  share < 1e-3 ? 'less than 0.1 %' : share > 0.99 ? `${decimals(100 * share, 1)} %` : percent(share);
const token = (text: string): TemplateResult => html`<span class="token">${visibleToken(text)}</span>`;

/** Returns the largest share that any token has, with positions or without: the longest bar. */
export const largestShare = (data: OrderData): number =>
  largest(MODES.flatMap((mode) => data[mode].map(({probs}) => largest(probs))));

export function renderOrder(data: OrderData): TemplateResult {
  return html`
    <div class="outcomes">${MODES.map((mode) => renderOutcome(data, mode, largestShare(data)))}</div>
    <p class="readout" part="readout">${orderReading(data)}</p>
    ${
      unfair(data)
        ? nothing
        : html`<details>
            <summary>Why is the right side not perfectly equal?</summary>
            ${renderStreams(data)}
            <p>${streamReading(data)}</p>
          </details>`
    }
  `;
}

/** The likeliest next tokens, after A to the left and after B to the right: equal predictions are mirror images. */
function renderOutcome(data: OrderData, mode: Mode, most: number): TemplateResult {
  const [a, b] = data[mode];
  const ids = likeliestIds(a, b);
  const cell = ({probs}: Outcome, id: number, which: string) => html`<td class=${which}>
    <span class="number">${decimals(probs[id]!, 3)}</span>
    <span class="bar ${which}" .style="--_share: ${probs[id]! / most}"></span>
  </td>`;
  return html`<table class=${mode}>
    <caption>
      <strong>${mode === 'with' ? 'With positions' : 'Without positions'}</strong>
    </caption>
    <thead>
      <tr>
        <th scope="col" class="a">after A</th>
        <th scope="col">next</th>
        <th scope="col" class="b">after B</th>
      </tr>
    </thead>
    <tbody>
      ${ids.map(
        (id) => html`<tr>
          ${cell(a, id, 'a')}
          <th scope="row" class="token">${visibleToken(data.label(id))}</th>
          ${cell(b, id, 'b')}
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

/** The ids of the likeliest next tokens after either text, the likeliest first. */
export const likeliestIds = (a: Outcome, b: Outcome): number[] =>
  [...a.probs.keys()]
    .sort((x, y) => Math.max(a.probs[y]!, b.probs[y]!) - Math.max(a.probs[x]!, b.probs[x]!) || x - y)
    .slice(0, SHOWN);

function apartWords(a: Outcome, b: Outcome): TemplateResult {
  const apart = totalVariation(a.probs, b.probs);
  return apart < ROUNDING
    ? html`<b class="moved">0 %</b> of the probability moves: the two distributions are equal.`
    : html`<b class="moved">${shareText(apart)}</b> of the probability moves to other tokens after B.`;
}

function orderReading(data: OrderData): TemplateResult {
  const problem = unfair(data);
  const [a, b] = data.with;
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
  const [withA, withB] = data.with.map((outcome) => likeliest(outcome, data));
  const [withoutA, withoutB] = data.without.map((outcome) => likeliest(outcome, data));
  return html`Both texts have the same tokens; only their order differs. With positions, the model’s first choice is
  ${withA === withB ? html`${token(withA!)} after both` : html`${token(withA!)} after A and ${token(withB!)} after B`}.
  Without them it is ${
    withoutA === withoutB
      ? html`${token(withoutA!)} after both: the model sees the same handful of tokens twice`
      : html`${token(withoutA!)} after A and ${token(withoutB!)} after B`
  }.`;
}

function likeliest({probs}: Outcome, {label}: OrderData): string {
  return label(argMax(probs));
}

/** How far apart the two vectors of the last token are, layer by layer. */
function renderStreams(data: OrderData): TemplateResult {
  const layers = data.with[0].streams.length;
  const apart = (mode: Mode, n: number): number =>
    relativeDifference(data[mode][0].streams[n]!, data[mode][1].streams[n]!);
  const most = Math.max(...MODES.flatMap((mode) => Array.from({length: layers}, (_, n) => apart(mode, n))));
  return html`<table class="streams">
    <caption>
      How far apart the vectors of the two texts are at the last token, relative to their length
    </caption>
    <thead>
      <tr>
        <th scope="col">at the last token</th>
        <th scope="col">with positions</th>
        <th scope="col">without</th>
      </tr>
    </thead>
    <tbody>
      ${Array.from(
        {length: layers},
        (_, n) => html`<tr>
          <th scope="row">${n === 0 ? 'entering the first layer' : `after layer ${n}`}</th>
          ${MODES.map((mode) => {
            const share = apart(mode, n);
            const isEqual = share < ROUNDING;
            return html`<td>
              <span class="number" title=${share}>${isEqual ? 'equal' : shareText(share)}</span>
              <span class="bar" .style="--_share: ${isEqual ? 0 : share / most}"></span>
            </td>`;
          })}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function streamReading({without: [first, second]}: OrderData): TemplateResult {
  const afterFirst = relativeDifference(first.streams[1]!, second.streams[1]!);
  const end = totalVariation(first.probs, second.probs);
  return html`Without positions, the first layer gives the last token the same information in whatever order the tokens
  stand:
  ${
    afterFirst < ROUNDING
      ? html`its vector is equal (to ${number(afterFirst, 2)} of its length, which is rounding)`
      : html`its vector should be equal, yet differs by ${shareText(afterFirst)}`
  }.
  ${
    first.streams.length === 2
      ? 'This model has one layer, so its output cannot tell the texts apart.'
      : html`But each token sees only the tokens before it, so after the first layer the earlier tokens differ. From the
          second layer on, some of the order leaks through:
          ${end < ROUNDING ? 'here too little to change the output' : html`${shareText(end)} of the probability moves`}.`
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
