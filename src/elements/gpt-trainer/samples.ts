import {html, nothing, type TemplateResult} from 'lit';
import type {SampleFact} from '../../state/index.js';
import {whole} from '../../ui/base/whole.js';

export interface SampleView {
  samples: readonly SampleFact[];
  /** The index on show; `undefined` follows the newest. */
  chosen: number | undefined;
  /** Whether they are of a run that was recorded earlier. */
  isRecorded: boolean;
  choose(index: number | undefined): void;
}

/** What the model wrote, at one moment of its training, and a slider through the moments. */
export function renderSample(
  {samples, chosen, isRecorded, choose}: SampleView,
  withSlider: boolean,
): TemplateResult {
  const last = samples.length - 1;
  const index = Math.min(chosen ?? last, last);
  const sample = samples[index];
  const move = (event: InputEvent) => {
    const to = (event.target as HTMLInputElement).valueAsNumber;
    choose(to === last ? undefined : to);
  };
  return html`<div class="sample" part="sample" role="group" aria-label="What the model writes">
    <p class="moment">
      ${sample ? html`After <span class="number">${whole(sample.step)}</span> ${sample.step === 1 ? 'step' : 'steps'} ${isRecorded ? 'of a recorded run it wrote' : 'it writes'}` : 'What it writes'}
    </p>
    <blockquote class=${sample ? 'cut' : ''}>${
      sample
        ? html`<span class="prompt">${sample.prompt}</span>${trimmed(sample)}`
        : html`<span class="prompt">Its first words appear here when training starts.</span>`
    }</blockquote>
    ${
      withSlider
        ? html`<div class="scrubber">
            <input
              type="range"
              aria-label="Samples from first to last"
              min="0"
              max=${Math.max(0, last)}
              step="1"
              .value=${`${Math.max(0, index)}`}
              aria-valuetext=${sample ? `after ${sample.step} steps` : 'none yet'}
              ?disabled=${last < 1}
              @input=${move}
            />
            <button class="link" ?disabled=${chosen === undefined} @click=${() => choose(undefined)}>Newest</button>
          </div>`
        : nothing
    }
  </div>`;
}

/** A text that starts after a line's end may begin with more of them: they say nothing here. */
const trimmed = ({prompt, text}: SampleFact): string => (prompt ? text : text.replace(/^\n+/, ''));
