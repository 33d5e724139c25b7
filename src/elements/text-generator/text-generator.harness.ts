import {ElementHarness} from '../../ui/testing/element-harness.js';
import type {TextGenerator} from './text-generator.js';

/** What a reader sees of a generator and does to it, for tests and stories. */
export class TextGeneratorHarness extends ElementHarness<TextGenerator> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.bars.length > 0;
  }

  get tokens(): HTMLElement[] {
    return this.all('.token');
  }

  /** The text as it is drawn: the prompt, then what was written. */
  get passage(): string {
    return this.field<HTMLElement>('.text').textContent!;
  }

  get bars(): {name: string; probability: number; drawn: boolean; button: HTMLButtonElement}[] {
    return this.all<HTMLButtonElement>('.bar').map((button) => ({
      name: button.querySelector('.name')!.textContent!,
      probability: Number(button.querySelector('.probability')!.textContent!.replace(/^<.*/, '0')),
      drawn: button.classList.contains('drawn'),
      button,
    }));
  }

  get title(): string {
    return this.words('.title');
  }

  get textarea(): HTMLTextAreaElement {
    return this.field<HTMLTextAreaElement>('textarea');
  }

  /** Moves a slider: `temperature`, `top-k`, `top-p`. */
  slide(id: string, value: number): Promise<void> {
    return this.enter(`#${id}`, value);
  }

  slider(id: string): {input: HTMLInputElement; shown: string} {
    const input = this.field(`#${id}`);
    return {input, shown: input.nextElementSibling!.textContent!.trim()};
  }

  /** Waits until a text of so many tokens stands there and what comes next is known. */
  written(count: number): Promise<void> {
    return this.until(
      () => this.tokens.length === count && this.has('.primary:not(.writing)') && this.bars.length > 0,
      `${count} tokens`,
    );
  }
}
