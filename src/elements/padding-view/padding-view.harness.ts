import {ElementHarness} from '../../ui/testing/element-harness.js';
import {words} from '../../ui/testing/words.js';
import type {PaddingView} from './padding-view.js';

/** What a reader can do with `<padding-view>` and see of it: for tests and stories. */
export class PaddingViewHarness extends ElementHarness<PaddingView> {
  /** Each row: `#` a token, `.` padding, `x` cut off; the cell that the head reads in brackets. */
  get rows(): string[] {
    const signs = {token: '#', pad: '.', cut: 'x', none: ' '};
    return this.all('tbody tr').map((row) =>
      [...row.querySelectorAll('td:not(.verdict)')]
        .map(({classList}) => {
          const [, sign] = Object.entries(signs).find(([kind]) => classList.contains(kind))!;
          return classList.contains('reads') ? `[${sign}]` : sign;
        })
        .join('')
        .trimEnd(),
    );
  }

  /** What the head says of each row where it reads, or how like its vector is to the last token's. */
  get verdicts(): string[] {
    return this.all('.verdict.chosen b').map((cell) => words(cell));
  }

  /** Whether each row has the same answer as without padding: at its last token, and at the last position. */
  get marks(): string[] {
    return this.all('tbody tr').map((row) =>
      [...row.querySelectorAll('.mark')].map((mark) => words(mark)).join(' '),
    );
  }

  get note(): string {
    return this.words('.note');
  }

  async write(messages: string): Promise<void> {
    const field = this.field<HTMLTextAreaElement>('textarea');
    field.value = messages;
    field.dispatchEvent(new Event('input'));
    await this.element.updateComplete;
  }

  async setLength(length: number): Promise<void> {
    const slider = this.field('.controls input[type="range"]');
    slider.value = String(length);
    slider.dispatchEvent(new Event('input'));
    await this.element.updateComplete;
  }

  readAt(readAt: 'last-token' | 'last-position'): Promise<void> {
    return this.click(`input[value="${readAt}"]`);
  }
}
