import {fixture, html} from '@open-wc/testing';
import '../../gpt-model/gpt-model.js';
import type {GptModel} from '../../gpt-model/gpt-model.js';
import '../gpt-trainer.js';
import {GptTrainerHarness} from '../gpt-trainer.harness.js';
import type {GptTrainer} from '../gpt-trainer.js';

export const TEXT = 'one two three four five six seven eight nine ten. '.repeat(40);

export interface Setup {
  model: GptModel;
  element: GptTrainer;
  harness: GptTrainerHarness;
}

/**
 * Returns what makes trainers of tiny models on the cpu backend. Each model has a seed, and so an autosave, of its own.
 * @param lastSeed the seeds are those after it; another one for each file of tests
 */
export function trainers(lastSeed: number) {
  return async (
    attributes: Partial<GptTrainer> = {},
    text = TEXT,
    {id = '', seed = ++lastSeed}: {id?: string; seed?: number} = {},
  ): Promise<Setup> => {
    const model = await fixture<GptModel>(html`
      <gpt-model id=${id} backend="cpu" seed=${seed} .text=${text} config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 16}'>
        <gpt-trainer batch-size="4" steps="12" eval-interval="4" sample-interval="6" sample-tokens="8" warmup-steps="0" learning-rate="0.01"></gpt-trainer>
      </gpt-model>
    `);
    const element = model.querySelector('gpt-trainer')!;
    Object.assign(element, attributes);
    return {model, element, harness: new GptTrainerHarness(element)};
  };
}

/** Waits until the model is open. */
export async function isIdle({harness, model}: Setup): Promise<void> {
  await harness.until(() => model.status === 'idle', 'the model to open');
  await harness.element.updateComplete;
}
