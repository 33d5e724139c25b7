import {ElementHarness} from '../../ui/testing/element-harness.js';
import {words} from '../../ui/testing/words.js';
import type {Gpt2Loader} from './gpt2-loader.js';

/** What a reader can do with `<gpt2-loader>` and see of it: for tests and stories. */
export class Gpt2LoaderHarness extends ElementHarness<Gpt2Loader> {
  /** What the chosen model's file holds, and what it becomes, a row each. */
  get fileTensors(): string[] {
    return this.all('.tensor').map(words);
  }

  /** Rows of the mapping: in the file, shape, in the model. */
  get mapping(): string[][] {
    return this.rowTexts('details tbody tr');
  }

  get kept(): string[] {
    return this.all('.kept > span').map((row) => row.textContent!.trim().replace(/\s+/g, ' '));
  }

  choose(repository: string): Promise<void> {
    return this.enter('input[name="repository"]', repository);
  }

  async settled(): Promise<void> {
    await this.until(() => this.words('.work .message') === '', 'the end of the work');
  }
}
