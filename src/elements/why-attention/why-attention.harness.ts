import {buttonNamed} from '../../ui/testing/button.js';
import {until} from '../../ui/testing/until.js';
import {chartFrame} from '../../viz/lines.js';
import type {WhyAttention} from './why-attention.js';

/** What a reader sees of the comparison and does to it, for tests and stories. */
export class WhyAttentionHarness {
  constructor(readonly element: WhyAttention) {}

  get root(): ParentNode {
    return this.element.renderRoot;
  }

  #all<E extends HTMLElement = HTMLElement>(selector: string): E[] {
    return [...this.root.querySelectorAll<E>(selector)];
  }

  get text(): string {
    return this.element.renderRoot.textContent!.replace(/\s+/g, ' ').trim();
  }

  /** The tokens of the text, spaces visible. */
  get tokens(): string[] {
    return this.#all('.tale .token').map((token) => token.textContent!);
  }

  /** The words that have to look back. */
  get looking(): string[] {
    return this.#all('.tale .looks').map((token) => token.textContent!);
  }

  get chosen(): string | undefined {
    return this.root.querySelector('.tale [aria-pressed="true"]')?.textContent ?? undefined;
  }

  /** What the chosen word refers to. */
  get mentions(): string[] {
    return this.#all('.tale .mention').map((token) => token.textContent!);
  }

  /** Arcs that lead somewhere. */
  get arcs(): string[] {
    return [...this.root.querySelectorAll('.arcs path')].flatMap((path) => path.getAttribute('d') ?? []);
  }

  /** What is chosen; and what the recurrent network comes to. */
  get readouts(): string[] {
    return this.#all('.readout').map((line) => line.textContent!.replace(/\s+/g, ' ').trim());
  }

  /** “layer 1, head 1” and its share as it is written; the last is an even spread's. */
  get heads(): [name: string, share: string][] {
    return this.#all('.heads tbody tr').map((row) => [
      row.querySelector('th')!.textContent!,
      row.querySelector('.number')!.textContent!,
    ]);
  }

  get best(): string {
    return this.root.querySelector('.heads .best th')!.textContent!;
  }

  /** The rows of the table of all numbers. */
  get numbers(): string[][] {
    return this.#all('.numbers tbody tr').map((row) =>
      [...row.children].map((cell) => cell.textContent!.trim()),
    );
  }

  /** The rows of the table of many tales. */
  get survey(): string[][] {
    return this.#all('.survey tbody tr').map((row) =>
      [...row.children].map((cell) => cell.textContent!.replace(/\s+/g, ' ').trim()),
    );
  }

  /** What a chart says to those who do not see it. */
  chart(name: 'shares' | 'felt'): string {
    return this.root.querySelector(`.${name}.chart`)!.getAttribute('aria-label')!;
  }

  get computed(): boolean {
    return this.readouts.length === 2 && !this.readouts[1]!.includes('Computing');
  }

  async choose(index: number): Promise<void> {
    this.#all('.tale .looks')[index]!.click();
    await this.element.updateComplete;
  }

  async keys(...keys: string[]): Promise<void> {
    for (const key of keys) {
      const at = (this.element.shadowRoot!.activeElement ?? this.root.querySelector('.tale'))!;
      at.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
      await this.element.updateComplete;
    }
  }

  /** Clicks on the chart of shares, where a mention so far back with such a share has its dot. */
  async clickDot(distance: number, share: number): Promise<void> {
    const canvas = this.root.querySelector<HTMLElement>('.shares.chart')!;
    const axis = {label: '', format: String};
    const x = {...axis, domain: [0, this.tokens.length - 1] as const};
    const y = {...axis, domain: [0, 1] as const};
    const {width, height, left, top} = canvas.getBoundingClientRect();
    const frame = chartFrame({x, y, series: [], references: [], pins: []}, width, height);
    const [clientX, clientY] = [left + frame.x(distance), top + frame.y(share)];
    canvas.dispatchEvent(new MouseEvent('click', {clientX, clientY, bubbles: true}));
    await this.element.updateComplete;
  }

  async setRadius(radius: number): Promise<void> {
    const slider = this.root.querySelector<HTMLInputElement>('input[type=range]')!;
    slider.value = String(radius);
    slider.dispatchEvent(new InputEvent('input', {bubbles: true}));
    await this.element.updateComplete;
  }

  async type(text: string): Promise<void> {
    const input = this.root.querySelector<HTMLInputElement>('.text-input input')!;
    input.value = text;
    input.dispatchEvent(new InputEvent('input', {bubbles: true}));
    await this.element.updateComplete;
  }

  async press(label: string): Promise<void> {
    buttonNamed(this.#all('button'), label).click();
    await this.element.updateComplete;
  }

  until(condition: () => boolean, what: string, timeoutMs = 20_000): Promise<void> {
    return until(condition, () => `${what}: ${this.text}`, {
      timeoutMs,
      settled: () => this.element.updateComplete,
    });
  }
}
