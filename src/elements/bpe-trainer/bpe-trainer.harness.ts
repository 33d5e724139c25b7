/** What a reader can do with `<bpe-trainer>` and see of it: for tests and stories. */
import {until} from '../../ui/testing/until.js';
import type {BpeTrainer} from './bpe-trainer.js';

const words = (node: Element | null): string => (node?.textContent ?? '').replace(/\s+/g, ' ').trim();

export class BpeTrainerHarness {
  constructor(readonly element: BpeTrainer) {}

  get root(): ShadowRoot {
    return this.element.shadowRoot!;
  }
  get readout(): string {
    return words(this.root.querySelector('.readout'));
  }
  /** The pairs from the top: “h e 7,965”. */
  get pairs(): string[] {
    return [...this.root.querySelectorAll('.pair')].map((pair) =>
      [...pair.querySelectorAll('.part, .count')].map((part) => words(part)).join(' '),
    );
  }
  /** Widths of the bars as shares of the longest. */
  get bars(): number[] {
    return [...this.root.querySelectorAll<HTMLElement>('.fill')].map(
      (fill) => Number.parseFloat(fill.style.width) / 100,
    );
  }
  /** The tokens of the excerpt. */
  get tokens(): string[] {
    return [...this.root.querySelectorAll('.text .token')].map((token) => token.textContent!);
  }
  /** The framed pairs of the excerpt: “h|e”. */
  get framed(): string[] {
    return [...this.root.querySelectorAll('.text .left')].map((left) => {
      let right = left.nextElementSibling;
      while (right && !right.classList.contains('right')) right = right.nextElementSibling;
      return `${left.textContent}|${right?.textContent}`;
    });
  }
  get vocabulary(): string[] {
    return [...this.root.querySelectorAll('.vocabulary li:not(.none)')].map(words);
  }
  get vocabularySize(): string {
    return words(this.root.querySelector('.views section:nth-of-type(3) h3'));
  }
  get question(): string {
    return words(this.root.querySelector('.question'));
  }
  get adopted(): string {
    return words(this.root.querySelector('.adopted'));
  }
  button(label: string): HTMLButtonElement | undefined {
    return [...this.root.querySelectorAll('button')].find((button) => words(button).startsWith(label));
  }

  /** Until training has ended. */
  async trained(): Promise<void> {
    await this.until(() => this.element.learned > 0 && !this.root.querySelector('.busy'), 'the tokenizer');
  }
  until(condition: () => boolean, what: string): Promise<void> {
    return until(condition, what);
  }
  async press(label: string): Promise<void> {
    const button = this.button(label);
    if (!button) throw new Error(`there is no button “${label}”`);
    button.click();
    await this.element.updateComplete;
  }
  async jump(step: number): Promise<void> {
    const range = this.root.querySelector<HTMLInputElement>('input[type=range]')!;
    range.value = `${step}`;
    range.dispatchEvent(new InputEvent('input', {bubbles: true}));
    await this.element.updateComplete;
  }
  async learn(merges: number): Promise<void> {
    const input = this.root.querySelector<HTMLInputElement>('.target')!;
    input.value = `${merges}`;
    input.dispatchEvent(new Event('change', {bubbles: true}));
    await this.element.updateComplete;
  }
  /** Points at a pair, a token of the text (the nth of this name), or a token of the vocabulary. */
  async pointAtPair(index: number): Promise<void> {
    this.root.querySelectorAll('.pair')[index]!.dispatchEvent(new PointerEvent('pointerenter'));
    await this.element.updateComplete;
  }
  async pointAtToken(token: string): Promise<void> {
    const found = [...this.root.querySelectorAll('.text .token')].find(
      ({textContent}) => textContent === token,
    );
    found!.dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
    await this.element.updateComplete;
  }
  async clickChart(share: number): Promise<void> {
    const chart = this.root.querySelector('.chart')!;
    const {left, width, top} = chart.getBoundingClientRect();
    chart.dispatchEvent(
      new PointerEvent('pointerdown', {clientX: left + share * width, clientY: top + 50, bubbles: true}),
    );
    await this.element.updateComplete;
  }
}
