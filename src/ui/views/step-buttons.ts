import {html, type TemplateResult} from 'lit';

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
    const targets: Record<string, number> = {
      ArrowRight: current + 1,
      ' ': current + 1,
      ArrowLeft: current - 1,
      Home: 1,
      End: last,
    };
    const target = targets[event.key];
    if (target === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault(); // Space neither presses the button nor scrolls the page
    const step = Math.max(1, Math.min(last, target));
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
