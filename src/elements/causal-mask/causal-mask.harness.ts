import {ElementHarness} from '../../ui/testing/element-harness.js';
import {words} from '../../ui/testing/words.js';
import type {CausalMask} from './causal-mask.js';

/** What a reader sees of the mask and does to it, for tests and stories. */
export class CausalMaskHarness extends ElementHarness<CausalMask> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.has('table');
  }

  /** What is pointed at in the numbers, and what came out of the experiment. */
  get readouts(): string[] {
    return [...this.all('[part=readout]'), ...this.all('.leak .readout')].map(words);
  }

  get samples(): string[] {
    return this.all('.sample').map((sample) => sample.textContent!);
  }

  get curves(): string {
    return this.field<HTMLElement>('.curves').ariaLabel!;
  }
}
