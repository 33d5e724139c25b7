import {buttonNamed} from '../../ui/testing/button.js';
import {until} from '../../ui/testing/until.js';
import type {CausalMask} from './causal-mask.js';

/** What a reader sees of the mask and does to it, for tests and stories. */
export class CausalMaskHarness {
  constructor(readonly element: CausalMask) {}

  #all<E extends HTMLElement = HTMLElement>(selector: string): E[] {
    return [...this.element.renderRoot.querySelectorAll<E>(selector)];
  }

  get text(): string {
    return this.element.renderRoot.textContent!.replace(/\s+/g, ' ').trim();
  }

  /** The last line: what is pointed at, or, below the experiment, what came out of it. */
  get readouts(): string[] {
    return this.#all('.readout').map((line) => line.textContent!.replace(/\s+/g, ' ').trim());
  }

  get captions(): string[] {
    return this.#all('caption').map((caption) => caption.textContent!.trim());
  }

  /** The numbers of a table as they are written; “masked” where there is none. */
  numbers(caption: string): string[][] {
    const table = this.#all('table').find((one) =>
      one.querySelector('caption')!.textContent!.includes(caption),
    )!;
    return [...table.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.textContent!.trim()),
    );
  }

  get samples(): string[] {
    return this.#all('.sample').map((sample) => sample.textContent!);
  }

  get curves(): string {
    return this.#all('.curves')[0]!.getAttribute('aria-label')!;
  }

  has(label: string): boolean {
    return this.#all('button').some((one) => one.textContent!.trim() === label);
  }

  async press(label: string): Promise<void> {
    buttonNamed(this.#all('button'), label).click();
    await this.element.updateComplete;
  }

  async keys(caption: string, ...keys: string[]): Promise<void> {
    const table = this.#all('table').find((one) =>
      one.querySelector('caption')!.textContent!.includes(caption),
    )!;
    for (const key of keys) {
      table.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
      await this.element.updateComplete;
    }
  }

  until(condition: () => boolean, what: string, timeoutMs = 25_000): Promise<void> {
    return until(condition, () => `${what}: ${this.text}`, {
      timeoutMs,
      settled: () => this.element.updateComplete,
    });
  }
}
