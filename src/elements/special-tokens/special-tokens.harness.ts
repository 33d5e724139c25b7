import type {SpecialTokens} from './special-tokens.js';

/** What a reader sees of a <special-tokens> and does to it, for tests and stories. */
export class SpecialTokensHarness {
  readonly element: SpecialTokens;

  constructor(element: SpecialTokens) {
    this.element = element;
  }

  #all<E extends HTMLElement = HTMLElement>(selector: string): E[] {
    return [...this.element.renderRoot.querySelectorAll<E>(selector)];
  }

  has(selector: string): boolean {
    return this.#all(selector).length > 0;
  }

  /** A row of tokens: of the documents, of the words, of gpt2. */
  row(index: number): {tokens: string[]; ids: number[]} {
    const chips = [...this.#all('.tokens')[index]!.querySelectorAll('.chip')];
    return {
      tokens: chips.map((chip) => chip.querySelector('.token')!.textContent!),
      ids: chips.map((chip) => Number(chip.querySelector('.id')!.textContent)),
    };
  }

  /** What the sentences come back as. */
  get back(): string[] {
    return this.#all('.back q').map((quote) => quote.textContent!);
  }

  get readouts(): string[] {
    return this.#all('.readout').map((one) => one.textContent!.replace(/\s+/g, ' ').trim());
  }

  async write(index: number, text: string): Promise<void> {
    const field = this.#all<HTMLInputElement>('.field input')[index]!;
    field.value = text;
    field.dispatchEvent(new Event('input', {bubbles: true}));
    await this.element.updateComplete;
  }

  async refuse(refused: boolean): Promise<void> {
    this.#all<HTMLInputElement>('input[type="radio"]')[refused ? 1 : 0]!.click();
    await this.element.updateComplete;
  }

  async ready(timeoutMs = 20_000): Promise<void> {
    const start = performance.now();
    while (this.#all('.chip').length === 0 || this.has('progress')) {
      if (performance.now() - start > timeoutMs) throw new Error('Waited in vain for the tokens.');
      await new Promise((resolve) => setTimeout(resolve, 20));
      await this.element.updateComplete;
    }
  }
}
