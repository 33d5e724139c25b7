import {buttonNamed} from '../../ui/testing/button.js';
import {until} from '../../ui/testing/until.js';
import type {AttentionDropout} from './attention-dropout.js';

/** What a reader sees of dropout and does to it, for tests and stories. */
export class AttentionDropoutHarness {
  constructor(readonly element: AttentionDropout) {}

  #all<E extends HTMLElement = HTMLElement>(selector: string): E[] {
    return [...this.element.renderRoot.querySelectorAll<E>(selector)];
  }

  get readout(): string {
    return (this.#all('.readout')[0]?.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  #table(caption: string): HTMLElement {
    const found = this.#all('table').find((one) =>
      one.querySelector('caption')!.textContent!.includes(caption),
    );
    if (!found) throw new Error(`There is no table “${caption}”.`);
    return found;
  }

  get ready(): boolean {
    return this.#all('table').length > 0;
  }

  /** The numbers of a table as they are written; “masked” where there is none. */
  numbers(caption: string): string[][] {
    return [...this.#table(caption).querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.textContent!.trim()),
    );
  }

  /** Whether each cell is struck out. */
  dropped(caption: string): boolean[][] {
    return [...this.#table(caption).querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.classList.contains('dropped')),
    );
  }

  async press(label: string): Promise<void> {
    buttonNamed(this.#all('button'), label).click();
    await this.element.updateComplete;
  }

  async average(): Promise<void> {
    this.#all<HTMLInputElement>('input[type="checkbox"]')[0]!.click();
    await this.element.updateComplete;
  }

  async slide(rate: number): Promise<void> {
    const slider = this.#all<HTMLInputElement>('input[type="range"]')[0]!;
    slider.value = `${rate}`;
    slider.dispatchEvent(new Event('input'));
    await this.element.updateComplete;
  }

  async keys(caption: string, ...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.#table(caption).dispatchEvent(
        new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}),
      );
      await this.element.updateComplete;
    }
  }

  until(condition: () => boolean, what: string, timeoutMs = 20_000): Promise<void> {
    return until(condition, what, {timeoutMs, settled: () => this.element.updateComplete});
  }
}
