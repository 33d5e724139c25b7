import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect} from 'storybook/test';
import {ClassifierTrainerHarness} from '../src/elements/classifier-trainer/classifier-trainer.harness.js';
import '../src/elements/classifier-trainer/classifier-trainer.js';
import type {ClassifierTrainer} from '../src/elements/classifier-trainer/classifier-trainer.js';
import {until} from '../src/ui/testing/until.js';

const meta: Meta<ClassifierTrainer> = {
  title: 'Elements/classifier-trainer',
  component: 'classifier-trainer',
  args: {start: 'pretrained', tune: 'blocks'},
  render: ({start, tune, steps}) =>
    html`<classifier-trainer start=${start} tune=${tune} .steps=${steps}></classifier-trainer>`,
};
export default meta;

const harnessIn = (canvas: HTMLElement) =>
  new ClassifierTrainerHarness(canvas.querySelector('classifier-trainer')!);

/** Shows a recorded run until the reader trains. */
export const BeforeTraining: StoryObj<ClassifierTrainer> = {
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.baselineKnown();
    await expect(harness.kinds).toHaveLength(4);
    await until(() => harness.text.includes('A recorded run of 600 steps'));
    const [, bag, gpt] = harness.kinds.at(-1)!;
    await expect(Number.parseFloat(bag!)).toBeLessThan(90);
    await expect(Number.parseFloat(gpt!)).toBeGreaterThanOrEqual(95);
    await expect(harness.pair.map(({gpt}) => gpt.includes('wrong'))).toEqual([false, false]);
  },
};

/** Scores the test set after two steps, which are too few to learn anything. */
export const Scored: StoryObj<ClassifierTrainer> = {
  args: {steps: 2, tune: 'head'},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.drawn();
    await harness.press('Train the spam filter');
    await until(() => harness.hasButton('Score the test set'));
    await harness.press('Score the test set');
    await until(() => harness.confusion.length === 2);
    await expect(harness.confusion.flat().reduce((sum, n) => sum + n, 0)).toBe(400);
  },
};
