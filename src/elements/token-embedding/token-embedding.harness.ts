/** What a reader can do with `<token-embedding>` and see of it: for tests and stories. */
import {key, normals} from '../../math/rng.js';
import {colorAt} from '../../ui/testing/painted.js';
import {ProductHarness} from '../../ui/testing/product-harness.js';
import type {TokenEmbedding} from './token-embedding.js';

export class TokenEmbeddingHarness extends ProductHarness<TokenEmbedding> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.has('.product-block.wte');
  }

  get chips(): HTMLButtonElement[] {
    return this.all<HTMLButtonElement>('.chip');
  }
  get chipTexts(): string[] {
    return this.chips.map((chip) => chip.querySelector('span')!.textContent!);
  }
  /** The rows of the table in sight, e.g. “17 ·she”. */
  get rows(): string[] {
    return this.all('.word.label.start').map((label) => label.textContent!);
  }
  /** The tokens whose vectors are shown. */
  get looked(): string[] {
    return this.all('.word.label.end').map((label) => label.textContent!);
  }
  /** How many entries each band hides, as it says. */
  get bands(): string[] {
    return this.all('.word.band').map((band) => band.textContent!);
  }
  /** The color of a cell of a block that is not folded. */
  cellColor(id: string, row: number, column: number): string {
    const block = this.block(id);
    const [rows, columns] = ['aria-rowcount', 'aria-colcount'].map((name) =>
      Number(block.getAttribute(name)),
    );
    return colorAt(
      block.parentElement!.querySelector('canvas')!,
      block.offsetLeft + ((column + 0.3) * block.offsetWidth) / columns!,
      block.offsetTop + ((row + 0.3) * block.offsetHeight) / rows!,
    );
  }

  /** Clicks at a place of a block: [0, 0] is its upper left corner, [1, 1] the lower right one. */
  async clickAt(id: string, across: number, down: number): Promise<void> {
    const box = this.block(id).getBoundingClientRect();
    const at = {clientX: box.x + across * box.width, clientY: box.y + down * box.height};
    this.block(id).dispatchEvent(new MouseEvent('click', {...at, bubbles: true}));
    await this.element.updateComplete;
  }
}

/** A table as a fresh model has it: small random numbers. */
export function exampleTable(
  tokens = ['.', '\n', 'Mia', ' took', ' the', ' red', ' ball', ' and', ' she', ' ran'],
  width = 16,
): {tokens: string[]; weights: number[][]} {
  const weights = tokens.map((_, row) => Array.from(normals(width, 0, 0.02, key(5, row))));
  return {tokens, weights};
}
