import {until} from '../../ui/testing/until.js';
import type {TokenizerCompare} from './tokenizer-compare.js';

/** What a reader sees of a <tokenizer-compare> and does to it, for tests and stories. */
export class TokenizerCompareHarness {
  readonly element: TokenizerCompare;

  constructor(element: TokenizerCompare) {
    this.element = element;
  }

  #all<E extends HTMLElement = HTMLElement>(selector: string): E[] {
    return [...this.element.renderRoot.querySelectorAll<E>(selector)];
  }

  has(selector: string): boolean {
    return this.#all(selector).length > 0;
  }

  /** The table: what stands in each row, by the name of the tokenizer. */
  get counts(): Record<string, {vocabulary: string; tokens: string; each: string; back: string}> {
    return Object.fromEntries(
      this.#all('[part="counts"] tbody tr').map((row) => {
        const [vocabulary, tokens, , each, back] = [...row.querySelectorAll('td')].map((cell) =>
          cell.textContent!.replace(/\s+/g, ' ').trim(),
        );
        const what = row.querySelector('.what')!.textContent!;
        const name = row.querySelector('th')!.textContent!.slice(0, -what.length).trim();
        return [name, {vocabulary: vocabulary!, tokens: tokens!, each: each!, back: back!}];
      }),
    );
  }

  #row(label: string): HTMLElement | undefined {
    return this.#all('.row').find((row) => row.ariaLabel === label);
  }

  tokens(label: string): string[] {
    return [...(this.#row(label)?.querySelectorAll('.token') ?? [])].map((token) => token.textContent!);
  }

  error(label: string): string {
    return this.#row(label)?.querySelector('[role="alert"]')?.textContent ?? '';
  }

  #words = (selector: string): string => this.#all(selector)[0]!.textContent!.replace(/\s+/g, ' ').trim();

  /** The table of times. */
  get race(): string {
    return this.#words('.race table');
  }

  /** What is said of the race; empty before there was one. */
  get verdict(): string {
    return this.#words('.race [role="status"]');
  }

  async toggle(label: string): Promise<void> {
    const box = this.#all<HTMLLabelElement>('fieldset label').find(
      (one) => one.textContent!.trim() === label,
    )!;
    box.querySelector('input')!.click();
    await this.element.updateComplete;
  }

  async type(text: string): Promise<void> {
    const field = this.#all<HTMLTextAreaElement>('textarea')[0]!;
    field.value = text;
    field.dispatchEvent(new Event('input', {bubbles: true}));
    await this.element.updateComplete;
  }

  async press(label: string): Promise<void> {
    this.#all<HTMLButtonElement>('button')
      .find((one) => one.textContent!.trim() === label)!
      .click();
    await this.element.updateComplete;
  }

  until(condition: () => boolean, what = 'it', timeoutMs = 25_000): Promise<void> {
    return until(condition, what, {timeoutMs, settled: () => this.element.updateComplete});
  }

  /** Waits until every tokenizer is made. */
  ready(): Promise<void> {
    return this.until(
      () => Object.keys(this.counts).length > 0 && !this.has('.row progress'),
      'the tokenizers',
    );
  }
}
