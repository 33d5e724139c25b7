import {ElementHarness} from '../../ui/testing/element-harness.js';
import {words} from '../../ui/testing/words.js';
import type {TokenizerCompare} from './tokenizer-compare.js';

/** What a reader sees of a <tokenizer-compare> and does to it, for tests and stories. */
export class TokenizerCompareHarness extends ElementHarness<TokenizerCompare> {
  /** Whether every tokenizer is made. */
  override get isDrawn(): boolean {
    return super.isDrawn && Object.keys(this.counts).length > 0 && !this.has('.row progress');
  }

  /** The table: what stands in each row, by the name of the tokenizer. */
  get counts(): Record<string, {vocabulary: string; tokens: string; each: string; back: string}> {
    return Object.fromEntries(
      this.all('[part="counts"] tbody tr').map((row) => {
        const [vocabulary, tokens, , each, back] = [...row.querySelectorAll('td')].map(words);
        return [
          words(row.querySelector('th')),
          {vocabulary: vocabulary!, tokens: tokens!, each: each!, back: back!},
        ];
      }),
    );
  }

  #row(label: string): HTMLElement | undefined {
    return this.all('.row').find((row) => row.ariaLabel === label);
  }

  tokens(label: string): string[] {
    return [...(this.#row(label)?.querySelectorAll('.token') ?? [])].map((token) => token.textContent!);
  }

  /** Why there are no tokens. */
  errorOf(label: string): string {
    return words(this.#row(label)?.querySelector('[role="alert"], [role="status"]'));
  }

  /** The table of times. */
  get race(): string {
    return this.words('.race table');
  }

  /** What is said of the race; empty before there was one. */
  get verdict(): string {
    return this.words('.race [role="status"]');
  }

  async toggle(label: string): Promise<void> {
    const box = this.all('fieldset label').find((one) => words(one) === label)!;
    box.querySelector('input')!.click();
    await this.element.updateComplete;
  }
}
