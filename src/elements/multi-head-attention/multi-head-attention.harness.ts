import {buttonNamed} from '../../ui/testing/button.js';
import {until} from '../../ui/testing/until.js';
import type {MultiHeadAttention} from './multi-head-attention.js';

/** What a reader sees of the heads and does to them, for tests and stories. */
export class MultiHeadAttentionHarness {
  constructor(readonly element: MultiHeadAttention) {}

  #all<E extends HTMLElement = HTMLElement>(selector: string): E[] {
    return [...this.element.renderRoot.querySelectorAll<E>(selector)];
  }

  get text(): string {
    return this.element.renderRoot.textContent!.replace(/\s+/g, ' ').trim();
  }

  /** The last line that says something: what is pointed at. */
  get readout(): string {
    return (this.#all('[part="readout"]')[0]?.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  get effect(): string {
    return (this.#all('.effect .readout')[0]?.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  get heads(): HTMLElement[] {
    return this.#all('.head');
  }

  /** The table of next tokens: name, with all heads, with those silenced. */
  get next(): string[][] {
    return this.#all('.next tbody tr').map((row) =>
      [...row.children].map((cell) => cell.textContent!.trim()),
    );
  }

  /** What each head is worth, [L][H], as written. */
  get worth(): string[][] {
    return this.#all('.survey tbody tr').map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.textContent!.trim()),
    );
  }

  async silence(head: number): Promise<void> {
    this.heads[head]!.querySelector('input')!.click();
    await this.element.updateComplete;
  }

  async press(label: string): Promise<void> {
    buttonNamed(this.#all('button'), label).click();
    await this.element.updateComplete;
  }

  /** Presses keys in `context` or `out`. What is then read out. */
  async keys(name: 'context' | 'out', ...keys: string[]): Promise<string> {
    const frame = this.#all(`.table-frame.${name}`)[0]!;
    for (const key of keys) {
      frame.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
      await this.element.updateComplete;
    }
    return frame.querySelector('[role="gridcell"]')?.textContent ?? '';
  }

  until(condition: () => boolean, what: string, timeoutMs = 25_000): Promise<void> {
    return until(condition, () => `${what}: ${this.text}`, {
      timeoutMs,
      settled: () => this.element.updateComplete,
    });
  }
}
