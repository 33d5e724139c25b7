import {until} from '../../ui/testing/until.js';
import type {GptTrainer} from './gpt-trainer.js';

/** What a reader sees of a trainer and does to it, for tests and stories. */
export class GptTrainerHarness {
  readonly element: GptTrainer;

  constructor(element: GptTrainer) {
    this.element = element;
  }

  #one<E extends HTMLElement = HTMLElement>(selector: string): E | null {
    return this.element.renderRoot.querySelector<E>(selector);
  }

  #text = (selector: string): string => (this.#one(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();

  get primary(): HTMLButtonElement {
    return this.#one<HTMLButtonElement>('.primary')!;
  }

  /** What the main button says: “Train”, “Pause” … */
  get label(): string {
    return this.#text('.primary');
  }

  get state(): string {
    return this.#text('.state');
  }

  /** “step 12 of 1,500”. */
  get count(): string {
    return this.#text('.count');
  }

  get readout(): string {
    return this.#text('.readout');
  }

  get announced(): string {
    return this.#text('.visually-hidden[role="status"]');
  }

  get error(): string {
    return this.#text('[role="alert"] > span, p[role="alert"]');
  }

  get said(): string {
    return this.#text('.said');
  }

  /** Opens the library's lines. */
  async showCode(): Promise<void> {
    const buttons = [...this.element.renderRoot.querySelectorAll<HTMLButtonElement>('.footer button')];
    buttons.find((button) => button.textContent!.trim() === 'Code')!.click();
    await this.until(() => this.#one('.code') !== null, 'the code');
  }

  get code(): string {
    return this.#one('.code pre')!.textContent!;
  }

  /** The pieces of code to choose from. */
  get pieces(): HTMLSelectElement {
    return this.#one<HTMLSelectElement>('.code select')!;
  }

  async choosePiece(name: string): Promise<void> {
    this.pieces.value = name;
    this.pieces.dispatchEvent(new Event('change'));
    await this.element.updateComplete;
  }

  /** Terms and values of the figures. */
  get figures(): Record<string, string> {
    const entries = [...this.element.renderRoot.querySelectorAll('.figure')].map((figure) => [
      figure.querySelector('dt')!.textContent!.trim(),
      figure.querySelector('.value')!.textContent!.trim(),
    ]);
    return Object.fromEntries(entries);
  }

  get sample(): {moment: string; text: string} {
    return {moment: this.#text('.moment'), text: this.#text('.sample blockquote')};
  }

  get progress(): HTMLProgressElement {
    return this.#one<HTMLProgressElement>('progress')!;
  }

  has(selector: string): boolean {
    return this.#one(selector) !== null;
  }

  button(className: string): HTMLButtonElement {
    const button = this.#one<HTMLButtonElement>(`button.${className}`);
    if (!button) throw new Error(`There is no button “${className}”.`);
    return button;
  }

  async press(className = 'primary'): Promise<void> {
    this.button(className).click();
    await this.element.updateComplete;
  }

  /** Opens one of the lines at the bottom: “Text”, “Model”, “Settings”, “Runs on”. */
  async open(name: string): Promise<void> {
    const all = [...this.element.renderRoot.querySelectorAll('details')];
    const details = all.find((one) => one.querySelector('.name')!.textContent === name);
    if (!details) throw new Error(`There is no line “${name}”.`);
    if (!details.open) details.querySelector('summary')!.click();
    await this.until(() => details.querySelector('.panel')!.childElementCount > 0, `“${name}” to open`);
  }

  /** What a line says while it is closed. */
  fact(name: string): string {
    const all = [...this.element.renderRoot.querySelectorAll('summary')];
    const summary = all.find((one) => one.querySelector('.name')!.textContent === name);
    return summary?.querySelector('.fact')?.textContent?.trim() ?? '';
  }

  field<E extends HTMLElement = HTMLInputElement>(selector: string): E {
    const field = this.#one<E>(selector);
    if (!field) throw new Error(`There is no field “${selector}”.`);
    return field;
  }

  async enter(selector: string, value: string): Promise<void> {
    const field = this.field<HTMLInputElement>(selector);
    field.value = value;
    field.dispatchEvent(new Event('input', {bubbles: true}));
    field.dispatchEvent(new Event('change', {bubbles: true}));
    await this.element.updateComplete;
  }

  async choose(selector: string): Promise<void> {
    this.field(selector).click();
    await this.element.updateComplete;
  }

  /** Drops a file on the element, as from the desktop. */
  async drop(file: File): Promise<void> {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(file);
    this.element.dispatchEvent(new DragEvent('dragover', {dataTransfer, bubbles: true, cancelable: true}));
    await this.element.updateComplete;
    this.element.dispatchEvent(new DragEvent('drop', {dataTransfer, bubbles: true, cancelable: true}));
    await this.element.updateComplete;
  }

  until(condition: () => boolean, what = 'it', timeoutMs = 20_000): Promise<void> {
    return until(condition, what, {timeoutMs, settled: () => this.element.updateComplete});
  }
}
