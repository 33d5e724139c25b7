import {ProductHarness} from '../../ui/testing/product-harness.js';
import {words} from '../../ui/testing/words.js';
import type {MultiHeadAttention} from './multi-head-attention.js';

/** What a reader sees of the heads and does to them, for tests and stories. */
export class MultiHeadAttentionHarness extends ProductHarness<MultiHeadAttention> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.heads.length > 0;
  }

  /** The last line that says something: what is pointed at. */
  override get readout(): string {
    return this.words('[part="readout"]');
  }

  /** How the highlighted number of what the layer adds came about. */
  get added(): string {
    return this.words('.added');
  }

  get effect(): string {
    return this.words('.effect .readout');
  }

  get heads(): HTMLElement[] {
    return this.all('.head');
  }

  /** The table of next tokens, once it is filled: name, with all heads, with those silenced. */
  get next(): string[][] {
    return this.effect ? this.rowTexts('.next tbody tr') : [];
  }

  /** What each head is worth, [L][H], as written. */
  get worth(): string[][] {
    return this.all('.survey tbody tr').map((row) => [...row.querySelectorAll('td')].map(words));
  }

  /** The pieces of the projection, in order: “q₁ q₂ k₁ k₂ v₁ v₂”. */
  get pieces(): string {
    return this.all('.product[data-name="projection"] .word.label.middle').map(words).join(' ');
  }

  async silence(head: number): Promise<void> {
    this.heads[head]!.querySelector('input')!.click();
    await this.element.updateComplete;
  }
}
