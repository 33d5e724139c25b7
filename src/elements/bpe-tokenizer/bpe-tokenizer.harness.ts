import {buttonNamed} from '../../ui/testing/button.js';
import {until} from '../../ui/testing/until.js';
import type {BpeTokenizer} from './bpe-tokenizer.js';

/** What a reader sees of a <bpe-tokenizer> and does to it, for tests and stories. */
export class BpeTokenizerHarness {
  readonly element: BpeTokenizer;

  constructor(element: BpeTokenizer) {
    this.element = element;
  }

  #all<E extends HTMLElement = HTMLElement>(selector: string): E[] {
    return [...this.element.renderRoot.querySelectorAll<E>(selector)];
  }

  #text(selector: string): string {
    return this.#all(selector)[0]?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  }

  has(selector: string): boolean {
    return this.#all(selector).length > 0;
  }

  get chips(): HTMLElement[] {
    return this.#all('.chip');
  }

  /** The tokens as they are drawn. */
  get tokens(): string[] {
    return this.#all('.chip .token').map((token) => token.textContent!);
  }

  get ids(): number[] {
    return this.#all('.chip .id').map((id) => Number(id.textContent));
  }

  /** The tokens that are highlighted, and the stretch of text behind the field that is. */
  get highlighted(): {tokens: string[]; text: string[]} {
    const texts = (selector: string) => this.#all(selector).map((one) => one.textContent!);
    return {tokens: texts('.chip[aria-selected="true"] .token'), text: texts('.mirror .highlighted')};
  }

  /** Counts by their names: characters, bytes, tokens, bytes a token. */
  get counts(): Record<string, string> {
    return Object.fromEntries(
      this.#all('dl div').map((one) => [
        one.querySelector('dt')!.textContent!,
        one.querySelector('dd')!.textContent!,
      ]),
    );
  }

  get readout(): string {
    return this.#text('.readout');
  }

  get error(): string {
    return this.#text('[role="alert"]');
  }

  get message(): string {
    return this.#text('[role="status"]');
  }

  get field(): HTMLTextAreaElement {
    return this.#all<HTMLTextAreaElement>('textarea')[0]!;
  }

  get select(): HTMLSelectElement {
    return this.#all<HTMLSelectElement>('select')[0]!;
  }

  get mirrored(): string {
    return this.#all('.mirror')[0]!.textContent!.replace('\u200b', '');
  }

  /** The merges: their title, the words for this step, the parts at this step, and the list of all steps. */
  get merges(): {title: string; words: string; parts: string[]; steps: string[]; hint: string} {
    const words = (one: HTMLElement) => one.textContent!.replace(/\s+/g, ' ').trim();
    const byPlace = (a: HTMLElement, b: HTMLElement) =>
      Number.parseInt(a.style.gridColumnStart, 10) - Number.parseInt(b.style.gridColumnStart, 10);
    return {
      title: this.#text('.merges h3'),
      words: this.#text('.step-words'),
      parts: this.#all('.node.top')
        .sort(byPlace)
        .map((one) => one.querySelector('code')!.textContent!),
      steps: this.#all('.steps button').map(words),
      hint: this.#text('.merges .hint'),
    };
  }

  button(label: string): HTMLButtonElement {
    return buttonNamed(this.#all<HTMLButtonElement>('button'), label);
  }

  async press(label: string): Promise<void> {
    this.button(label).click();
    await this.element.updateComplete;
  }

  async pressStep(index: number): Promise<void> {
    this.#all('.steps button')[index]!.click();
    await this.element.updateComplete;
  }

  async type(text: string): Promise<void> {
    this.field.value = text;
    this.field.dispatchEvent(new Event('input', {bubbles: true}));
    await this.element.updateComplete;
  }

  /** Puts the caret behind the character at `index`. */
  async moveCaret(index: number): Promise<void> {
    this.field.setSelectionRange(index + 1, index + 1);
    this.field.dispatchEvent(new KeyboardEvent('keyup', {key: 'ArrowRight', bubbles: true}));
    await this.element.updateComplete;
  }

  /** What a browser does before it pastes. Returns whether the field was to take the text itself. */
  async paste(text: string): Promise<boolean> {
    const event = new InputEvent('beforeinput', {
      inputType: 'insertFromPaste',
      data: text,
      bubbles: true,
      cancelable: true,
    });
    const taken = this.field.dispatchEvent(event);
    await this.element.updateComplete;
    return taken;
  }

  async choose(encoding: string): Promise<void> {
    this.select.value = encoding;
    this.select.dispatchEvent(new Event('change', {bubbles: true}));
    await this.element.updateComplete;
  }

  async allowSpecial(allowed: boolean): Promise<void> {
    const box = this.#all<HTMLInputElement>('input[type="checkbox"]')[0]!;
    if (box.checked !== allowed) box.click();
    await this.element.updateComplete;
  }

  until(condition: () => boolean, what = 'it', timeoutMs = 20_000): Promise<void> {
    return until(condition, what, {timeoutMs, settled: () => this.element.updateComplete});
  }

  ready(): Promise<void> {
    return this.until(() => this.chips.length > 0, 'the tokens');
  }
}
