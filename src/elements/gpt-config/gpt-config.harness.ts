import {ElementHarness} from '../../ui/testing/element-harness.js';
import type {GptConfig} from './gpt-config.js';

/** What a reader can do with `<gpt-config>` and see of it: for tests and stories. */
export class GptConfigHarness extends ElementHarness<GptConfig> {
  override get isDrawn(): boolean {
    return super.isDrawn && this.has('canvas');
  }

  get total(): string {
    return this.words('.total');
  }
  get problem(): string {
    return this.words('.problem');
  }
  /** The name of the known size that is on show; empty if it is none of them. */
  get preset(): string {
    return this.words('.presets [aria-pressed="true"] span');
  }
  /** The rows of the table with this caption, as texts. */
  rows(caption: string): string[][] {
    return [...this.table(caption).querySelectorAll('tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent!.trim().replace(/\s+/g, ' ')),
    );
  }

  /** The time of a training step on this device, and what is said of it. */
  get speed(): string {
    return this.words('.speed');
  }
  set(name: string, value: number | string): Promise<void> {
    return this.enter(`input[name="${name}"]`, value);
  }
  choose(preset: number): Promise<void> {
    return this.click(`.presets button:nth-of-type(${preset + 1})`);
  }
}
