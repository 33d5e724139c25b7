import {ElementHarness} from '../../ui/testing/element-harness.js';
import type {LensRow} from './lens-data.js';
import type {LogitLens} from './logit-lens.js';

/** What a reader can do with `<logit-lens>` and see of it: for tests and stories. */
export class LogitLensHarness extends ElementHarness<LogitLens> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.has('.grid');
  }

  /** The best guesses, a row for each depth. */
  get guesses(): string[][] {
    return this.all('.grid tbody tr').map((row) =>
      [...row.querySelectorAll('[role="gridcell"]')].map((cell) => cell.textContent!.trim()),
    );
  }
  get depths(): string[] {
    return this.all('.grid tbody .name').map((cell) => cell.textContent!.trim());
  }
  /** The chosen cell’s tokens and probabilities. */
  get chosen(): string[][] {
    return this.rowTexts('.guesses tbody tr').map((row) => row.slice(0, 2));
  }
  /** When the model knows. */
  get answer(): string {
    return this.words('.answer');
  }
  /** Probabilities of the token that really follows, along the depth. */
  get actual(): string[] {
    return this.rowTexts('.depths tbody tr').map(([, probability]) => probability!);
  }
  /** The cells whose guess is what really follows. */
  get right(): string[] {
    return this.all('.grid .right').map((cell) => cell.textContent!.trim());
  }
  /** What is said of rows that repeat what has been read. */
  get notes(): string[] {
    return this.all('.grid .why').map((note) => note.textContent!.trim());
  }

  choose(row: number, column: number): Promise<void> {
    return this.click(`[data-row="${row}"][data-column="${column}"]`);
  }
  cell(row: number, column: number): HTMLElement {
    return this.field<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
  }
}

/** Three depths of a model that finds the next token late. */
export function exampleLens(): {tokens: string[]; rows: LensRow[]} {
  const guess = (token: string, probability: number, other: string) => [
    {token, probability},
    {token: other, probability: 1 - probability},
  ];
  return {
    tokens: ['Mia', ' had', ' a'],
    rows: [
      {
        name: 'embedding',
        guesses: [guess('Mia', 0.9, ' saw'), guess(' had', 0.8, ' a'), guess(' a', 0.7, ' red')],
        actual: [0.05, 0.2],
      },
      {
        name: 'block 1, attention',
        guesses: [guess(' saw', 0.6, ' had'), guess(' a', 0.7, ' the'), guess(' red', 0.6, ' a')],
        actual: [0.4, 0.7],
      },
      {
        name: 'block 1, feed-forward',
        guesses: [guess(' had', 0.55, ' saw'), guess(' a', 0.95, ' the'), guess(' kite', 0.6, ' red')],
        actual: [0.55, 0.95],
      },
    ],
  };
}
