import {ElementHarness} from '../../ui/testing/element-harness.js';
import type {AttentionDropout} from './attention-dropout.js';

/** What a reader sees of dropout and does to it, for tests and stories. */
export class AttentionDropoutHarness extends ElementHarness<AttentionDropout> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.has('table');
  }

  /** Whether each cell is struck out. */
  dropped(caption: string): boolean[][] {
    return [...this.table(caption).querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.classList.contains('dropped')),
    );
  }

  average(): Promise<void> {
    return this.click('input[type="checkbox"]');
  }

  slide(rate: number): Promise<void> {
    return this.enter('input[type="range"]', rate);
  }
}
