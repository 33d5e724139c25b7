import {ElementHarness} from '../../ui/testing/element-harness.js';
import {words} from '../../ui/testing/words.js';
import type {SpecialTokens} from './special-tokens.js';

/** What a reader sees of a <special-tokens> and does to it, for tests and stories. */
export class SpecialTokensHarness extends ElementHarness<SpecialTokens> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.has('.chip') && !this.has('progress');
  }

  /** A row of tokens: of the documents, of the words, of gpt2. */
  row(index: number): {tokens: string[]; ids: number[]} {
    const chips = [...this.all('.tokens')[index]!.querySelectorAll('.chip')];
    return {
      tokens: chips.map((chip) => chip.querySelector('.token')!.textContent!),
      ids: chips.map((chip) => Number(chip.querySelector('.id')!.textContent)),
    };
  }

  /** What the sentences come back as. */
  get back(): string[] {
    return this.all('.back q').map((quote) => quote.textContent!);
  }

  get readouts(): string[] {
    return this.all('.readout').map(words);
  }

  async write(index: number, text: string): Promise<void> {
    const field = this.all<HTMLInputElement>('.field input')[index]!;
    field.value = text;
    field.dispatchEvent(new Event('input', {bubbles: true}));
    await this.element.updateComplete;
  }

  async refuse(refused: boolean): Promise<void> {
    this.all('input[type="radio"]')[refused ? 1 : 0]!.click();
    await this.element.updateComplete;
  }
}
