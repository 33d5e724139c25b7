import {ElementHarness} from '../../ui/testing/element-harness.js';
import type {SelfAttentionSteps} from './self-attention-steps.js';

/** What a reader sees of the steps and does to them, for tests and stories. */
export class SelfAttentionStepsHarness extends ElementHarness<SelfAttentionSteps> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.has('table');
  }

  cell(caption: string, row: number, column: number): HTMLElement {
    return this.table(caption).querySelectorAll('tbody tr')[row]!.querySelectorAll('td')[column]!;
  }

  async hover(caption: string, row: number, column: number): Promise<void> {
    this.cell(caption, row, column).dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
    await this.element.updateComplete;
  }

  async write(row: number, column: number, value: string): Promise<void> {
    const input = this.cell('vectors', row, column).querySelector('input')!;
    input.value = value;
    input.dispatchEvent(new Event('change', {bubbles: true}));
    await this.element.updateComplete;
  }
}
