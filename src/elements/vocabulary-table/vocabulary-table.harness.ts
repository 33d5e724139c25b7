import {ElementHarness} from '../../ui/testing/element-harness.js';
import type {VocabularyTable} from './vocabulary-table.js';

/** What a reader sees of a <vocabulary-table> and does to it, for tests and stories. */
export class VocabularyTableHarness extends ElementHarness<VocabularyTable> {
  /** Whether the tokens are there and counted. */
  override get isDrawn(): boolean {
    return super.isDrawn && / uses /.test(this.readout) && this.rows.length > 0;
  }

  /** The rows that are drawn, from the top. */
  get rows(): {id: number; token: string; bytes: string; count: string; index: number; current: boolean}[] {
    return this.all('.body .row')
      .map((row) => {
        const cell = (name: string) => row.querySelector(`.${name}`)!.textContent!.trim();
        return {
          id: Number(cell('id')),
          token: cell('token'),
          bytes: cell('bytes'),
          count: cell('frequency'),
          index: Number(row.getAttribute('aria-rowindex')),
          current: row.classList.contains('current'),
        };
      })
      .sort((a, b) => a.index - b.index);
  }

  get rowCount(): number {
    return Number(this.field('.table').getAttribute('aria-rowcount')) - 1;
  }

  get body(): HTMLElement {
    return this.field<HTMLElement>('.body');
  }

  /** What each column says of its order. */
  get sorted(): Record<string, string> {
    return Object.fromEntries(
      this.all('[role="columnheader"]').map((head) => [head.className, head.getAttribute('aria-sort')!]),
    );
  }

  sortBy(column: string): Promise<void> {
    return this.click(`.head .${column} button`);
  }

  search(text: string): Promise<void> {
    return this.enter('input[type="search"]', text);
  }

  key(key: string): Promise<void> {
    return this.keys(this.body, key);
  }
}
