import {key, normals} from '../../math/rng.js';
import {ElementHarness} from '../../ui/testing/element-harness.js';
import type {FeedForward} from './feed-forward.js';
import type {FeedForwardInput} from './feed-forward-data.js';

/** What a reader can do with `<feed-forward>` and see of it: for tests and stories. */
export class FeedForwardHarness extends ElementHarness<FeedForward> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.has('canvas');
  }

  get drawing(): HTMLElement {
    return this.field<HTMLElement>('.drawing');
  }
  get canvas(): HTMLCanvasElement {
    return this.field<HTMLCanvasElement>('canvas');
  }
  /** Where the chosen unit fires in the corpus: [context with the token last, value]. */
  get firings(): string[][] {
    return this.rowTexts('.firings tbody tr').map(([context, value]) => [context!, value!]);
  }
  /** Tokens that the chosen unit makes likelier: [token, logit]. */
  get pushes(): string[][] {
    return this.rowTexts('.pushes tbody tr').map(([token, logit]) => [token!, logit!]);
  }

  chooseToken(index: number): Promise<void> {
    return this.click(`.chip:nth-of-type(${index + 1})`);
  }
  /** Points at a place of the drawing, in pixels, and clicks there. */
  async clickAt(x: number, y: number): Promise<void> {
    const {left, top} = this.canvas.getBoundingClientRect();
    const at = {clientX: left + x, clientY: top + y, bubbles: true};
    this.drawing.dispatchEvent(new PointerEvent('pointermove', at));
    await this.element.updateComplete;
    this.drawing.dispatchEvent(new MouseEvent('click', at));
    await this.element.updateComplete;
  }
}

/** A small layer with random weights, and three tokens. */
export function exampleLayer(width = 8): {tokens: string[]; weights: FeedForwardInput} {
  const rows = (seed: number, count: number, columns: number, deviation: number): number[][] =>
    Array.from({length: count}, (_, row) => Array.from(normals(columns, 0, deviation, key(seed, row))));
  return {
    tokens: ['Mia', ' had', ' a'],
    weights: {
      x: rows(1, 3, width, 1),
      fc: rows(2, width, 4 * width, 0.5),
      proj: rows(3, 4 * width, width, 0.3),
      fcBias: rows(4, 1, 4 * width, 0.2)[0]!,
    },
  };
}
