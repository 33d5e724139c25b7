/** What a reader can do with `<attention-matrix>` and see of it: for tests and stories. */
import {key, normals} from '../../math/rng.js';
import {ElementHarness} from '../../ui/testing/element-harness.js';
import {colorAt, isPainted} from '../../ui/testing/painted.js';
import {words} from '../../ui/testing/words.js';
import type {AttentionMatrix} from './attention-matrix.js';

export class AttentionMatrixHarness extends ElementHarness<AttentionMatrix> {
  override get isDrawn(): boolean {
    const {canvas} = this;
    const small = this.thumbnails.map((thumb) => thumb.querySelector('canvas')!);
    return canvas !== null && isPainted(canvas) && small.every(({width}) => width !== 300);
  }

  get canvas(): HTMLCanvasElement | null {
    return this.one('canvas.cells');
  }
  /** Elements of the drawing, without the placeholder that reserves its room. */
  #shown<T extends HTMLElement = HTMLElement>(selector: string): T[] {
    return this.all<T>(selector).filter((node) => !node.closest('.shape'));
  }
  get grid(): HTMLElement {
    return this.field<HTMLElement>('[role=grid]');
  }
  get thumbnails(): HTMLButtonElement[] {
    return this.#shown('.thumb');
  }
  get chips(): HTMLElement[] {
    return this.#shown('.chip');
  }
  get textInput(): HTMLInputElement | null {
    return this.one('.text-input input');
  }
  override get readout(): string {
    return words(this.#shown('.readout')[0]);
  }
  /** What screen readers say about the cursor. */
  get spoken(): string {
    return this.words('#cursor');
  }
  get rowLabels(): string[] {
    return this.#shown('.rows .label').map((label) => label.textContent!);
  }
  get highlightedRows(): number[] {
    return this.all('.rows .label').flatMap((label, i) => (label.matches('.highlighted') ? [i] : []));
  }
  get highlightedColumns(): number[] {
    return this.all('.columns .label').flatMap((label, i) => (label.matches('.highlighted') ? [i] : []));
  }
  get spokenTable(): HTMLTableElement | null {
    return this.one('.visually-hidden table');
  }

  /** The answers of the exercise. */
  get answers(): HTMLButtonElement[] {
    return this.all<HTMLButtonElement>('.exercise .options button');
  }
  /** Tokens that the model has written. */
  get written(): string[] {
    return this.#shown('.rows .label.written').map((label) => label.textContent!);
  }

  /** Side of a cell in CSS pixels. */
  get cell(): number {
    return this.canvas!.clientWidth / this.rowLabels.length;
  }
  /** The color at a point of a cell, 0 … 1 across and down, as `rgb(r, g, b)`. */
  pixel(query: number, key: number, across = 0.2, down = 0.2): string {
    return colorAt(this.canvas!, (key + across) * this.cell, (query + down) * this.cell);
  }

  key(key: string, init: KeyboardEventInit = {}): Promise<void> {
    return this.keys(this.grid, {key, ...init});
  }
  async hover(query: number, key: number): Promise<void> {
    const box = this.canvas!.getBoundingClientRect();
    const at = {clientX: box.x + (key + 0.5) * this.cell, clientY: box.y + (query + 0.5) * this.cell};
    this.canvas!.dispatchEvent(new PointerEvent('pointermove', {...at, bubbles: true, pointerType: 'mouse'}));
    await this.element.updateComplete;
  }
  async leave(): Promise<void> {
    this.grid.dispatchEvent(new PointerEvent('pointerleave'));
    await this.element.updateComplete;
  }
  async hoverChip(index: number): Promise<void> {
    this.chips[index]!.dispatchEvent(new PointerEvent('pointerover', {bubbles: true, pointerType: 'mouse'}));
    await this.element.updateComplete;
  }
  async chooseThumbnail(layer: number, head: number): Promise<void> {
    this.thumbnails
      .find((thumb) => thumb.dataset.layer === `${layer}` && thumb.dataset.head === `${head}`)!
      .click();
    await this.element.updateComplete;
  }
  pick(which: 'layer' | 'head' | 'show' | 'view' | 'compare', value: number | string): Promise<void> {
    return this.enter(`select.${which}`, value);
  }
}

export interface ExampleAttention {
  tokens: string[];
  weights: number[][][][];
  scores: number[][][][];
}

/** Weights of a causal model on a text, for stories and tests: a real softmax of scores, with one pattern per head. */
export function exampleAttention({
  tokens = ['Mia', ' took', ' the', ' red', ' ball', ',', ' and', ' then', ' she', ' ran', '.'],
  layers = 2,
  heads = 4,
  seed = 7,
}: {
  tokens?: string[];
  layers?: number;
  heads?: number;
  seed?: number;
} = {}): ExampleAttention {
  const size = tokens.length;
  /** What each kind of head prefers; the rest of a score is random. */
  const patterns: ((query: number, key: number) => number)[] = [
    (query, key) => (key === query - 1 ? 5 : 0),
    (_, key) => (key === 0 ? 3 : 0),
    (query, key) => (query !== key && tokens[query] === tokens[key] ? 4 : 0),
    () => 0,
  ];
  const each = <T>(length: number, make: (index: number) => T): T[] =>
    Array.from({length}, (_, i) => make(i));
  const scores = each(layers, (layer) =>
    each(heads, (head) => {
      const chance = normals(size * size, 0, 1, key(seed, layer, head));
      const pattern = patterns[(head + layer) % patterns.length]!;
      return each(size, (q) => each(size, (k) => chance[q * size + k]! + pattern(q, k)));
    }),
  );
  const weights = scores.map((layer) =>
    layer.map((head) => head.map((row, query) => causalSoftmax(row, query))),
  );
  return {tokens, weights, scores};
}

function causalSoftmax(scores: number[], query: number): number[] {
  const powers = scores.map((score, key) => (key <= query ? Math.exp(score) : 0));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
