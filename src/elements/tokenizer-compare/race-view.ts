/** The race: this library's encoder beside js-tiktoken, timed in a worker of the reader's own browser. */
import {html, nothing, type TemplateResult} from 'lit';
import type {EncoderTime, EncoderTimes} from '../../state/text-work.js';
import {decimals} from '../../ui/base/format.js';

export interface RaceView {
  times: EncoderTimes | undefined;
  running: boolean;
  problem: string;
  start: () => void;
  stop: () => void;
}

export function renderRace({times, running, problem, start, stop}: RaceView): TemplateResult {
  return html`<section class="race" part="race" aria-labelledby="race-title">
    <h3 id="race-title">How quick are they?</h3>
    <p class="hint">
      This library’s own byte-pair encoder and js-tiktoken, with the same vocabulary (gpt2) on the same text, one after
      the other in a worker of this browser.
    </p>
    <button @click=${running ? stop : start}>${running ? 'Stop' : times ? 'Measure again' : 'Measure'}</button>
    ${running ? html`<progress aria-label="Measuring"></progress>` : nothing}
    ${problem ? html`<p class="error" role="alert">${problem}</p>` : nothing}
    ${renderTimes(running ? undefined : times)}
    <p class="hint verdict" role="status">${times && !running ? verdict(times) : nothing}</p>
  </section>`;
}

/** The table stands there from the start: what is measured finds its place. */
function renderTimes(times: EncoderTimes | undefined): TemplateResult {
  const row = (name: string, time: EncoderTime | undefined) => html`<tr>
    <th scope="row">${name}</th>
    <td class="number">${time ? `${decimals(time.ready, 0)} ms` : '–'}</td>
    <td class="number">${time ? `${decimals(time.encode, 0)} ms` : '–'}</td>
    <td class="number">${time ? `${decimals(times!.bytes / 1e3 / time.encode, 1)} MB/s` : '–'}</td>
  </tr>`;
  return html`<div class="frame" tabindex="0" role="group" aria-label="Times">
    <table>
      <thead>
        <tr><td></td><th scope="col">made ready</th><th scope="col">encoded</th><th scope="col">speed</th></tr>
      </thead>
      <tbody>${row('own encoder', times?.own)}${row('js-tiktoken', times?.jsTiktoken)}</tbody>
    </table>
  </div>`;
}

function verdict({own, jsTiktoken, bytes, tokens, rounds, same}: EncoderTimes): TemplateResult {
  const factor = jsTiktoken.encode / own.encode;
  const quicker =
    factor >= 1
      ? `The own encoder took ${decimals(factor, 1)} times less.`
      : `js-tiktoken took ${decimals(1 / factor, 1)} times less.`;
  return html`${quicker} Measured just now: ${(bytes / 1e6).toFixed(2)} MB of tiny-tales,
  ${tokens.toLocaleString('en')} tokens ${same ? 'and the same ids from both' : 'and not the same ids from both'}, the
  median of ${rounds} runs, each made anew. The tales have few different words, which suits the own encoder: it remembers
  the words it has met.`;
}
