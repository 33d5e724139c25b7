import {buttonNamed} from '../../ui/testing/button.js';
import {until} from '../../ui/testing/until.js';
import type {QkvAttention} from './qkv-attention.js';

/** What a reader sees of a head taken apart and does to it, for tests and stories. */
export class QkvAttentionHarness {
  constructor(readonly element: QkvAttention) {}

  #all<E extends HTMLElement = HTMLElement>(selector: string): E[] {
    return [...this.element.renderRoot.querySelectorAll<E>(selector)];
  }

  get text(): string {
    return this.element.renderRoot.textContent!.replace(/\s+/g, ' ').trim();
  }

  get readout(): string {
    return (this.#all('.readout')[0]?.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  get tokens(): string[] {
    return this.#all('.chips .chip').map((chip) => chip.textContent!.trim());
  }

  /** Names and shapes of the tables of colors. */
  get heats(): string[] {
    return this.#all('.heat > p').map((name) => name.textContent!.replace(/\s+/g, ' ').trim());
  }

  table(caption: string): HTMLElement {
    const found = this.#all('table').find((table) =>
      table.querySelector('caption')!.textContent!.includes(caption),
    );
    if (!found) throw new Error(`There is no table “${caption}” in: ${this.text}`);
    return found;
  }

  /** The numbers of a table as they are written; “masked” where there is none. */
  numbers(caption: string): string[][] {
    return [...this.table(caption).querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.textContent!.trim()),
    );
  }

  button(label: string): HTMLButtonElement {
    return buttonNamed(this.#all<HTMLButtonElement>('button'), label);
  }

  async press(label: string): Promise<void> {
    this.button(label).click();
    await this.element.updateComplete;
  }

  async hover(caption: string, row: number, column: number): Promise<void> {
    this.table(caption)
      .querySelectorAll('tbody tr')
      [row]!.querySelectorAll('td')
      [column]!.dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
    await this.element.updateComplete;
  }

  /** Presses keys in a table of colors: `x`, `weight`, `projected`. What it then reads out. */
  async keys(name: string, ...keys: string[]): Promise<string> {
    const frame = this.#all(`.table-frame.${name}`)[0]!;
    for (const key of keys) {
      frame.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
      await this.element.updateComplete;
    }
    return frame.querySelector('[role="gridcell"]')?.textContent ?? '';
  }

  async choose(name: 'Layer' | 'Head', index: number): Promise<void> {
    const label = this.#all('label').find((one) => one.textContent!.trim().startsWith(name))!;
    const select = label.querySelector('select')!;
    select.value = `${index}`;
    select.dispatchEvent(new Event('change'));
    await this.element.updateComplete;
  }

  async divide(on: boolean): Promise<void> {
    const box = this.#all<HTMLInputElement>('input[type="checkbox"]')[0]!;
    if (box.checked !== on) box.click();
    await this.element.updateComplete;
  }

  /** The slider of the last step: the n-th of its widths. */
  async slide(stop: number): Promise<void> {
    const slider = this.#all<HTMLInputElement>('input[type="range"]')[0]!;
    slider.value = `${stop}`;
    slider.dispatchEvent(new Event('input'));
    await this.element.updateComplete;
  }

  /** “not divided” and “divided by √D” of the last step, each with its figures. */
  get sides(): string[] {
    return this.#all('.sides figure').map((side) => side.textContent!.replace(/\s+/g, ' ').trim());
  }

  until(condition: () => boolean, what: string, timeoutMs = 20_000): Promise<void> {
    return until(condition, () => `${what}: ${this.text}`, {
      timeoutMs,
      settled: () => this.element.updateComplete,
    });
  }
}
