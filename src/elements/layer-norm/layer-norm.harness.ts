import {key, normals} from '../../math/rng.js';
import {ElementHarness} from '../../ui/testing/element-harness.js';
import type {LayerNorm} from './layer-norm.js';

/** What a reader can do with `<layer-norm>` and see of it: for tests and stories. */
export class LayerNormHarness extends ElementHarness<LayerNorm> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.has('[data-name="norm"] canvas');
  }

  get chips(): string[] {
    return this.all('.chip').map((chip) => chip.textContent!.trim());
  }
  /** The two rows, of which one norm is chosen. */
  get contrast(): HTMLElement {
    return this.field<HTMLElement>('[data-name="contrast"]');
  }
  /** How far the numbers spread that are read behind the chosen norm. */
  get spread(): string {
    return this.contrast.getAttribute('aria-valuetext')!;
  }
  /** What becomes of the model without its norms. */
  get answer(): string {
    return this.words('.answer');
  }
  get cursor(): HTMLElement {
    return this.field<HTMLElement>('[data-name="norm"]');
  }

  chooseToken(index: number): Promise<void> {
    return this.click(`.chip:nth-of-type(${index + 1})`);
  }
}

/** Three vectors, with a learned scale and shift. */
export function exampleNorm(width = 16): {
  tokens: string[];
  norm: {x: number[][]; gamma: number[]; beta: number[]};
} {
  const vector = (seed: number, mean: number, deviation: number): number[] =>
    Array.from(normals(width, mean, deviation, key(3, seed)));
  return {
    tokens: ['Mia', ' had', ' a'],
    norm: {
      x: [vector(0, 0, 0.1), vector(1, 2, 3), vector(2, -1, 0.5)],
      gamma: vector(3, 1, 0.1),
      beta: vector(4, 0, 0.1),
    },
  };
}
