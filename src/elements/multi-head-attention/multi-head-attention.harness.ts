import {ElementHarness} from '../../ui/testing/element-harness.js';
import {words} from '../../ui/testing/words.js';
import type {MultiHeadAttention} from './multi-head-attention.js';

/** What a reader sees of the heads and does to them, for tests and stories. */
export class MultiHeadAttentionHarness extends ElementHarness<MultiHeadAttention> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.heads.length > 0;
  }

  /** The last line that says something: what is pointed at. */
  override get readout(): string {
    return this.words('[part="readout"]');
  }

  get effect(): string {
    return this.words('.effect .readout');
  }

  get heads(): HTMLElement[] {
    return this.all('.head');
  }

  /** The table of next tokens: name, with all heads, with those silenced. */
  get next(): string[][] {
    return this.rowTexts('.next tbody tr');
  }

  /** What each head is worth, [L][H], as written. */
  get worth(): string[][] {
    return this.all('.survey tbody tr').map((row) => [...row.querySelectorAll('td')].map(words));
  }

  async silence(head: number): Promise<void> {
    this.heads[head]!.querySelector('input')!.click();
    await this.element.updateComplete;
  }

  protected override keyTarget(name: string): HTMLElement {
    return this.field<HTMLElement>(`.table-frame.${name}`);
  }

  /** What is read out of the table of colors with this name: `context` or `out`. */
  spoken(name: 'context' | 'out'): string {
    return this.keyTarget(name).querySelector('[role="gridcell"]')?.textContent ?? '';
  }
}
