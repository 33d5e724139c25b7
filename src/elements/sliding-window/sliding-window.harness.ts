import {ElementHarness} from '../../ui/testing/element-harness.js';
import {words} from '../../ui/testing/words.js';
import type {SlidingWindow} from './sliding-window.js';

/** What a reader sees of a sliding window and does to it, for tests and stories. */
export class SlidingWindowHarness extends ElementHarness<SlidingWindow> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.framed.length > 0;
  }

  /** The tokens in the frame, as they are drawn. */
  get framed(): string[] {
    return this.all('.t.input').map((token) => token.textContent!);
  }

  row(name: 'input' | 'target'): {text: string; id: number; highlighted: boolean}[] {
    return this.all(`tr.${name} td`).map((cell) => ({
      text: cell.querySelector('.token')!.textContent!,
      id: Number(cell.querySelector('.id')!.textContent),
      highlighted: cell.classList.contains('highlighted'),
    }));
  }

  /** “Once upon → a”, one for each position. */
  get tasks(): string[] {
    return this.all('.tasks li').map(words);
  }

  get passage(): HTMLElement {
    return this.field<HTMLElement>('.passage');
  }

  /** “window 3 of 1,234”. */
  get count(): string {
    return this.words('.place output');
  }

  get totals(): string {
    return this.words('.totals');
  }

  slide(id: 'contextLength' | 'stride', value: number): Promise<void> {
    return this.enter(`#${id}`, value);
  }

  key(key: string): Promise<void> {
    return this.keys(this.passage, key);
  }

  point(position: number): Promise<void> {
    return this.click(`tr.input td[data-position="${position}"]`);
  }

  /** Where a token is drawn, for a pointer. */
  placeOf(token: number): {x: number; y: number} {
    const {left, top, width, height} = this.field(`[data-token="${token}"]`).getBoundingClientRect();
    return {x: left + width / 2, y: top + height / 2};
  }
}
