/** The speed of this library's encoder and of js-tiktoken, measured in a worker of the reader's browser. */
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
  return html`<details class="race" part="race">
    <summary>How fast are they?</summary>
    <p class="hint">
      Encodes the same text with this library’s own encoder and with js-tiktoken, both with the gpt2 vocabulary, one
      after the other in a worker.
    </p>
    <button @click=${running ? stop : start}>${running ? 'Stop' : times ? 'Measure again' : 'Measure'}</button>
    ${running ? html`<progress aria-label="Measuring"></progress>` : nothing}
    ${problem ? html`<p class="error" role="alert">${problem}</p>` : nothing}
    ${renderTimes(running ? undefined : times)}
    <p class="hint verdict" role="status">${times && !running ? verdict(times) : nothing}</p>
  </details>`;
}

/** Shown before there are times, so that nothing moves when they come. */
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
        <tr><td></td><th scope="col">setup</th><th scope="col">encoding</th><th scope="col">speed</th></tr>
      </thead>
      <tbody>${row('own encoder', times?.own)}${row('js-tiktoken', times?.jsTiktoken)}</tbody>
    </table>
  </div>`;
}

function verdict({own, jsTiktoken, bytes, tokens, rounds, same}: EncoderTimes): TemplateResult {
  const factor = jsTiktoken.encode / own.encode;
  const faster =
    factor >= 1
      ? `Our own encoder was ${decimals(factor, 1)} times faster.`
      : `js-tiktoken was ${decimals(1 / factor, 1)} times faster.`;
  return html`${faster} Measured just now: ${(bytes / 1e6).toFixed(2)} MB of tiny-tales,
  ${tokens.toLocaleString('en')} tokens ${same ? 'and the same ids from both' : 'and different ids'}, the median of
  ${rounds} runs without warm-up. The tales have few different words, which helps our own encoder: it caches words.`;
}
