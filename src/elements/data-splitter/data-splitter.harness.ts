import {ElementHarness} from '../../ui/testing/element-harness.js';
import {words} from '../../ui/testing/words.js';
import type {DataSplitter} from './data-splitter.js';

/** What a reader can do with `<data-splitter>` and see of it: for tests and stories. */
export class DataSplitterHarness extends ElementHarness<DataSplitter> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.bars.length > 0;
  }

  /** Name and rows of the table on show. */
  get name(): string {
    return this.words('h2');
  }

  /** What stands above each bar. */
  get bars(): string[] {
    return this.all('.flow p').map(words);
  }

  /** The sentences about the texts. */
  get findings(): string[] {
    return this.all('.findings > p').map(words);
  }

  /** Rows that were left out, with the reason. */
  get leftOut(): string[] {
    return this.all('.findings li').map(words);
  }

  /** Fields of the first rows, without their line numbers. */
  get preview(): string[][] {
    return this.all('.preview tbody tr').map((row) =>
      [...row.querySelectorAll('td')].map((cell) => words(cell)),
    );
  }

  /** What is said to be missing. */
  get missing(): string {
    return this.words('.missing');
  }

  get status(): string {
    return this.words('.readout');
  }

  /** What the selects show: class, text, delimiter. */
  get chosen(): string[] {
    return this.all<HTMLSelectElement>('select[data-column]').map(({selectedOptions: [option]}) =>
      option!.text.trim(),
    );
  }

  /** Chooses a column, or the delimiter, by the name of its option. */
  async select(column: 'label' | 'text' | 'delimiter', option: string): Promise<void> {
    const select = this.field<HTMLSelectElement>(`[data-column="${column}"]`);
    select.selectedIndex = [...select.options].findIndex(({text}) => text === option);
    select.dispatchEvent(new Event('change'));
    await this.element.updateComplete;
  }

  source(source: 'entry' | 'paste' | 'file' | 'url'): Promise<void> {
    return this.click(`input[value="${source}"]`);
  }

  /** Pastes a table into the text field. */
  async paste(text: string): Promise<void> {
    await this.source('paste');
    const field = this.field<HTMLTextAreaElement>('textarea');
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await this.element.updateComplete;
  }

  /** Waits until a table of this name was read, and its texts were counted. */
  read(name: string): Promise<void> {
    return this.until(
      () => this.name.startsWith(name) && !this.text.includes('Counting tokens'),
      `the table “${name}”`,
    );
  }
}
