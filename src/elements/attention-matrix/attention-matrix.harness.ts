/** What a reader can do with `<attention-matrix>` and see of it: for tests and stories. */
import {key, normals} from '../../math/rng.js';
import type {AttentionMatrix} from './attention-matrix.js';

export class AttentionMatrixHarness {
  constructor(readonly element: AttentionMatrix) {}

  get root(): ShadowRoot {
    return this.element.shadowRoot!;
  }
  /** Waits until the pictures are there, large and small. */
  async drawn(): Promise<void> {
    const small = () => this.thumbnails.map((thumb) => thumb.querySelector('canvas')!);
    for (let tries = 0; tries < 200; tries++) {
      await this.element.updateComplete;
      if (this.#inked && small().every((canvas) => canvas.width !== 300)) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`nothing was drawn: ${this.root.textContent}`);
  }

  /** Whether anything is drawn: an untouched canvas is transparent. */
  get #inked(): boolean {
    const {canvas} = this;
    if (!canvas) return false;
    const {data} = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value, i) => i % 4 === 3 && value > 0);
  }

  get canvas(): HTMLCanvasElement | null {
    return this.root.querySelector('canvas.cells');
  }
  /** Elements of what is shown, not of the room that is kept for it. */
  #shown(selector: string): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(selector)].filter((node) => !node.closest('.shape'));
  }
  get grid(): HTMLElement {
    return this.root.querySelector('[role=grid]')!;
  }
  get thumbnails(): HTMLButtonElement[] {
    return this.#shown('.thumb') as HTMLButtonElement[];
  }
  get chips(): HTMLElement[] {
    return this.#shown('.chip');
  }
  get textInput(): HTMLInputElement | null {
    return this.root.querySelector('.text-input input');
  }
  get readout(): string {
    return this.#shown('.readout')[0]?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  }
  /** What assistive technology is told about the cursor. */
  get spoken(): string {
    return this.root.querySelector('#cursor')?.textContent ?? '';
  }
  get messages(): string {
    return [...this.root.querySelectorAll('[role=alert], [role=status], .waiting')]
      .map((node) => node.textContent)
      .join(' ')
      .trim();
  }
  get rowLabels(): string[] {
    return this.#shown('.rows .label').map((label) => label.textContent!);
  }
  get highlightedRows(): number[] {
    return [...this.root.querySelectorAll('.rows .label')].flatMap((label, i) =>
      label.matches('.highlighted') ? [i] : [],
    );
  }
  get highlightedColumns(): number[] {
    return [...this.root.querySelectorAll('.columns .label')].flatMap((label, i) =>
      label.matches('.highlighted') ? [i] : [],
    );
  }
  get table(): HTMLTableElement | null {
    return this.root.querySelector('.visually-hidden table');
  }

  /** The answers of the exercise. */
  get answers(): HTMLButtonElement[] {
    return [...this.root.querySelectorAll<HTMLButtonElement>('.exercise .options button')];
  }
  /** Tokens that the model has written. */
  get written(): string[] {
    return this.#shown('.rows .label.written').map((label) => label.textContent!);
  }
  button(text: string): HTMLButtonElement {
    return [...this.root.querySelectorAll('button')].find((button) => button.textContent!.trim() === text)!;
  }

  /** Side of a cell in CSS pixels. */
  get cell(): number {
    return this.canvas!.clientWidth / this.rowLabels.length;
  }
  /** The color at a place of a cell, 0 … 1 across and down, as `rgb(r, g, b)`. */
  pixel(query: number, key: number, across = 0.2, down = 0.2): string {
    const canvas = this.canvas!;
    const ratio = canvas.width / canvas.clientWidth;
    const [x, y] = [(key + across) * this.cell * ratio, (query + down) * this.cell * ratio];
    return `rgb(${[...canvas.getContext('2d')!.getImageData(x, y, 1, 1).data.slice(0, 3)].join(', ')})`;
  }

  async press(pressed: string, init: KeyboardEventInit = {}): Promise<void> {
    this.grid.focus();
    this.grid.dispatchEvent(
      new KeyboardEvent('keydown', {key: pressed, bubbles: true, cancelable: true, ...init}),
    );
    await this.element.updateComplete;
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
  async pick(which: 'layer' | 'head' | 'show' | 'view' | 'compare', value: number | string): Promise<void> {
    const select = this.root.querySelector<HTMLSelectElement>(`select.${which}`)!;
    select.value = `${value}`;
    select.dispatchEvent(new Event('change', {bubbles: true}));
    await this.element.updateComplete;
  }
  async type(text: string): Promise<void> {
    const input = this.textInput!;
    input.value = text;
    input.dispatchEvent(new InputEvent('input', {bubbles: true}));
    await this.element.updateComplete;
  }
}

export interface ExampleAttention {
  tokens: string[];
  weights: number[][][][];
  scores: number[][][][];
}

/** Weights of a causal model on a text, for stories and tests: a real softmax of scores with one habit a head. */
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
  /** What each kind of head likes; the rest of a score is chance. */
  const habits: ((query: number, key: number) => number)[] = [
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
      const habit = habits[(head + layer) % habits.length]!;
      return each(size, (q) => each(size, (k) => chance[q * size + k]! + habit(q, k)));
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
