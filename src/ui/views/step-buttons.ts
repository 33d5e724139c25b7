import {html, type TemplateResult} from 'lit';
import {stepFor} from '../base/stepping.js';

export interface StepButtons {
  names: readonly string[];
  /** Counted from 1. */
  current: number;
  goTo: (step: number) => void;
  /** Steps beyond this one cannot be chosen yet. */
  last?: number;
}

/** The steps of a figure as numbered buttons. → and Space go forward, ← back, Home and End to the ends. */
export function renderSteps({names, current, goTo, last = names.length}: StepButtons): TemplateResult {
  const moved = (event: KeyboardEvent): void => {
    const step = stepFor(event, {current, first: 1, last});
    if (step === undefined) return;
    goTo(step);
    (event.currentTarget as HTMLElement).querySelectorAll('button')[step - 1]!.focus();
  };
  return html`<div class="steps" part="steps" role="group" aria-label="Step" @keydown=${moved}>
    ${names.map(
      (name, i) =>
        html`<button
          aria-pressed=${i + 1 === current}
          tabindex=${i + 1 === current ? 0 : -1}
          ?disabled=${i >= last}
          @click=${() => goTo(i + 1)}
        >
          ${i + 1} ${name}
        </button>`,
    )}
  </div>`;
}
