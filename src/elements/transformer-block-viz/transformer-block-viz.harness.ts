import {ElementHarness} from '../../ui/testing/element-harness.js';
import type {BlockInput} from './block-data.js';
import type {TransformerBlockViz} from './transformer-block-viz.js';

/** What a reader can do with `<transformer-block-viz>` and see of it: for tests and stories. */
export class TransformerBlockVizHarness extends ElementHarness<TransformerBlockViz> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.has('[data-name="matrix"] canvas');
  }

  get flow(): HTMLElement {
    return this.field<HTMLElement>('[data-name="flow"]');
  }
  get matrix(): HTMLElement {
    return this.field<HTMLElement>('[data-name="matrix"]');
  }
  get title(): string {
    return this.words('.opened h3');
  }
  /** What the block adds. */
  get answer(): string {
    return this.words('.answer');
  }
  get change(): string {
    return this.words('.change');
  }
  get stepNames(): string[] {
    return this.all('.steps button').map((button) => button.textContent!.trim());
  }
  /** What retraining showed. */
  get learned(): string {
    return this.words('.learned');
  }
  /** What the whole model predicts: as it is, and with each change. */
  get outcomes(): string[][] {
    return this.rowTexts('.outcome tbody tr');
  }
  get code(): string {
    return this.all('.opened .code pre')
      .map((pre) => pre.textContent)
      .join('\n');
  }
  step(number: number): Promise<void> {
    return this.click(`.steps button:nth-of-type(${number})`);
  }
}

/** Two tokens in a block of width 3. What attention and the MLP add is really added. */
export function exampleBlock(): {tokens: string[]; values: BlockInput} {
  const resid_pre = [
    [1, -1, 0.5],
    [0.25, 2, -1],
  ];
  const attn = [
    [0.5, 0, -0.5],
    [-0.25, 1, 0.5],
  ];
  const mlp = [
    [-1, 0.5, 2],
    [1, -1, 0.25],
  ];
  const add = (a: number[][], b: number[][]): number[][] =>
    a.map((row, t) => row.map((value, c) => value + b[t]![c]!));
  const resid_mid = add(resid_pre, attn);
  const half = (rows: number[][]): number[][] => rows.map((row) => row.map((value) => value / 2));
  return {
    tokens: ['Mia', ' had'],
    values: {
      resid_pre,
      ln_1: half(resid_pre),
      attn,
      resid_mid,
      ln_2: half(resid_mid),
      mlp,
      resid_post: add(resid_mid, mlp),
    },
  };
}
