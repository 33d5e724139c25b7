import {until} from '../../ui/testing/until.js';
import type {BatchInspector} from './batch-inspector.js';

/** What a reader sees of a batch and does to it, for tests and stories. */
export class BatchInspectorHarness {
  readonly element: BatchInspector;

  constructor(element: BatchInspector) {
    this.element = element;
  }

  #all<E extends HTMLElement = HTMLElement>(selector: string): E[] {
    return [...this.element.renderRoot.querySelectorAll<E>(selector)];
  }

  #words = (selector: string): string =>
    (this.#all(selector)[0]?.textContent ?? '').replace(/\s+/g, ' ').trim();

  /** The cells of a tensor as they are written, row by row. */
  table(kind: 'inputs' | 'targets'): string[][] {
    return this.#all(`table.${kind} tbody tr`).map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.textContent!),
    );
  }

  /** Rows of 1s where a tensor is hatched. */
  hatched(kind: 'inputs' | 'targets'): string[] {
    return this.#all(`table.${kind} tbody tr`).map((row) =>
      [...row.querySelectorAll('td')].map((cell) => Number(cell.classList.contains('masked'))).join(''),
    );
  }

  cell(kind: 'inputs' | 'targets', row: number, column: number): HTMLElement {
    return this.#all(`table.${kind} [data-row="${row}"][data-column="${column}"]`)[0]!;
  }

  /** The chosen row in its surroundings. */
  get text(): {title: string; marked: string} {
    return {title: this.#words('.text .title'), marked: this.#all('.text mark')[0]?.textContent ?? ''};
  }

  get readout(): string {
    return this.#words('.readout');
  }

  get totals(): string {
    return this.#words('.totals');
  }

  get error(): string {
    return this.#words('[role="alert"]');
  }

  get pages(): string {
    return this.#words('.pager span');
  }

  field<E extends HTMLElement = HTMLInputElement>(id: string): E {
    return this.#all<E>(`#${id}`)[0]!;
  }

  async press(selector: string): Promise<void> {
    this.#all<HTMLButtonElement>(selector)[0]!.click();
    await this.element.updateComplete;
  }

  async set(id: string, value: string): Promise<void> {
    const field = this.field(id);
    field.value = value;
    field.dispatchEvent(new Event('change', {bubbles: true}));
    await this.element.updateComplete;
  }

  until(condition: () => boolean, what = 'it', timeoutMs = 20_000): Promise<void> {
    return until(condition, what, {timeoutMs, settled: () => this.element.updateComplete});
  }

  /** Waits until a batch stands there. */
  shown(): Promise<void> {
    return this.until(() => this.table('inputs').length > 0, 'the batch');
  }
}
