import {ElementHarness} from '../../ui/testing/element-harness.js';
import {words} from '../../ui/testing/words.js';
import type {ClassifierTrainer} from './classifier-trainer.js';

/** What a reader can do with `<classifier-trainer>` and see of it: for tests and stories. */
export class ClassifierTrainerHarness extends ElementHarness<ClassifierTrainer> {
  /** The accuracy of both classifiers on each kind of message, and on all: [kind, bag of words, GPT]. */
  get kinds(): string[][] {
    return this.all('.kinds .total').map((row) =>
      [...row.children].map((cell) => words(cell)).filter((_, i) => i !== 1),
    );
  }

  /** Rows of the confusion matrix. */
  get confusion(): number[][] {
    return this.all('.confusion tbody tr').map((row) =>
      [...row.querySelectorAll('td')].map((cell) => Number(words(cell))),
    );
  }

  async setThreshold(value: number): Promise<void> {
    const slider = this.field('.threshold input');
    slider.value = String(value);
    slider.dispatchEvent(new Event('input'));
    await this.element.updateComplete;
  }
}
