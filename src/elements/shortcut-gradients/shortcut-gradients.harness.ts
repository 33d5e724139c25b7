import {ElementHarness} from '../../ui/testing/element-harness.js';
import type {ShortcutGradients} from './shortcut-gradients.js';

/** What a reader can do with `<shortcut-gradients>` and see of it: for tests and stories. */
export class ShortcutGradientsHarness extends ElementHarness<ShortcutGradients> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.has('canvas');
  }

  get chart(): HTMLElement {
    return this.field<HTMLElement>('.drawing');
  }
  get canvas(): HTMLCanvasElement {
    return this.field<HTMLCanvasElement>('.drawing canvas');
  }
  setLayers(layers: number): Promise<void> {
    return this.enter('input[type="range"]', layers);
  }
}
