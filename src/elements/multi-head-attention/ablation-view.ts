/** The two verdicts side by side, and what every head is worth. */
import {html, nothing, type TemplateResult} from 'lit';
import {argMax} from '../../math/largest.js';
import {decimals, number, percent, visibleToken} from '../../ui/base/format.js';
import {renderNumberTable} from '../../ui/views/number-table.js';
import {signedScale} from '../../viz/color.js';
import {niceCeiling} from '../../viz/nice.js';
import type {Theme} from '../../viz/theme.js';
import type {HeadPlace, HeadSurvey, Verdict} from './ablation.js';

/** How many of the likeliest next tokens are shown. */
const MOST = 6;

/** The model with all heads, and without some. */
export interface Effect {
  whole: Verdict;
  without: Verdict;
  places: readonly HeadPlace[];
}

const names = (places: readonly HeadPlace[]): string =>
  places.map(({layer, head}) => `head ${head + 1} of layer ${layer + 1}`).join(' and ');

/** Without an `effect` yet, rows that keep its place. */
export function renderEffect(
  effect: Effect | undefined,
  places: readonly HeadPlace[],
  token: (id: number) => string,
): TemplateResult {
  const cell = (share: number): TemplateResult =>
    html`<td><span class="bar" .style="width: ${50 * share}%" aria-hidden="true"></span> ${percent(share)}</td>`;
  return html`<div class="effect">
    <table class="next">
      <caption>
        What comes next. Changed passes are computed by the reference, in TensorFlow.js.
      </caption>
      <thead>
        <tr>
          <td></td>
          <th scope="col">with all heads</th>
          <th scope="col">without ${places.length === 1 ? `head ${places[0]!.head + 1}` : `${places.length} heads`}</th>
        </tr>
      </thead>
      <tbody>
        ${
          effect
            ? likeliest(effect).map(
                (id) =>
                  html`<tr>
                    <th scope="row">${visibleToken(token(id))}</th>
                    ${cell(effect.whole.next[id]!)} ${cell(effect.without.next[id]!)}
                  </tr>`,
              )
            : Array.from({length: MOST}, () => html`<tr><th scope="row">…</th><td></td><td></td></tr>`)
        }
      </tbody>
    </table>
    <p class="readout" role="status">${effect ? effectInWords(effect) : nothing}</p>
  </div>`;
}

/**
 * What the model says next with all heads, and without some.
 * @param isTried Whether no head is silenced yet: it says what silencing the chosen one would do.
 */
export function renderVerdict(
  effect: Effect | undefined,
  token: (id: number) => string,
  isTried: boolean,
): TemplateResult {
  const likely = ({next}: Verdict): TemplateResult => {
    const id = argMax(next);
    return html`<b>${visibleToken(token(id))}</b> ${percent(next[id]!)}`;
  };
  return html`<p class="result">
    ${
      effect &&
      html`With all heads the model continues with ${likely(effect.whole)}; ${
        isTried
          ? html`silence ${names(effect.places)}, and it continues with`
          : html`without ${names(effect.places)}, with`
      } ${likely(effect.without)}.`
    }
  </p>`;
}

/** The ids that are likeliest with all heads or without some. */
function likeliest({whole, without}: Effect): number[] {
  return whole.next
    .map((probability, id) => ({id, most: Math.max(probability, without.next[id]!)}))
    .sort((a, b) => b.most - a.most)
    .slice(0, MOST)
    .map(({id}) => id);
}

function effectInWords({whole, without, places}: Effect): TemplateResult {
  const growth = without.loss - whole.loss;
  return html`Without ${names(places)} the loss on this text (its surprise for each token, in nats) is
    <b>${number(without.loss)}</b>, with all heads ${number(whole.loss)}: ${growth >= 0 ? `${number(growth)} worse` : `${number(-growth)} better, by chance of this text`}.`;
}

export interface SurveyOptions {
  survey: HeadSurvey;
  config: {nLayers: number; nHeads: number};
  theme: Theme;
  start: () => void;
  stop: () => void;
  highlighted?: HeadPlace;
}

export function renderSurvey({
  survey: {growth: measuredSoFar, running, error},
  config: {nLayers, nHeads},
  theme,
  start,
  stop,
  highlighted,
}: SurveyOptions): TemplateResult {
  const growth = measuredSoFar.length
    ? measuredSoFar
    : Array.from({length: nLayers}, () => Array<number | undefined>(nHeads).fill(undefined));
  const measured = growth.flat().filter((value) => value !== undefined);
  const extent = niceCeiling(Math.max(0.01, ...measured.map(Math.abs)));
  return html`<div class="survey">
    <div class="controls">
      ${
        running
          ? html`<button @click=${stop}>Stop</button>
              <progress max=${growth.flat().length} .value=${measured.length} aria-label="Heads measured"></progress>`
          : html`<button @click=${start}>Measure every head</button>`
      }
    </div>
    ${error ? html`<p class="error" role="alert">${error}</p>` : nothing}
    ${renderNumberTable({
      caption: 'how much this text’s loss grows without it',
      rows: growth.map((_, layer) => `layer ${layer + 1}`),
      columns: growth[0]!.map((_, head) => `head ${head + 1}`),
      values: growth.map((row) => row.map((value) => value ?? 0)),
      scale: signedScale(theme, extent),
      theme,
      print: (value) => decimals(value, 3),
      unmeasured: ({row, column}) => growth[row]![column] === undefined,
      highlighted: highlighted && {row: highlighted.layer, column: highlighted.head},
    })}
    <p class="note">${running || !measured.length ? nothing : surveyInWords(growth)}</p>
  </div>`;
}

function surveyInWords(growth: readonly (readonly (number | undefined)[])[]): string {
  const places = growth.flatMap((row, layer) => row.map((value, head) => ({layer, head, value: value ?? 0})));
  const most = places.reduce((a, b) => (b.value > a.value ? b : a));
  const least = places.reduce((a, b) => (b.value < a.value ? b : a));
  return `The model misses ${names([most])} the most: ${number(most.value)} nats per token. It would hardly notice ${names([least])}: ${number(least.value)}.`;
}
