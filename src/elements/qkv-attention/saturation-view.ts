import {html, type TemplateResult} from 'lit';
import {saturation} from '../../math/saturation.js';
import {decimals, percent} from '../../ui/base/format.js';

/** The widths that the slider stops at: the powers of two up to GPT-2's head and beyond. */
const WIDTHS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] as const;

/** The choice of D. */
export function renderWidth(width: number, choose: (width: number) => void): TemplateResult {
  const stop = Math.max(
    0,
    WIDTHS.findIndex((one) => one >= width),
  );
  return html`<label class="width"
    >D = <span class="number">${width}</span>
    <input
      type="range"
      min="0"
      max=${WIDTHS.length - 1}
      aria-label="Width of a head, D"
      aria-valuetext=${width}
      .value=${`${stop}`}
      @input=${(event: Event) => choose(WIDTHS[Number((event.target as HTMLInputElement).value)]!)}
  /></label>`;
}

/**
 * Two rows of bars, with and without the division, and what the softmax still answers.
 * @param height Pixels of room.
 */
export function renderSaturation(width: number, height: number): TemplateResult {
  return html`<div class="sides" role="status" .style="--_height: ${height}px">
    ${[false, true].map((divided) => {
      const {shares, spread, slope} = saturation(width, divided);
      return html`<figure>
        <figcaption>${divided ? 'divided by √D' : 'not divided'}</figcaption>
        <div class="bars" aria-hidden="true">
          ${shares.map((share) => html`<span .style="height: ${Math.max(1, 100 * share)}%"></span>`)}
        </div>
        <p>
          Scores spread by ±${decimals(spread, 1)}. Largest weight ${percent(Math.max(...shares))}. Slope of the softmax
          <span class="number">${decimals(slope, 3)}</span>.
        </p>
      </figure>`;
    })}
  </div>`;
}
