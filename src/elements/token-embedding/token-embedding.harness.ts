/** What a reader can do with `<token-embedding>` and see of it: for tests and stories. */
import {key, normals} from '../../math/rng.js';
import type {TokenEmbedding} from './token-embedding.js';

export class TokenEmbeddingHarness {
  constructor(readonly element: TokenEmbedding) {}

  get root(): ShadowRoot {
    return this.element.shadowRoot!;
  }
  /** Waits until the table is painted. */
  async drawn(): Promise<void> {
    for (let tries = 0; tries < 300; tries++) {
      await this.element.updateComplete;
      if (this.canvas && this.pixel(this.canvas, 2, 2) !== 'rgb(0, 0, 0)') return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`nothing was drawn: ${this.root.textContent}`);
  }

  get frame(): HTMLElement {
    return this.root.querySelector('.table-frame.whole')!;
  }
  get canvas(): HTMLCanvasElement | null {
    return this.root.querySelector('.table-frame.whole canvas');
  }
  get vectors(): HTMLCanvasElement {
    return this.root.querySelector('.table-frame.vectors canvas')!;
  }
  get chips(): HTMLButtonElement[] {
    return [...this.root.querySelectorAll<HTMLButtonElement>('.chip')];
  }
  get chipTexts(): string[] {
    return this.chips.map((chip) => chip.querySelector('span')!.textContent!);
  }
  /** The rows in sight, e.g. “17 ·she 1”. */
  get rows(): string[] {
    return [...this.root.querySelectorAll('.whole .table-row')].map((row) =>
      [...row.querySelectorAll('span')].map((span) => span.textContent!.trim()).join(' '),
    );
  }
  get readout(): string {
    return this.root.querySelector('.readout')?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  }
  get spoken(): string {
    return this.root.querySelector('#cursor-whole')?.textContent ?? '';
  }
  get text(): string {
    return this.root.textContent!.replace(/\s+/g, ' ');
  }
  get spokenTable(): string[][] {
    return [...this.root.querySelectorAll('.visually-hidden tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent!),
    );
  }
  get legend(): string[] {
    return [...this.root.querySelectorAll('.legend text')].map((text) => text.textContent!);
  }

  /** The color at a place in CSS pixels. */
  pixel(canvas: HTMLCanvasElement, x: number, y: number): string {
    const ratio = canvas.width / canvas.clientWidth;
    const [r, g, b] = canvas.getContext('2d')!.getImageData(x * ratio, y * ratio, 1, 1).data;
    return `rgb(${r}, ${g}, ${b})`;
  }
  /** The color of a cell of a table, near its upper left corner so that no number stands there. */
  cellColor(canvas: HTMLCanvasElement, row: number, column: number, columns: number): string {
    const width = this.cellWidth(canvas, columns);
    return this.pixel(canvas, (column + 0.3) * width, row * 18 + 3);
  }
  cellWidth(canvas: HTMLCanvasElement, columns: number): number {
    return Math.max(6, Math.min(46, Math.floor((canvas.clientWidth + 1) / columns)));
  }

  async type(text: string): Promise<void> {
    const input = this.root.querySelector<HTMLInputElement>('.text-input input')!;
    input.value = text;
    input.dispatchEvent(new InputEvent('input', {bubbles: true}));
    await this.element.updateComplete;
  }
  async clickRow(row: number): Promise<void> {
    this.root.querySelector<HTMLElement>(`.whole .table-row[data-row="${row}"]`)!.click();
    await this.element.updateComplete;
  }
  async hover(row: number, column: number, columns: number): Promise<void> {
    const box = this.canvas!.getBoundingClientRect();
    const width = this.cellWidth(this.canvas!, columns);
    const at = {clientX: box.x + (column + 0.5) * width, clientY: box.y + (row + 0.5) * 18};
    this.canvas!.dispatchEvent(new PointerEvent('pointermove', {...at, bubbles: true, pointerType: 'mouse'}));
    await this.element.updateComplete;
  }
  async press(pressed: string): Promise<void> {
    this.frame.focus();
    this.frame.dispatchEvent(new KeyboardEvent('keydown', {key: pressed, bubbles: true, cancelable: true}));
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
