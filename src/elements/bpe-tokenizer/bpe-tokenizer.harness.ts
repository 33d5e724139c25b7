import {ElementHarness} from '../../ui/testing/element-harness.js';
import {words} from '../../ui/testing/words.js';
import type {BpeTokenizer} from './bpe-tokenizer.js';

/** What a reader sees of a <bpe-tokenizer> and does to it, for tests and stories. */
export class BpeTokenizerHarness extends ElementHarness<BpeTokenizer> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.chips.length > 0;
  }

  get chips(): HTMLElement[] {
    return this.all('.chip');
  }

  /** The tokens as they are drawn. */
  get tokens(): string[] {
    return this.all('.chip .token').map((token) => token.textContent!);
  }

  get ids(): number[] {
    return this.all('.chip .id').map((id) => Number(id.textContent));
  }

  /** The tokens that are highlighted, and the stretch of text behind the field that is. */
  get highlighted(): {tokens: string[]; text: string[]} {
    const texts = (selector: string) => this.all(selector).map((one) => one.textContent!);
    return {tokens: texts('.chip[aria-selected="true"] .token'), text: texts('.mirror .highlighted')};
  }

  /** Counts by their names: characters, bytes, tokens, bytes per token. */
  get counts(): Record<string, string> {
    return Object.fromEntries(
      this.all('dl div').map((one) => [
        one.querySelector('dt')!.textContent!,
        one.querySelector('dd')!.textContent!,
      ]),
    );
  }

  get message(): string {
    return this.words('[role="status"]');
  }

  get textarea(): HTMLTextAreaElement {
    return this.field<HTMLTextAreaElement>('textarea');
  }

  get select(): HTMLSelectElement {
    return this.field<HTMLSelectElement>('select');
  }

  get mirrored(): string {
    return this.one('.mirror')!.textContent!.replace('\u200b', '');
  }

  /** The merges: their title, the words for this step, the parts at this step, and the list of all steps. */
  get merges(): {title: string; words: string; parts: string[]; steps: string[]; hint: string} {
    const byPlace = (a: HTMLElement, b: HTMLElement) =>
      Number.parseInt(a.style.gridColumnStart, 10) - Number.parseInt(b.style.gridColumnStart, 10);
    return {
      title: this.words('.merges .title'),
      words: this.words('.step-words'),
      parts: this.all('.node.top')
        .sort(byPlace)
        .map((one) => one.querySelector('code')!.textContent!),
      steps: this.all('.steps button').map(words),
      hint: this.words('.merges .hint'),
    };
  }

  async pressStep(index: number): Promise<void> {
    this.all('.steps button')[index]!.click();
    await this.element.updateComplete;
  }

  /** Puts the caret behind the character at `index`. */
  async moveCaret(index: number): Promise<void> {
    this.textarea.setSelectionRange(index + 1, index + 1);
    this.textarea.dispatchEvent(new KeyboardEvent('keyup', {key: 'ArrowRight', bubbles: true}));
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
    const taken = this.textarea.dispatchEvent(event);
    await this.element.updateComplete;
    return taken;
  }

  choose(encoding: string): Promise<void> {
    return this.enter('select', encoding);
  }
}
