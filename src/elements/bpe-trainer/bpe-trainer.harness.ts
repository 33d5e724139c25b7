/** What a reader can do with `<bpe-trainer>` and see of it: for tests and stories. */
import {ElementHarness} from '../../ui/testing/element-harness.js';
import {words} from '../../ui/testing/words.js';
import type {BpeTrainer} from './bpe-trainer.js';

export class BpeTrainerHarness extends ElementHarness<BpeTrainer> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.has('.pair') && !this.has('.busy');
  }

  /** The pairs from the top: “h e 7,965”. */
  get pairs(): string[] {
    return this.all('.pair').map((pair) =>
      [...pair.querySelectorAll('.part, .count')].map((part) => words(part)).join(' '),
    );
  }
  /** Widths of the bars as shares of the longest. */
  get bars(): number[] {
    return this.all('.fill').map((fill) => Number.parseFloat(fill.style.width) / 100);
  }
  /** The tokens of the excerpt. */
  get tokens(): string[] {
    return this.all('.text .token').map((token) => token.textContent!);
  }
  /** The framed pairs of the excerpt: “h|e”. */
  get framed(): string[] {
    return this.all('.text .left').map((left) => {
      let right = left.nextElementSibling;
      while (right && !right.classList.contains('right')) right = right.nextElementSibling;
      return `${left.textContent}|${right?.textContent}`;
    });
  }
  get vocabulary(): string[] {
    return this.all('.vocabulary li:not(.none)').map(words);
  }
  get vocabularySize(): string {
    return this.words('.views section:nth-of-type(3) h3');
  }
  get question(): string {
    return this.words('.question');
  }
  get adopted(): string {
    return this.words('.adopted');
  }

  /** Waits until training has ended. */
  trained(): Promise<void> {
    return this.until(() => this.element.learned > 0 && !this.has('.busy'), 'the tokenizer');
  }
  jump(step: number): Promise<void> {
    return this.enter('input[type=range]', step);
  }
  learn(merges: number): Promise<void> {
    return this.enter('.target', merges);
  }
  /** Points at a pair, a token of the text (the nth of this name), or a token of the vocabulary. */
  async pointAtPair(index: number): Promise<void> {
    this.all('.pair')[index]!.dispatchEvent(new PointerEvent('pointerenter'));
    await this.element.updateComplete;
  }
  async pointAtToken(token: string): Promise<void> {
    const found = this.all('.text .token').find(({textContent}) => textContent === token);
    found!.dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
    await this.element.updateComplete;
  }
  async clickChart(share: number): Promise<void> {
    const chart = this.field<HTMLElement>('.chart');
    const {left, width, top} = chart.getBoundingClientRect();
    chart.dispatchEvent(
      new PointerEvent('pointerdown', {clientX: left + share * width, clientY: top + 50, bubbles: true}),
    );
    await this.element.updateComplete;
  }
}
