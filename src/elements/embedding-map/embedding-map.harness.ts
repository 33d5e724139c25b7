/** What a reader can do with `<embedding-map>` and see of it: for tests and stories. */
import {key, normals} from '../../math/rng.js';
import type {EmbeddingMap} from './embedding-map.js';

export class EmbeddingMapHarness {
  constructor(readonly element: EmbeddingMap) {}

  get root(): ShadowRoot {
    return this.element.shadowRoot!;
  }
  /** Waits until the map is painted and its points are at rest. */
  async drawn(): Promise<void> {
    let last = '';
    let still = 0;
    for (let tries = 0; tries < 400; tries++) {
      await this.element.updateComplete;
      const {canvas} = this;
      const now = canvas && canvas.width !== 300 ? canvas.toDataURL() : '';
      still = now && now === last ? still + 1 : 0;
      if (still > 2) return;
      last = now;
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 20)));
    }
    throw new Error(`nothing was drawn: ${this.text}`);
  }

  get canvas(): HTMLCanvasElement | null {
    return this.root.querySelector('canvas');
  }
  get stage(): HTMLElement {
    return this.root.querySelector('.stage')!;
  }
  get text(): string {
    return this.root.textContent!.replace(/\s+/g, ' ');
  }
  get readout(): string {
    return this.root.querySelector('.readout')?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  }
  /** The table of neighbors: token, cosine, cosine at the first step. */
  get neighbors(): string[][] {
    return [...this.root.querySelectorAll('tbody tr')].map((row) => [
      row.querySelector('button')!.textContent!,
      ...[...row.querySelectorAll('.number')].map((cell) => cell.textContent!),
    ]);
  }
  get classes(): string[] {
    return [...this.root.querySelectorAll('.classes li')].map((item) => item.textContent!.trim());
  }
  get scrubber(): HTMLInputElement | null {
    return this.root.querySelector('.time input');
  }
  get time(): string {
    return this.root.querySelector('.time output')?.textContent ?? '';
  }

  /** The color at a place in CSS pixels. */
  pixel(x: number, y: number): string {
    const canvas = this.canvas!;
    const ratio = canvas.width / canvas.clientWidth;
    const [r, g, b] = canvas.getContext('2d')!.getImageData(x * ratio, y * ratio, 1, 1).data;
    return `rgb(${r}, ${g}, ${b})`;
  }
  async scrub(index: number): Promise<void> {
    this.scrubber!.value = `${index}`;
    this.scrubber!.dispatchEvent(new InputEvent('input', {bubbles: true}));
    await this.element.updateComplete;
  }
  async find(text: string): Promise<void> {
    const input = this.root.querySelector<HTMLInputElement>('input[type=search]')!;
    input.value = text;
    input.dispatchEvent(new InputEvent('input', {bubbles: true}));
    await this.element.updateComplete;
  }
  async pick(dimensions: 2 | 3): Promise<void> {
    this.root.querySelector<HTMLInputElement>(`input[type=radio][value="${dimensions}"]`)!.click();
    await this.element.updateComplete;
  }
  async press(pressed: string, init: KeyboardEventInit = {}): Promise<void> {
    this.stage.focus();
    this.stage.dispatchEvent(
      new KeyboardEvent('keydown', {key: pressed, bubbles: true, cancelable: true, ...init}),
    );
    await this.element.updateComplete;
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
  async click(x: number, y: number): Promise<void> {
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

/** Words that chance has scattered and that gather by kind, step by step: for stories and tests, not from a model. */
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
