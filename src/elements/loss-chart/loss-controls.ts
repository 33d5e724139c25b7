/** What the reader sets: the axes, the smoothing, and the pinned readings. */
import {html, nothing, type TemplateResult} from 'lit';
import type {Reading, XKind, YKind} from '../../ui/views/loss/loss-curves.js';
import {renderOptions} from '../../ui/views/options.js';
import {readingText} from './loss-words.js';

/** What the controls read and write. */
export interface ChartSettings {
  x: XKind;
  y: YKind;
  smoothing: number;
}

export function renderControls(chart: ChartSettings): TemplateResult {
  const pick = (name: 'x' | 'y', values: readonly string[]) =>
    html`<select
      class=${name}
      @change=${(event: Event) => Object.assign(chart, {[name]: (event.target as HTMLSelectElement).value})}
    >
      ${renderOptions(
        values.map((value) => [value, value]),
        chart[name],
      )}
    </select>`;
  return html`<div class="controls">
    <label>Show ${pick('y', ['loss', 'perplexity'])}</label>
    <label>against ${pick('x', ['steps', 'tokens'])}</label>
    <label class="smoothing"
      >Smoothing
      <input
        type="range"
        min="0"
        max="0.99"
        step="0.01"
        .value=${`${chart.smoothing}`}
        @input=${(event: Event) => (chart.smoothing = (event.target as HTMLInputElement).valueAsNumber)}
      />
      <output>${chart.smoothing.toFixed(2)}</output></label
    >
  </div>`;
}

export function renderPins(
  pins: readonly number[],
  readingOf: (pin: number) => Reading | undefined,
  y: YKind,
  setPins: (pins: number[]) => void,
): TemplateResult | typeof nothing {
  if (!pins.length) return nothing;
  return html`<ol class="pins" part="pins">
    ${pins.map((pin, i) => {
      const reading = readingOf(pin);
      return html`<li>
        <span class="index">${i + 1}</span>
        <span>${reading ? readingText(reading, y) : `Step ${pin.toLocaleString('en')}: not reached yet`}</span>
        <button class="link" aria-label="Remove pin ${i + 1}" @click=${() => setPins(pins.filter((other) => other !== pin))}>
          Remove
        </button>
      </li>`;
    })}
  </ol>`;
}
