import {html, type TemplateResult} from 'lit';
import {whole} from '../../ui/base/whole.js';

export interface PlaceView {
  /** The index of the window on show. */
  place: number;
  count: number;
  playing: boolean;
  play(): void;
  go(place: number): void;
}

/** Which window is on show, and controls to move it. */
export function renderPlace({place, count, playing, play, go}: PlaceView): TemplateResult {
  return html`<div class="place">
    <button class="play" ?disabled=${count < 2} @click=${play}>${playing ? 'Pause' : 'Play'}</button>
    <button class="back" aria-label="Previous window" aria-disabled=${place <= 0} @click=${() => go(place - 1)}>‹</button>
    <button class="on" aria-label="Next window" aria-disabled=${place >= count - 1} @click=${() => go(place + 1)}>›</button>
    <input
      type="range"
      aria-label="Window"
      min="0"
      max=${Math.max(0, count - 1)}
      .value=${`${place}`}
      @input=${(event: Event) => go((event.target as HTMLInputElement).valueAsNumber)}
    />
    <output class="number">${count ? `window ${whole(place + 1)} of ${whole(count)}` : 'no window'}</output>
  </div>`;
}
