import {ProductHarness} from '../../ui/testing/product-harness.js';
import {words} from '../../ui/testing/words.js';
import type {SelfAttentionSteps} from './self-attention-steps.js';

/** What a reader sees of the steps and does to them, for tests and stories. */
export class SelfAttentionStepsHarness extends ProductHarness<SelfAttentionSteps> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.has('.product');
  }

  /** The steps that are not computed yet, as the board announces them. */
  get later(): string[] {
    return this.all('.word.later').map(words).filter(Boolean);
  }

  /** Chooses a number of x and types another one. */
  async write(row: number, column: number, value: string): Promise<void> {
    const down = Array<string>(row).fill('ArrowDown');
    const right = Array<string>(column).fill('ArrowRight');
    await this.keys('q', {key: 'Home', ctrlKey: true}, ...down, ...right);
    const input = this.field('input[type="number"]');
    input.value = value;
    input.dispatchEvent(new Event('change', {bubbles: true}));
    await this.element.updateComplete;
  }

  /** Moves the slider of the chosen number over these values, and lets go. */
  async slide(...values: number[]): Promise<void> {
    const slider = this.field('input[type="range"]');
    for (const value of values) {
      slider.value = `${value}`;
      slider.dispatchEvent(new Event('input', {bubbles: true}));
      await this.element.updateComplete;
    }
    slider.dispatchEvent(new Event('change', {bubbles: true}));
  }
}
