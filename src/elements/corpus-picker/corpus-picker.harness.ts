import {ElementHarness} from '../../ui/testing/element-harness.js';
import {words} from '../../ui/testing/words.js';
import type {CorpusPicker} from './corpus-picker.js';

/** What a reader sees of a corpus picker and does to it, for tests and stories. */
export class CorpusPickerHarness extends ElementHarness<CorpusPicker> {
  override get isDrawn(): boolean {
    return super.isDrawn && Boolean(this.figures.Tokens) && this.figures.Tokens !== '…';
  }

  /** The name of the text that is looked at. */
  get name(): string {
    return this.words('h2');
  }

  /** Terms and values of the statistics. */
  get figures(): Record<string, string> {
    return Object.fromEntries(
      this.all('.figures > div').map((figure) => [
        figure.querySelector('dt')!.textContent!,
        figure.querySelector('.value')!.textContent!,
      ]),
    );
  }

  /** What is said of the two parts. */
  get parts(): string[] {
    return this.all('.parts p').map(words);
  }

  /** The most frequent ones with their counts, as drawn. */
  counts(kind: 'character' | 'word'): [string, string][] {
    const table = this.all('.counts table')[kind === 'character' ? 0 : 1]!;
    return [...table.querySelectorAll('tbody tr')].map((row) => [
      words(row.querySelector('th')),
      words(row.querySelector('.number')),
    ]);
  }

  get marked(): string[] {
    return this.all('mark').map((mark) => mark.textContent!);
  }

  get excerpt(): string {
    return this.field<HTMLElement>('.excerpt').textContent!;
  }

  get hint(): string {
    return this.words('.apply .hint');
  }

  get take(): HTMLButtonElement {
    return this.field<HTMLButtonElement>('button.take');
  }

  /** Chooses a built-in text. */
  async choose(id: string): Promise<void> {
    await this.source('entry');
    await this.click(`[data-entry="${id}"]`);
  }

  source(source: 'entry' | 'paste' | 'file' | 'url'): Promise<void> {
    return this.click(`input[value="${source}"]`);
  }

  /** Pastes into the text field, as from the clipboard. @returns whether the field itself would take it */
  async paste(text: string): Promise<boolean> {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    const entered = this.field<HTMLTextAreaElement>('textarea').dispatchEvent(
      new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}),
    );
    await this.element.updateComplete;
    return entered;
  }

  /** Waits until a text of this name has been looked at. */
  looked(name: string): Promise<void> {
    return this.until(() => this.name === name && this.figures.Tokens !== '…', `“${name}”`);
  }
}
