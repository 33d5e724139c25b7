/** What a reader can do with `<position-embedding>` and see of it: for tests and stories. */
import {key, normals} from '../../math/rng.js';
import {ElementHarness} from '../../ui/testing/element-harness.js';
import {colorAt} from '../../ui/testing/painted.js';
import {words} from '../../ui/testing/words.js';
import type {PositionEmbedding} from './position-embedding.js';

export class PositionEmbeddingHarness extends ElementHarness<PositionEmbedding> {
  override get isDrawn(): boolean {
    return super.isDrawn && (this.has('canvas') || this.outcomes.length > 0);
  }

  get views(): string[] {
    return this.all('fieldset label').map(words);
  }
  get inputs(): HTMLTextAreaElement[] {
    return this.all<HTMLTextAreaElement>('.texts textarea');
  }
  frame(name: string): HTMLElement {
    return this.field<HTMLElement>(`.table-frame.${name}`);
  }
  protected override keyTarget(name: string): HTMLElement {
    return this.frame(name);
  }
  rows(name: string): string[] {
    return [...this.frame(name).querySelectorAll('.table-row')].map((row) =>
      [...row.querySelectorAll('span')].map((span) => span.textContent!.trim()).join(' '),
    );
  }
  /** The cell that is highlighted, as assistive technology is told. */
  spoken(name: string): string {
    return this.words(`#cursor-${name}`);
  }
  /** The tables of next tokens: [token, after A, after B], with positions and without. */
  get outcomes(): {rows: string[][]; words: string}[] {
    return this.all('.outcomes table').map((table) => ({
      rows: [...table.querySelectorAll('tbody tr')].map((row) => {
        const [a, token, b] = [...row.children].map(words);
        return [token!, a!, b!];
      }),
      words: words(table.querySelector('tfoot')),
    }));
  }
  /** Distances of the residual streams: [where, with positions, without]. */
  get streams(): string[][] {
    return this.rowTexts('.streams tbody tr');
  }
  color(name: string, x: number, y: number): string {
    return colorAt(this.frame(name).querySelector('canvas')!, x, y);
  }

  pick(view: string): Promise<void> {
    return this.click(`input[type=radio][value=${view}]`);
  }
}

/** Vectors of the size that they have in an untrained model. */
export function exampleVectors(tokens = ['Mia', ' saw', ' the', ' red', ' ball', ',', ' the'], width = 16) {
  const rows = (seed: number, name: (row: number) => number) =>
    tokens.map((_, row) => Array.from(normals(width, 0, 0.02, key(seed, name(row)))));
  return {
    tokens,
    // The same token has the same vector at every position.
    tokenVectors: rows(1, (row) => tokens.indexOf(tokens[row]!)),
    positionVectors: rows(2, (row) => row),
  };
}
