/** The recurrent network as the reader sees it: how strong it is, what it feels by distance, and what that comes to. */
import {html, type TemplateResult} from 'lit';
import {decimals} from '../../ui/base/format.js';
import {WIDEST} from './bottleneck.js';
import type {AllHeads, LookBack} from './look-back.js';
import {bottleneckReading, fateOf, feltInWords} from './words.js';

export interface BottleneckOptions {
  heads: AllHeads;
  chosen: LookBack | undefined;
  /** Absent while it is computed. */
  felt: Float64Array | undefined;
  /** Of the state. */
  width: number;
  /** C of the model, where there is one. */
  modelWidth: number;
  radius: number;
  setRadius: (radius: number) => void;
  newWeights: () => void;
  /** A click on the chart. */
  pick: (event: MouseEvent) => void;
}

export function renderBottleneck(options: BottleneckOptions): TemplateResult {
  const {heads, chosen, felt, width, modelWidth, radius, setRadius, newWeights, pick} = options;
  return html`<section part="bottleneck" aria-label="The bottleneck">
    <p class="explain">
      A recurrent network reads the same text with one state of ${width}
      numbers${modelWidth > WIDEST ? ` (the model’s ${modelWidth} would take too long here)` : ''},
      <span class="mono">h<sub>t</sub> = tanh(W h<sub>t−1</sub> + U x<sub>t</sub>)</span>, through which all it knows has to pass. What does
      it still feel of a token d steps back?
    </p>
    <div class="controls">
      <label
        >Strength of W
        <input
          type="range"
          min="0.5"
          max="1.5"
          step="0.05"
          aria-describedby="strength"
          .value=${String(radius)}
          @input=${(event: Event) => setRadius(Number((event.target as HTMLInputElement).value))}
        />
        <output>${decimals(radius, 2)}</output></label
      >
      <span id="strength">spectral radius: below 1 it fades, above 1 it grows</span>
      <button @click=${newWeights}>Other random weights</button>
    </div>
    <canvas class="chart felt" role="img" aria-label=${feltInWords(felt)} @click=${pick}></canvas>
    <ul class="legend">
      <li>
        <span class="stroke"></span>recurrent network:
        <span class="mono">‖∂h<sub>t</sub>/∂x<sub>t−d</sub>‖ ÷ ‖∂h<sub>t</sub>/∂x<sub>t</sub>‖</span>
      </li>
      <li><span class="disc"></span>attention, measured above: the share that a mention gets</li>
    </ul>
    <p class="readout concluded" part="readout" role="status">
      ${felt ? html`${bottleneckReading(felt, chosen, heads)} ${fateOf(felt, width)}` : 'Computing …'}
    </p>
    <p class="explain note">
      Two different measures: what compares is how they depend on distance. This network is untrained; trained ones, above all with
      gates (LSTM, GRU), keep hold of more.
    </p>
  </section>`;
}
