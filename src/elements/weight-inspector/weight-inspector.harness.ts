import {ElementHarness} from '../../ui/testing/element-harness.js';
import type {WeightInspector} from './weight-inspector.js';

/** What a reader can do with `<weight-inspector>` and see of it: for tests and stories. */
export class WeightInspectorHarness extends ElementHarness<WeightInspector> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.has('canvas');
  }

  get drawing(): HTMLElement {
    return this.field<HTMLElement>('.drawing');
  }
  get canvas(): HTMLCanvasElement {
    return this.field<HTMLCanvasElement>('canvas');
  }
  get about(): string {
    return this.words('.about');
  }
  /** The tensors to choose from, by name and shape. */
  get choices(): string[] {
    return this.all('option').map((option) => option.textContent!.trim());
  }
  /** Norm; mean and standard deviation; gradient; its running mean; share that the last step changed. */
  get numbersShown(): string[] {
    return this.all('dd b').map((value) => value.textContent!.trim());
  }
  choose(name: string): Promise<void> {
    return this.enter('select', name);
  }
}
