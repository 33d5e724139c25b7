import {buttonNamed} from '../../ui/testing/button.js';
import {until} from '../../ui/testing/until.js';
import type {TextGenerator} from './text-generator.js';

/** What a reader sees of a generator and does to it, for tests and stories. */
export class TextGeneratorHarness {
  readonly element: TextGenerator;

  constructor(element: TextGenerator) {
    this.element = element;
  }

  #all<E extends HTMLElement = HTMLElement>(selector: string): E[] {
    return [...this.element.renderRoot.querySelectorAll<E>(selector)];
  }

  get tokens(): HTMLElement[] {
    return this.#all('.token');
  }

  /** The text as it is drawn: the prompt, then what was written. */
  get text(): string {
    return this.#all('.text')[0]!.textContent!;
  }

  get bars(): {name: string; probability: number; drawn: boolean; button: HTMLButtonElement}[] {
    return this.#all<HTMLButtonElement>('.bar').map((button) => ({
      name: button.querySelector('.name')!.textContent!,
      probability: Number(button.querySelector('.probability')!.textContent!.replace(/^<.*/, '0')),
      drawn: button.classList.contains('drawn'),
      button,
    }));
  }

  get title(): string {
    return this.#all('.title')[0]?.textContent ?? '';
  }

  get readout(): string {
    return this.#all('.readout')[0]!.textContent!.replace(/\s+/g, ' ').trim();
  }

  get error(): string {
    return this.#all('[role="alert"]')[0]?.textContent ?? '';
  }

  get textarea(): HTMLTextAreaElement {
    return this.#all<HTMLTextAreaElement>('textarea')[0]!;
  }

  button(label: string): HTMLButtonElement {
    return buttonNamed(this.#all<HTMLButtonElement>('button'), label);
  }

  has(selector: string): boolean {
    return this.#all(selector).length > 0;
  }

  async press(label: string): Promise<void> {
    this.button(label).click();
    await this.element.updateComplete;
  }

  async type(prompt: string): Promise<void> {
    this.textarea.value = prompt;
    this.textarea.dispatchEvent(new Event('input', {bubbles: true}));
    await this.element.updateComplete;
  }

  /** Moves a slider: `temperature`, `top-k`, `top-p`. */
  async slide(id: string, value: number): Promise<void> {
    const slider = this.#all<HTMLInputElement>(`#${id}`)[0]!;
    slider.value = `${value}`;
    slider.dispatchEvent(new Event('input', {bubbles: true}));
    await this.element.updateComplete;
  }

  slider(id: string): {input: HTMLInputElement; shown: string} {
    const input = this.#all<HTMLInputElement>(`#${id}`)[0]!;
    return {input, shown: input.nextElementSibling!.textContent!.trim()};
  }

  until(condition: () => boolean, what = 'it', timeoutMs = 20_000): Promise<void> {
    return until(condition, what, {timeoutMs, settled: () => this.element.updateComplete});
  }

  /** Waits until a text of so many tokens stands there and what comes next is known. */
  written(count: number): Promise<void> {
    return this.until(
      () => this.tokens.length === count && this.has('.primary:not(.writing)') && this.bars.length > 0,
      `${count} tokens`,
    );
  }
}
