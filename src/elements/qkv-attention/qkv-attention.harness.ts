import {fieldNamed} from '../../ui/testing/find-control.js';
import {ProductHarness} from '../../ui/testing/product-harness.js';
import {words} from '../../ui/testing/words.js';
import type {QkvAttention} from './qkv-attention.js';

/** What a reader sees of a head taken apart and does to it, for tests and stories. */
export class QkvAttentionHarness extends ProductHarness<QkvAttention> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.tokens.length > 0;
  }

  get tokens(): string[] {
    return this.all('.chips .chip').map(words);
  }

  /** The token that asks. */
  get asking(): string {
    return this.words('.chips .chip[aria-pressed="true"]');
  }

  async choose(name: 'Layer' | 'Head', index: number): Promise<void> {
    const select = fieldNamed(this.root, name);
    select.value = `${index}`;
    select.dispatchEvent(new Event('change'));
    await this.element.updateComplete;
  }

  /** Presses keys on the steps. */
  async step(...keys: string[]): Promise<void> {
    for (const key of keys) await this.keys(this.field<HTMLElement>('.steps [aria-pressed="true"]'), key);
  }

  /** Moves along the keys of the first step. @returns what is read out there */
  async alongGlance(key: string): Promise<string> {
    await this.keys(this.field<HTMLElement>('.drawing'), key);
    return this.field<HTMLElement>('.drawing').ariaValueText!;
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
