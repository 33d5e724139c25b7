import {until} from '../../ui/testing/until.js';
import type {SlidingWindow} from './sliding-window.js';

/** What a reader sees of a sliding window and does to it, for tests and stories. */
export class SlidingWindowHarness {
  readonly element: SlidingWindow;

  constructor(element: SlidingWindow) {
    this.element = element;
  }

  #all<E extends HTMLElement = HTMLElement>(selector: string): E[] {
    return [...this.element.renderRoot.querySelectorAll<E>(selector)];
  }

  #words = (selector: string): string =>
    (this.#all(selector)[0]?.textContent ?? '').replace(/\s+/g, ' ').trim();

  /** The tokens in the frame, as they are drawn. */
  get framed(): string[] {
    return this.#all('.t.input').map((token) => token.textContent!);
  }

  row(name: 'input' | 'target'): {text: string; id: number; highlighted: boolean}[] {
    return this.#all(`tr.${name} td`).map((cell) => ({
      text: cell.querySelector('.token')!.textContent!,
      id: Number(cell.querySelector('.id')!.textContent),
      highlighted: cell.classList.contains('highlighted'),
    }));
  }

  /** “Once upon → a”, one for each position. */
  get tasks(): string[] {
    return this.#all('.tasks li').map((task) => task.textContent!.replace(/\s+/g, ' ').trim());
  }

  get passage(): HTMLElement {
    return this.#all('.passage')[0]!;
  }

  /** “window 3 of 1,234”. */
  get count(): string {
    return this.#words('.place output');
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

  field(id: string): HTMLInputElement {
    return this.#all<HTMLInputElement>(`#${id}`)[0]!;
  }

  async press(className: string): Promise<void> {
    this.#all<HTMLButtonElement>(`button.${className}`)[0]!.click();
    await this.element.updateComplete;
  }

  async slide(id: 'contextLength' | 'stride', value: number): Promise<void> {
    const slider = this.field(id);
    slider.value = `${value}`;
    slider.dispatchEvent(new Event('input', {bubbles: true}));
    await this.element.updateComplete;
  }

  async key(name: string): Promise<void> {
    this.passage.dispatchEvent(new KeyboardEvent('keydown', {key: name, bubbles: true, cancelable: true}));
    await this.element.updateComplete;
  }

  async point(position: number): Promise<void> {
    this.#all(`tr.input td[data-position="${position}"]`)[0]!.click();
    await this.element.updateComplete;
  }

  /** Where a token is drawn, for a pointer. */
  placeOf(token: number): {x: number; y: number} {
    const {left, top, width, height} = this.#all(`[data-token="${token}"]`)[0]!.getBoundingClientRect();
    return {x: left + width / 2, y: top + height / 2};
  }

  until(condition: () => boolean, what = 'it', timeoutMs = 20_000): Promise<void> {
    return until(condition, what, {timeoutMs, settled: () => this.element.updateComplete});
  }
}
