/** What a reader can do with `<token-embedding>` and see of it: for tests and stories. */
import {key, normals} from '../../math/rng.js';
import {ElementHarness} from '../../ui/testing/element-harness.js';
import {colorAt} from '../../ui/testing/painted.js';
import type {TokenEmbedding} from './token-embedding.js';

export class TokenEmbeddingHarness extends ElementHarness<TokenEmbedding> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.canvas !== null && this.pixel(this.canvas, 2, 2) !== 'rgb(0, 0, 0)';
  }

  get frame(): HTMLElement {
    return this.field<HTMLElement>('.table-frame.whole');
  }
  get canvas(): HTMLCanvasElement | null {
    return this.one('.table-frame.whole canvas');
  }
  get vectors(): HTMLCanvasElement {
    return this.field<HTMLCanvasElement>('.table-frame.vectors canvas');
  }
  get chips(): HTMLButtonElement[] {
    return this.all<HTMLButtonElement>('.chip');
  }
  get chipTexts(): string[] {
    return this.chips.map((chip) => chip.querySelector('span')!.textContent!);
  }
  /** The rows in sight, e.g. “17 ·she 1”. */
  get rows(): string[] {
    return this.all('.whole .table-row').map((row) =>
      [...row.querySelectorAll('span')].map((span) => span.textContent!.trim()).join(' '),
    );
  }
  get spoken(): string {
    return this.words('#cursor-whole');
  }
  get spokenTable(): string[][] {
    return this.all('.visually-hidden tbody tr').map((row) =>
      [...row.children].map((cell) => cell.textContent!),
    );
  }
  get legend(): string[] {
    return this.all('.legend text').map((text) => text.textContent!);
  }

  /** The color at a place in CSS pixels. */
  pixel(canvas: HTMLCanvasElement, x: number, y: number): string {
    return colorAt(canvas, x, y);
  }
  /** The color of a cell of a table, near its upper left corner so that no number stands there. */
  cellColor(canvas: HTMLCanvasElement, row: number, column: number, columns: number): string {
    const width = this.cellWidth(canvas, columns);
    return this.pixel(canvas, (column + 0.3) * width, row * 18 + 3);
  }
  cellWidth(canvas: HTMLCanvasElement, columns: number): number {
    return Math.max(6, Math.min(46, Math.floor((canvas.clientWidth + 1) / columns)));
  }

  clickRow(row: number): Promise<void> {
    return this.click(`.whole .table-row[data-row="${row}"]`);
  }
  async hover(row: number, column: number, columns: number): Promise<void> {
    const box = this.canvas!.getBoundingClientRect();
    const width = this.cellWidth(this.canvas!, columns);
    const at = {clientX: box.x + (column + 0.5) * width, clientY: box.y + (row + 0.5) * 18};
    this.canvas!.dispatchEvent(new PointerEvent('pointermove', {...at, bubbles: true, pointerType: 'mouse'}));
    await this.element.updateComplete;
  }
  key(key: string): Promise<void> {
    return this.keys(this.frame, key);
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
