import {ElementHarness} from '../../ui/testing/element-harness.js';
import type {BatchInspector} from './batch-inspector.js';

/** What a reader sees of a batch and does to it, for tests and stories. */
export class BatchInspectorHarness extends ElementHarness<BatchInspector> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.tensor('inputs').length > 0;
  }

  #cells(kind: 'inputs' | 'targets'): HTMLElement[][] {
    return this.all(`table.${kind} tbody tr`).map((row) => [...row.querySelectorAll('td')]);
  }

  /** The cells of a tensor as they are written, row by row. */
  tensor(kind: 'inputs' | 'targets'): string[][] {
    return this.#cells(kind).map((row) => row.map((cell) => cell.textContent!));
  }

  /** Rows of 1s where a tensor is hatched. */
  hatched(kind: 'inputs' | 'targets'): string[] {
    return this.#cells(kind).map((row) =>
      row.map((cell) => Number(cell.classList.contains('masked'))).join(''),
    );
  }

  cell(kind: 'inputs' | 'targets', row: number, column: number): HTMLElement {
    return this.field<HTMLElement>(`table.${kind} [data-row="${row}"][data-column="${column}"]`);
  }

  /** The chosen row in its surroundings. */
  get excerpt(): {title: string; marked: string} {
    return {title: this.words('.text .title'), marked: this.one('.text mark')?.textContent ?? ''};
  }

  get totals(): string {
    return this.words('.totals');
  }

  get pages(): string {
    return this.words('.pager span');
  }
}
