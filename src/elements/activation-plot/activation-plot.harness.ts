import {key, normals} from '../../math/rng.js';
import {ElementHarness} from '../../ui/testing/element-harness.js';
import type {ActivationPlot} from './activation-plot.js';

/** What a reader can do with `<activation-plot>` and see of it: for tests and stories. */
export class ActivationPlotHarness extends ElementHarness<ActivationPlot> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.has('canvas');
  }

  get plot(): HTMLElement {
    return this.field<HTMLElement>('.drawing');
  }
  get canvas(): HTMLCanvasElement {
    return this.field<HTMLCanvasElement>('canvas');
  }
  /** What the bend does in this model. */
  get answer(): string {
    return this.words('.answer');
  }
  /** Function, value and slope at the cursor, a row each. */
  get readings(): string[][] {
    return this.rowTexts();
  }

  toggle(name: string): Promise<void> {
    return this.click(`input[name="${name}"]`);
  }
}

/** Numbers as they enter the function in a trained model: most of them negative. */
export const exampleValues = (count = 2000): Float32Array => normals(count, -1.3, 1.2, key(9, 0));
