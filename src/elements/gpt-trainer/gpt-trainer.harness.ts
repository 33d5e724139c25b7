import {ElementHarness} from '../../ui/testing/element-harness.js';
import {words} from '../../ui/testing/words.js';
import type {GptTrainer} from './gpt-trainer.js';

/** What a reader sees of a trainer and does to it, for tests and stories. */
export class GptTrainerHarness extends ElementHarness<GptTrainer> {
  get primary(): HTMLButtonElement {
    return this.field<HTMLButtonElement>('.primary');
  }

  /** What the main button says: “Train”, “Pause” … */
  get label(): string {
    return this.words('.primary');
  }

  get state(): string {
    return this.words('.state');
  }

  /** “step 12 of 1,500”. */
  get count(): string {
    return this.words('.count');
  }

  get announced(): string {
    return this.words('.visually-hidden[role="status"]');
  }

  override get error(): string {
    return this.words('[role="alert"] > span, .error:not(.notice)');
  }

  get said(): string {
    return this.words('.said');
  }

  /** Opens the library's lines. */
  async showCode(): Promise<void> {
    await this.press('Code');
    await this.until(() => this.has('.code'), 'the code');
  }

  get code(): string {
    return this.field<HTMLElement>('.code pre').textContent!;
  }

  /** The pieces of code to choose from. */
  get pieces(): HTMLSelectElement {
    return this.field<HTMLSelectElement>('.code select');
  }

  choosePiece(name: string): Promise<void> {
    return this.enter('.code select', name);
  }

  /** Terms and values of the figures. */
  get figures(): Record<string, string> {
    return Object.fromEntries(
      this.all('.figure').map((figure) => [
        words(figure.querySelector('dt')),
        words(figure.querySelector('.value')),
      ]),
    );
  }

  get sample(): {moment: string; text: string} {
    return {moment: this.words('.moment'), text: this.words('.sample blockquote')};
  }

  get progress(): HTMLProgressElement {
    return this.field<HTMLProgressElement>('progress');
  }

  /** The button with this class. @throws {Error} if there is none */
  control(className: string): HTMLButtonElement {
    return this.field<HTMLButtonElement>(`button.${className}`);
  }

  /** Presses Train, Pause or Continue: whatever the main button is. */
  go(): Promise<void> {
    return this.click('button.primary');
  }

  /** Opens one of the lines at the bottom: “Text”, “Model”, “Settings”, “Runs on”. */
  async open(name: string): Promise<void> {
    const all = this.all<HTMLDetailsElement>('details');
    const details = all.find((one) => one.querySelector('.name')!.textContent === name);
    if (!details) throw new Error(`There is no line “${name}”.`);
    if (!details.open) details.querySelector('summary')!.click();
    await this.until(() => details.querySelector('.panel')!.childElementCount > 0, `“${name}” to open`);
  }

  /** What a line says while it is closed. */
  fact(name: string): string {
    const summary = this.all('summary').find((one) => one.querySelector('.name')!.textContent === name);
    return words(summary?.querySelector('.fact'));
  }
}
