import {ElementHarness} from '../../ui/testing/element-harness.js';
import type {GptModel} from './gpt-model.js';

/** What a script sees of a `<gpt-model>`, for tests and stories. */
export class GptModelHarness extends ElementHarness<GptModel> {
  /** Names of the events that were told, in order. */
  readonly told: string[] = [];

  constructor(element: GptModel) {
    super(element);
    for (const type of ['gpt-status', 'gpt-step', 'gpt-eval', 'gpt-sample', 'gpt-error'] as const)
      element.addEventListener(type, () => this.told.push(type));
  }

  /** Writes a text to its end. */
  async write(prompt: string, maxNewTokens: number): Promise<string> {
    let text = '';
    for await (const token of this.element.generate({prompt, maxNewTokens, seed: 1})) text += token.text;
    return text;
  }
}
