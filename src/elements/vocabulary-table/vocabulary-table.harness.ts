import {until} from '../../ui/testing/until.js';
import type {VocabularyTable} from './vocabulary-table.js';

/** What a reader sees of a <vocabulary-table> and does to it, for tests and stories. */
export class VocabularyTableHarness {
  readonly element: VocabularyTable;

  constructor(element: VocabularyTable) {
    this.element = element;
  }

  #all<E extends HTMLElement = HTMLElement>(selector: string): E[] {
    return [...this.element.renderRoot.querySelectorAll<E>(selector)];
  }

  has(selector: string): boolean {
    return this.#all(selector).length > 0;
  }

  /** The rows that are drawn, from the top. */
  get rows(): {id: number; token: string; bytes: string; count: string; index: number; current: boolean}[] {
    return this.#all('.body .row')
      .map((row) => {
        const cell = (name: string) => row.querySelector(`.${name}`)!.textContent!.trim();
        return {
          id: Number(cell('id')),
          token: cell('token'),
          bytes: cell('bytes'),
          count: cell('frequency'),
          index: Number(row.getAttribute('aria-rowindex')),
          current: row.classList.contains('current'),
        };
      })
      .sort((a, b) => a.index - b.index);
  }

  get rowCount(): number {
    return Number(this.#all('.table')[0]!.getAttribute('aria-rowcount')) - 1;
  }

  get body(): HTMLElement {
    return this.#all('.body')[0]!;
  }

  get readout(): string {
    return this.#all('.readout')[0]!.textContent!.replace(/\s+/g, ' ').trim();
  }

  /** What each column says of its order. */
  get sorted(): Record<string, string> {
    return Object.fromEntries(
      this.#all('[role="columnheader"]').map((head) => [head.className, head.getAttribute('aria-sort')!]),
    );
  }

  async sortBy(column: string): Promise<void> {
    this.#all<HTMLButtonElement>(`.head .${column} button`)[0]!.click();
    await this.element.updateComplete;
  }

  async search(text: string): Promise<void> {
    const field = this.#all<HTMLInputElement>('input[type="search"]')[0]!;
    field.value = text;
    field.dispatchEvent(new Event('input', {bubbles: true}));
    await this.element.updateComplete;
  }

  async press(key: string): Promise<void> {
    this.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
    await this.element.updateComplete;
  }

  until(condition: () => boolean, what = 'it', timeoutMs = 25_000): Promise<void> {
    return until(condition, what, {timeoutMs, settled: () => this.element.updateComplete});
  }

  /** Waits until the tokens are there and counted. */
  ready(): Promise<void> {
    return this.until(() => this.readout.includes('different ones') && this.rows.length > 0, 'the table');
  }
}
