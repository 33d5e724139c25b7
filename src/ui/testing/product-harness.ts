import type {LitElement} from 'lit';
import {ElementHarness} from './element-harness.js';
import {words} from './words.js';

/** What a reader sees of matrix products and does to them. A block is named by its id, e.g. `scores`. */
export class ProductHarness<E extends LitElement = LitElement> extends ElementHarness<E> {
  block(id: string): HTMLElement {
    return this.field<HTMLElement>(`.product-block.${id}`);
  }

  /** Names and shapes of all blocks, in order: “x [T, C] = [5, 6]”. */
  get blocks(): string[] {
    return this.all('.word.title:has(+ .shape)').map(
      (title) => `${words(title)} ${words(title.nextElementSibling)}`,
    );
  }

  /** Returns the numbers of a small block as they are written; “masked” where there is none. */
  override numbers(id: string): string[][] {
    return [...this.block(id).querySelectorAll('[role="row"]')].map((row) =>
      [...row.querySelectorAll('[role="gridcell"]')].map(words),
    );
  }

  protected override keyTarget(id: string): HTMLElement {
    return this.block(id);
  }

  /** What is read out of a block when the keyboard is at one of its cells. */
  spoken(id: string): string {
    const cell = this.root.getElementById(this.block(id).getAttribute('aria-activedescendant') ?? '');
    return cell?.getAttribute('aria-label') ?? words(cell);
  }

  /** Points at a cell of a small block. */
  async hover(id: string, row: number, column: number): Promise<void> {
    const cell = this.block(id)
      .querySelectorAll('[role="row"]')
      [row]!.querySelectorAll('[role="gridcell"]')
      [column]!.getBoundingClientRect();
    const at = {clientX: cell.x + cell.width / 2, clientY: cell.y + cell.height / 2};
    this.block(id).dispatchEvent(
      new PointerEvent('pointermove', {...at, bubbles: true, pointerType: 'mouse'}),
    );
    await this.element.updateComplete;
  }

  /** The sum behind the highlighted cell, in words. */
  get arithmetic(): string {
    return this.words('.arithmetic');
  }

  /** The cells of a block as they are painted, for comparison. */
  painted(id: string): string {
    const block = this.block(id);
    const canvas = block.parentElement!.querySelector('canvas')!;
    const ratio = canvas.width / canvas.clientWidth;
    const [x, y, width, height] = [
      block.offsetLeft,
      block.offsetTop,
      block.offsetWidth,
      block.offsetHeight,
    ].map((pixels) => Math.round(pixels * ratio)) as [number, number, number, number];
    return canvas.getContext('2d')!.getImageData(x, y, width, height).data.join();
  }
}
