import {html, type TemplateResult} from 'lit';
import type {Sampling} from './writer.js';

export interface SamplingView extends Sampling {
  vocabSize: number;
  change(change: Partial<Sampling>): void;
}

/** The ks that a slider stops at: all small ones, then ever wider apart; the last place is “off”. */
export function topKStops(vocabSize: number): number[] {
  const stops: number[] = [];
  for (let k = 1; k < vocabSize; k += Math.max(1, 10 ** Math.floor(Math.log10(k)) / 2))
    stops.push(Math.floor(k));
  return [...new Set(stops)];
}

const twoDecimals = (value: number) => value.toFixed(2);

/** Temperature, top-k and top-p, each with its value in words. */
export function renderSampling({
  temperature,
  topK,
  topP = 1,
  vocabSize,
  change,
}: SamplingView): TemplateResult {
  const stops = topKStops(vocabSize);
  const place = topK === undefined || topK >= vocabSize ? stops.length : stops.findIndex((k) => k >= topK);
  const k = topK === undefined || topK >= vocabSize ? 'off' : String(topK);
  const number = (event: InputEvent) => (event.target as HTMLInputElement).valueAsNumber;
  return html`<div class="sampling" part="sampling">
    ${slider('temperature', 'Temperature', {max: 2, step: 0.05, value: temperature}, temperature === 0 ? '0 (greedy)' : twoDecimals(temperature), (event) => change({temperature: number(event)}))}
    ${slider('top-k', 'Top-k', {max: stops.length, step: 1, value: place < 0 ? stops.length : place}, k, (event) => change({topK: stops[number(event)]}))}
    ${slider('top-p', 'Top-p', {min: 0.05, max: 1, step: 0.05, value: topP}, topP >= 1 ? 'off' : twoDecimals(topP), (event) => change({topP: number(event) >= 1 ? undefined : number(event)}))}
  </div>`;
}

function slider(
  id: string,
  label: string,
  {min = 0, max, step, value}: {min?: number; max: number; step: number; value: number},
  shown: string,
  onInput: (event: InputEvent) => void,
): TemplateResult {
  return html`<div class="slider">
    <label for=${id}>${label}</label>
    <input
      type="range"
      id=${id}
      min=${min}
      max=${max}
      step=${step}
      aria-valuetext=${shown}
      .value=${`${value}`}
      @input=${onInput}
    />
    <output for=${id}>${shown}</output>
  </div>`;
}
