import {html, nothing, type TemplateResult} from 'lit';
import {decimals} from '../../ui/base/format.js';
import {headName} from './heads-view.js';
import {BANDS, type Band, type KindSurvey, type Survey} from './survey.js';

const KINDS = {
  pronoun: 'a pronoun → the hero’s name, pronouns so far',
  name: 'a name → the names so far',
  thing: 'the thing → where it was named',
};

export interface SurveyOptions {
  survey: Survey;
  /** Tales to measure. */
  count: number;
  /** H, in each layer. */
  heads: number;
  /** Whether what was found is of the model on show. */
  isCurrent: boolean;
  start: () => void;
  stop: () => void;
}

export function renderSurvey({survey, count, heads, isCurrent, start, stop}: SurveyOptions): TemplateResult {
  const {running, tales, error, result} = survey;
  return html`<div class="survey" part="survey">
    <div class="controls">
      ${
        running
          ? html`<button @click=${stop}>Stop</button>
              <progress max=${count} .value=${tales} aria-label="Tales measured"></progress>
              <span class="number">${tales} of ${count} tales</span>`
          : html`<button @click=${start}>Measure ${count} tales</button>
              <span>One tale is a single case, and choosing the best of several heads flatters the result. So this measures one head for each kind of word, on other tales.</span>`
      }
    </div>
    ${error ? html`<p class="error" role="alert">${error}</p>` : nothing}
    ${isCurrent && result ? renderResult(survey, heads) : nothing}
  </div>`;
}

const bandName = ([from, to]: readonly [number, number]): string =>
  Number.isFinite(to) ? `${from}–${to - 1} back` : `${from} and more back`;

function renderResult({result, tales, step}: Survey, heads: number): TemplateResult {
  const band = ({words, share}: Band): TemplateResult =>
    html`<td>${share === undefined ? '–' : html`<b>${decimals(share, 2)}</b> <span class="of">of ${words}</span>`}</td>`;
  if (!result?.length)
    return html`<p class="note">In these tales no word is one token, so none was found to look back.</p>`;
  return html`<p id="survey">Mean share of attention on what is meant, by the distance of the nearest mention; ${tales} tales${step ? `, at step ${step}` : ''}.</p>
  <div class="scroll" tabindex="0" role="region" aria-labelledby="survey">
    <table aria-labelledby="survey">
      <thead>
        <tr>
          <th scope="col">looks back</th>
          <th scope="col">best head</th>
          ${BANDS.map((one) => html`<th scope="col">${bandName(one)}</th>`)}
          <th scope="col">all</th>
          <th scope="col">even spread</th>
        </tr>
      </thead>
      <tbody>
        ${result.map(
          ({kind, words, best, share, even, bands}) => html`<tr>
            <th scope="row">${KINDS[kind]}</th>
            <td>${headName(best, heads)}</td>
            ${bands.map(band)} ${band({words, share})}
            <td>${decimals(even, 2)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>
  <p class="readout" role="status">${inWords(result)}</p>`;
}

const NAMES = {pronoun: 'a pronoun', name: 'a name', thing: 'the thing'};
/** Of fewer words a mean says little. */
const FEWEST = 5;

/** For each kind, how the share of its head changes from the nearest band to the farthest. */
export function inWords(result: readonly KindSurvey[]): string {
  const parts = result.flatMap(({kind, bands, share: all, even}) => {
    if (all < 2 * even)
      return [`for ${NAMES[kind]} no head looks there even twice as much as an even spread would`];
    const known = bands.flatMap(({words, share}, i) =>
      share !== undefined && words >= FEWEST ? [{share, i}] : [],
    );
    const [near, far] = [known[0], known.at(-1)];
    if (!near || !far || near === far) return [];
    const numbers = `${decimals(near.share, 2)} at ${bandName(BANDS[near.i]!)}, ${decimals(far.share, 2)} at ${bandName(BANDS[far.i]!)}`;
    const isKept = far.share >= 0.75 * near.share;
    return [`for ${NAMES[kind]} the share ${isKept ? 'holds' : 'falls'} with distance (${numbers})`];
  });
  if (!parts.length) return '';
  return `In this model, ${parts.join('; ')}. Attention can reach any distance in one step; whether a head has learned to is another matter.`;
}
