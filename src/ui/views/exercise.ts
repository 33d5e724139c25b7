import {html, type ReactiveController, type ReactiveControllerHost, type TemplateResult} from 'lit';

export interface Exercise {
  /** What the reader is asked to predict. */
  question: TemplateResult | string;
  options: readonly string[];
  /** Index of the right option, computed from what the element shows. */
  answer: number;
  /** Why, once the reader has decided. */
  because: TemplateResult | string;
}

export interface GptAnswerDetail {
  chosen: number;
  right: boolean;
}

/**
 * A question that wants a prediction before the answer is shown. An element with the attribute `exercise` hides what would
 * give the answer away while `open` is true; the reader's choice reveals it. Another state of the element (`about`) is
 * another question.
 */
export class ExerciseController implements ReactiveController {
  #chosen?: number;
  #about?: unknown;
  readonly #host: ReactiveControllerHost & HTMLElement & {exercise: boolean};

  constructor(host: ReactiveControllerHost & HTMLElement & {exercise: boolean}) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Whether the answer is still to be hidden. `about`: what the question is about; another one asks anew. */
  open(about?: unknown): boolean {
    if (about !== this.#about) {
      this.#about = about;
      this.#chosen = undefined;
    }
    return this.#host.exercise && this.#chosen === undefined;
  }

  render({question, options, answer, because}: Exercise): TemplateResult | undefined {
    if (!this.#host.exercise) return undefined;
    const chosen = this.#chosen;
    return html`<div class="exercise" part="exercise" role="group" aria-label="Exercise">
      <p class="question">${question}</p>
      <div class="options">
        ${options.map(
          (option, i) =>
            html`<button
              aria-pressed=${chosen === i}
              class=${chosen === undefined ? '' : i === answer ? 'right' : i === chosen ? 'wrong' : ''}
              aria-disabled=${chosen !== undefined}
              @click=${() => this.#choose(i, answer)}
            >
              ${option}${chosen === undefined ? '' : i === answer ? ' ✓' : i === chosen ? ' ✗' : ''}
            </button>`,
        )}
        ${chosen === undefined ? '' : html`<button class="link" @click=${() => this.#again()}>Ask me again</button>`}
      </div>
      <p class="because" role="status">
        ${chosen === undefined ? 'Decide first: the answer is hidden until then.' : html`${chosen === answer ? 'Right. ' : 'Not quite. '}${because}`}
      </p>
    </div>`;
  }

  #choose(chosen: number, answer: number): void {
    if (this.#chosen !== undefined) return;
    this.#chosen = chosen;
    const detail: GptAnswerDetail = {chosen, right: chosen === answer};
    this.#host.dispatchEvent(new CustomEvent('gpt-answer', {detail, bubbles: true, composed: true}));
    this.#host.requestUpdate();
  }

  #again(): void {
    this.#chosen = undefined;
    this.#host.requestUpdate();
    // The button that has the focus is about to go.
    this.#host.shadowRoot?.querySelector<HTMLElement>('.exercise button')?.focus();
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'gpt-answer': CustomEvent<GptAnswerDetail>;
  }
}
