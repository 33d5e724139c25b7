import {until} from '../../ui/testing/until.js';
import type {CorpusPicker} from './corpus-picker.js';

/** What a reader sees of a corpus picker and does to it, for tests and stories. */
export class CorpusPickerHarness {
  readonly element: CorpusPicker;

  constructor(element: CorpusPicker) {
    this.element = element;
  }

  #all<E extends HTMLElement = HTMLElement>(selector: string): E[] {
    return [...this.element.renderRoot.querySelectorAll<E>(selector)];
  }

  #words = (selector: string): string =>
    (this.#all(selector)[0]?.textContent ?? '').replace(/\s+/g, ' ').trim();

  /** The name of the text that is looked at. */
  get name(): string {
    return this.#words('h2');
  }

  /** Terms and values of the statistics. */
  get figures(): Record<string, string> {
    return Object.fromEntries(
      this.#all('.figures > div').map((figure) => [
        figure.querySelector('dt')!.textContent!,
        figure.querySelector('.value')!.textContent!,
      ]),
    );
  }

  /** What is said of the two parts. */
  get parts(): string[] {
    return this.#all('.parts p').map((part) => part.textContent!.replace(/\s+/g, ' ').trim());
  }

  /** The most frequent ones with their counts, as drawn. */
  counts(kind: 'character' | 'word'): [string, string][] {
    const table = this.#all('.counts table')[kind === 'character' ? 0 : 1]!;
    return [...table.querySelectorAll('tbody tr')].map((row) => [
      row.querySelector('th')?.textContent?.trim() ?? '',
      row.querySelector('.number')?.textContent?.trim() ?? '',
    ]);
  }

  get marked(): string[] {
    return this.#all('mark').map((mark) => mark.textContent!);
  }

  get excerpt(): string {
    return this.#all('.excerpt')[0]!.textContent!;
  }

  get error(): string {
    return this.#words('[role="alert"]');
  }

  get hint(): string {
    return this.#words('.apply .hint');
  }

  get readout(): string {
    return this.#words('.readout');
  }

  get take(): HTMLButtonElement {
    return this.#all<HTMLButtonElement>('button.take')[0]!;
  }

  has(selector: string): boolean {
    return this.#all(selector).length > 0;
  }

  field<E extends HTMLElement = HTMLInputElement>(selector: string): E {
    const field = this.#all<E>(selector)[0];
    if (!field) throw new Error(`There is no field “${selector}”.`);
    return field;
  }

  async press(className: string): Promise<void> {
    this.field<HTMLButtonElement>(`button.${className}`).click();
    await this.element.updateComplete;
  }

  /** Chooses one of the ready texts. */
  async choose(id: string): Promise<void> {
    await this.source('entry');
    await this.enter('select', id);
  }

  async source(source: 'entry' | 'paste' | 'file' | 'url'): Promise<void> {
    this.field(`input[value="${source}"]`).click();
    await this.element.updateComplete;
  }

  async enter(selector: string, value: string): Promise<void> {
    const field = this.field(selector);
    field.value = value;
    field.dispatchEvent(new Event('input', {bubbles: true}));
    field.dispatchEvent(new Event('change', {bubbles: true}));
    await this.element.updateComplete;
  }

  /** Pastes into the text field, as from the clipboard. @returns whether the field itself would take it */
  async paste(text: string): Promise<boolean> {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    const field = this.field<HTMLTextAreaElement>('textarea');
    const entered = field.dispatchEvent(
      new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}),
    );
    await this.element.updateComplete;
    return entered;
  }

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

  /** Waits until a text of this name has been looked at. */
  looked(name: string): Promise<void> {
    return this.until(() => this.name === name && this.figures.Tokens !== '…', `“${name}”`);
  }
}
