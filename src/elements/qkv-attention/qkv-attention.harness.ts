import {ElementHarness} from '../../ui/testing/element-harness.js';
import {fieldNamed} from '../../ui/testing/find-control.js';
import {words} from '../../ui/testing/words.js';
import type {QkvAttention} from './qkv-attention.js';

/** What a reader sees of a head taken apart and does to it, for tests and stories. */
export class QkvAttentionHarness extends ElementHarness<QkvAttention> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.tokens.length > 0;
  }

  get tokens(): string[] {
    return this.all('.chips .chip').map(words);
  }

  /** Names and shapes of the tables of colors. */
  get heats(): string[] {
    return this.all('.heat > p').map(words);
  }

  async hover(caption: string, row: number, column: number): Promise<void> {
    this.table(caption)
      .querySelectorAll('tbody tr')
      [row]!.querySelectorAll('td')
      [column]!.dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
    await this.element.updateComplete;
  }

  protected override keyTarget(name: string): HTMLElement {
    return this.field<HTMLElement>(`.table-frame.${name}`);
  }

  /** What is read out of the table of colors with this name: `x`, `weight`, `projected`. */
  spoken(name: string): string {
    return this.keyTarget(name).querySelector('[role="gridcell"]')?.textContent ?? '';
  }

  async choose(name: 'Layer' | 'Head', index: number): Promise<void> {
    const select = fieldNamed(this.root, name);
    select.value = `${index}`;
    select.dispatchEvent(new Event('change'));
    await this.element.updateComplete;
  }

  /** The slider of the last step: the n-th of its widths. */
  slide(stop: number): Promise<void> {
    return this.enter('input[type="range"]', stop);
  }

  /** “not divided” and “divided by √D” of the last step, each with its figures. */
  get sides(): string[] {
    return this.all('.sides figure').map(words);
  }
}
