import {buttonNamed} from '../../ui/testing/button.js';
import type {SelfAttentionSteps} from './self-attention-steps.js';

/** What a reader sees of the steps and does to them, for tests and stories. */
export class SelfAttentionStepsHarness {
  constructor(readonly element: SelfAttentionSteps) {}

  #all<E extends HTMLElement = HTMLElement>(selector: string): E[] {
    return [...this.element.renderRoot.querySelectorAll<E>(selector)];
  }

  /** Captions of the tables, in order. */
  get captions(): string[] {
    return this.#all('caption').map((caption) => caption.textContent!.replace(/\s+/g, ' ').trim());
  }

  table(caption: string): HTMLElement {
    const found = this.#all('table').find((table) =>
      table.querySelector('caption')!.textContent!.includes(caption),
    );
    if (!found) throw new Error(`There is no table “${caption}”: ${this.captions.join(', ')}.`);
    return found;
  }

  /** The numbers of a table as they are written. */
  numbers(caption: string): string[][] {
    return [...this.table(caption).querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map(
        (cell) => cell.querySelector('input')?.value ?? cell.textContent!.trim(),
      ),
    );
  }

  cell(caption: string, row: number, column: number): HTMLElement {
    return this.table(caption).querySelectorAll('tbody tr')[row]!.querySelectorAll('td')[column]!;
  }

  get readout(): string {
    return this.#all('.readout')[0]!.textContent!.replace(/\s+/g, ' ').trim();
  }

  get text(): string {
    return this.element.renderRoot.textContent!.replace(/\s+/g, ' ');
  }

  button(label: string): HTMLButtonElement {
    return buttonNamed(this.#all<HTMLButtonElement>('button'), label);
  }

  async press(label: string): Promise<void> {
    this.button(label).click();
    await this.element.updateComplete;
  }

  async hover(caption: string, row: number, column: number): Promise<void> {
    this.cell(caption, row, column).dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
    await this.element.updateComplete;
  }

  async keys(caption: string, ...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.table(caption).dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
      await this.element.updateComplete;
    }
  }

  async write(row: number, column: number, value: string): Promise<void> {
    const input = this.cell('vectors', row, column).querySelector('input')!;
    input.value = value;
    input.dispatchEvent(new Event('change', {bubbles: true}));
    await this.element.updateComplete;
  }

  async type(text: string): Promise<void> {
    const input = this.#all<HTMLInputElement>('.text-input input')[0]!;
    input.value = text;
    input.dispatchEvent(new Event('input', {bubbles: true}));
    await this.element.updateComplete;
  }
}
