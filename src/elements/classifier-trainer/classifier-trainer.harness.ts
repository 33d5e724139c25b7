import type {LabeledData} from '../../state/labeled-data.js';
import {ElementHarness} from '../../ui/testing/element-harness.js';
import {until} from '../../ui/testing/until.js';
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

  /** What both classifiers say about the two messages with the same words. */
  get pair(): {bag: string; gpt: string}[] {
    return this.all('.pair .message').map((message) => {
      const [bag, gpt] = [...message.querySelectorAll('.answer')].map((answer) =>
        [...answer.querySelectorAll('.number, .verdict')].map((part) => words(part)).join(' '),
      );
      return {bag: bag!, gpt: gpt!};
    });
  }

  /** The score and the probability of each class that the drawing of the heads shows. */
  get scores(): number[][] {
    return this.all('.swap .result.new').map((result) =>
      [...result.querySelectorAll('.number')].map((part) => Number(words(part).replace('−', '-'))),
    );
  }

  /** Rows of the confusion matrix. */
  get confusion(): number[][] {
    return this.all('.confusion tbody tr').map((row) =>
      [...row.querySelectorAll('td')].map((cell) => Number(words(cell))),
    );
  }

  /** Resolves once the baseline was trained on the messages on show. */
  async baselineKnown(): Promise<void> {
    await until(() => this.kinds.length > 0 && this.kinds.every(([, share]) => share !== '?'));
  }

  /** Gives the element labeled texts, and waits until it shows them. */
  async setData(data: LabeledData): Promise<void> {
    this.element.data = data;
    await until(() => this.text.includes(data.name));
    await this.baselineKnown();
  }

  /** Chooses the file of a classifier. */
  async choose(file: File): Promise<void> {
    const field = this.field('.load input');
    const files = new DataTransfer();
    files.items.add(file);
    field.files = files.files;
    field.dispatchEvent(new Event('change'));
    await this.element.updateComplete;
  }

  async setThreshold(value: number): Promise<void> {
    const slider = this.field('.threshold input');
    slider.value = String(value);
    slider.dispatchEvent(new Event('input'));
    await this.element.updateComplete;
  }
}
