/** What a reader can do with `<position-embedding>` and see of it: for tests and stories. */
import {key, normals} from '../../math/rng.js';
import type {PositionEmbedding} from './position-embedding.js';

export class PositionEmbeddingHarness {
  constructor(readonly element: PositionEmbedding) {}

  get root(): ShadowRoot {
    return this.element.shadowRoot!;
  }
  /** Waits until the view on show is there, painted. */
  async drawn(): Promise<void> {
    for (let tries = 0; tries < 400; tries++) {
      await this.element.updateComplete;
      const canvases = [...this.root.querySelectorAll('canvas')];
      if (canvases.length ? canvases.every((canvas) => canvas.width !== 300) : this.outcomes.length) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`nothing was drawn: ${this.text}`);
  }

  get text(): string {
    return this.root.textContent!.replace(/\s+/g, ' ');
  }
  get readout(): string {
    return this.root.querySelector('.readout')?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  }
  get views(): string[] {
    return [...this.root.querySelectorAll('fieldset label')].map((label) => label.textContent!.trim());
  }
  get inputs(): HTMLInputElement[] {
    return [...this.root.querySelectorAll<HTMLInputElement>('.texts input')];
  }
  frame(name: string): HTMLElement {
    return this.root.querySelector(`.table-frame.${name}`)!;
  }
  rows(name: string): string[] {
    return [...this.frame(name).querySelectorAll('.table-row')].map((row) =>
      [...row.querySelectorAll('span')].map((span) => span.textContent!.trim()).join(' '),
    );
  }
  /** The cell that is highlighted, as assistive technology is told. */
  spoken(name: string): string {
    return this.root.querySelector(`#cursor-${name}`)?.textContent ?? '';
  }
  /** The tables of next tokens: [token, after A, after B], with positions and without. */
  get outcomes(): {rows: string[][]; words: string}[] {
    return [...this.root.querySelectorAll('.outcomes table')].map((table) => ({
      rows: [...table.querySelectorAll('tbody tr')].map((row) =>
        [...row.children].map((cell) => cell.textContent!.trim()),
      ),
      words: table.querySelector('tfoot')!.textContent!.trim(),
    }));
  }
  /** How far the streams are apart: [where, with positions, without]. */
  get streams(): string[][] {
    return [...this.root.querySelectorAll('.streams tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent!.trim()),
    );
  }
  color(name: string, x: number, y: number): string {
    const canvas = this.frame(name).querySelector('canvas')!;
    const ratio = canvas.width / canvas.clientWidth;
    const [r, g, b] = canvas.getContext('2d')!.getImageData(x * ratio, y * ratio, 1, 1).data;
    return `rgb(${r}, ${g}, ${b})`;
  }

  async pick(view: string): Promise<void> {
    this.root.querySelector<HTMLInputElement>(`input[type=radio][value=${view}]`)!.click();
    await this.element.updateComplete;
  }
  async type(text: string, index = 0): Promise<void> {
    const input = this.inputs[index]!;
    input.value = text;
    input.dispatchEvent(new InputEvent('input', {bubbles: true}));
    await this.element.updateComplete;
  }
  async press(name: string, pressed: string): Promise<void> {
    this.frame(name).focus();
    this.frame(name).dispatchEvent(
      new KeyboardEvent('keydown', {key: pressed, bubbles: true, cancelable: true}),
    );
    await this.element.updateComplete;
  }
}

/** Rows of the size that a fresh model has. */
export function exampleVectors(tokens = ['Mia', ' saw', ' the', ' red', ' ball', ',', ' the'], width = 16) {
  const rows = (seed: number, name: (row: number) => number) =>
    tokens.map((_, row) => Array.from(normals(width, 0, 0.02, key(seed, name(row)))));
  return {
    tokens,
    // The same token has the same row, wherever it stands.
    tokenVectors: rows(1, (row) => tokens.indexOf(tokens[row]!)),
    positionVectors: rows(2, (row) => row),
  };
}
