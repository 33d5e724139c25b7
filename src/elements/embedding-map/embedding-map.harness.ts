/** What a reader can do with `<embedding-map>` and see of it: for tests and stories. */
import {key, normals} from '../../math/rng.js';
import {ElementHarness} from '../../ui/testing/element-harness.js';
import {colorAt, isPainted} from '../../ui/testing/painted.js';
import {words} from '../../ui/testing/words.js';
import type {EmbeddingMap} from './embedding-map.js';

export class EmbeddingMapHarness extends ElementHarness<EmbeddingMap> {
  override get isDrawn(): boolean {
    const {canvas} = this;
    return canvas !== null && canvas.width !== 300 && isPainted(canvas);
  }

  /** Waits until the map is painted and its points are at rest: three frames show the same. */
  override async drawn(): Promise<void> {
    await super.drawn();
    let last = '';
    for (let still = 0; still < 3; ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = this.canvas?.toDataURL() ?? '';
      still = now === last ? still + 1 : 0;
      last = now;
    }
  }

  get canvas(): HTMLCanvasElement | null {
    return this.one('canvas');
  }
  get stage(): HTMLElement {
    return this.field<HTMLElement>('.stage');
  }
  /** The table of neighbors: token, cosine, cosine at the first step. */
  get neighbors(): string[][] {
    return this.all('tbody tr').map((row) => [
      row.querySelector('button')!.textContent!,
      ...[...row.querySelectorAll('.number')].map((cell) => cell.textContent!),
    ]);
  }
  get classes(): string[] {
    return this.all('.classes li').map(words);
  }
  get scrubber(): HTMLInputElement | null {
    return this.one('.time input');
  }
  get time(): string {
    return this.words('.time output');
  }

  /** The color at a point in CSS pixels. */
  pixel(x: number, y: number): string {
    return colorAt(this.canvas!, x, y);
  }
  scrub(index: number): Promise<void> {
    return this.enter('.time input', index);
  }
  find(text: string): Promise<void> {
    return this.enter('input[type=search]', text);
  }
  pick(dimensions: 2 | 3): Promise<void> {
    return this.click(`input[type=radio][value="${dimensions}"]`);
  }
  key(key: string, init: KeyboardEventInit = {}): Promise<void> {
    return this.keys(this.stage, {key, ...init});
  }
  async #pointer(type: string, x: number, y: number): Promise<void> {
    const box = this.canvas!.getBoundingClientRect();
    this.canvas!.setPointerCapture = () => {}; // there is no real pointer
    this.canvas!.dispatchEvent(
      new PointerEvent(type, {clientX: box.x + x, clientY: box.y + y, bubbles: true, pointerType: 'mouse'}),
    );
    await this.element.updateComplete;
  }
  hover(x: number, y: number): Promise<void> {
    return this.#pointer('pointermove', x, y);
  }
  /** Clicks on a place of the map, in CSS pixels. */
  async clickAt(x: number, y: number): Promise<void> {
    await this.#pointer('pointerdown', x, y);
    await this.#pointer('pointerup', x, y);
  }
  async drag(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
    await this.#pointer('pointerdown', ...from);
    await this.#pointer('pointermove', ...to);
    await this.#pointer('pointerup', ...to);
  }
}

const GROUPS = [
  ['Mia', 'Tom', 'Ben', 'Lily'],
  ['he', 'she', 'him', 'her'],
  ['ball', 'kite', 'drum', 'cake'],
  ['red', 'big', 'tiny', 'blue'],
];

export interface ExampleSnapshots {
  tokens: string[];
  snapshots: {step: number; weights: number[][]}[];
}

/** Random vectors that move towards those of the same class, step by step: for stories and tests, not from a model. */
export function exampleSnapshots(width = 24, count = 6): ExampleSnapshots {
  const tokens = [...GROUPS.flat().map((word) => (/^[A-Z]/.test(word) ? word : ` ${word}`)), '.', '\n'];
  const snapshots = Array.from({length: count}, (_, n) => ({
    step: 50 * n,
    weights: tokens.map((_, row) => {
      const own = normals(width, 0, 0.05, key(1, row));
      const group = normals(width, 0, 0.1, key(2, Math.floor(row / 4)));
      return Array.from(own, (value, i) => value + (n / Math.max(1, count - 1)) * group[i]!);
    }),
  }));
  return {tokens, snapshots};
}
