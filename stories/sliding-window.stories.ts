import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {expect} from 'storybook/test';
import '../src/elements/gpt-model/gpt-model.js';
import {SlidingWindowHarness} from '../src/elements/sliding-window/sliding-window.harness.js';
import '../src/elements/sliding-window/sliding-window.js';
import type {SlidingWindow} from '../src/elements/sliding-window/sliding-window.js';

const TALE = 'Once upon a time there was a kite that wanted to see the sea. It waited for a windy day.';

const meta: Meta<SlidingWindow> = {
  title: 'Elements/sliding-window',
  component: 'sliding-window',
  args: {text: '', tokenizer: 'char', contextLength: 8, stride: 4, shuffle: false, place: 0},
  argTypes: {
    contextLength: {control: {type: 'range', min: 1, max: 64}},
    stride: {control: {type: 'range', min: 1, max: 64}},
    tokenizer: {control: 'select', options: ['char', 'gpt2', 'cl100k_base', 'o200k_base']},
  },
  render: (args) => html`<gpt-model>
    <sliding-window
      text=${args.text}
      tokenizer=${args.tokenizer as string}
      context-length=${args.contextLength}
      stride=${args.stride}
      seed=${ifDefined(args.seed)}
      place=${args.place}
      ?shuffle=${args.shuffle}
      ?without-controls=${args.withoutControls}
      ?without-tasks=${args.withoutTasks}
      ?without-lead=${args.withoutLead}
      ?without-footer=${args.withoutFooter}
    ></sliding-window>
  </gpt-model>`,
};
export default meta;
type Story = StoryObj<SlidingWindow>;

async function ready(canvasElement: HTMLElement): Promise<SlidingWindowHarness> {
  const harness = new SlidingWindowHarness(canvasElement.querySelector('sliding-window')!);
  await harness.until(() => harness.framed.length > 0, 'the window');
  return harness;
}

/** Slides over the model's corpus, in the model's tokens. */
export const ModelsText: Story = {
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.tasks).toHaveLength(8);
    await harness.key('ArrowRight');
    await expect(harness.count).toMatch(/^window 2 of /);
  },
};

/** Uses words instead of characters: “Once upon → a”. */
export const Words: Story = {
  args: {text: TALE, tokenizer: 'gpt2', contextLength: 6, stride: 2},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await harness.until(() => harness.tasks[1] === 'Once·upon → ·a', 'GPT-2’s tokens');
    await harness.point(1);
    await expect(harness.readout).toContain('comes ·a');
  },
};

/** Shuffles the windows as a run with this seed does. */
export const Shuffled: Story = {
  args: {shuffle: true, seed: 3},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    const first = harness.framed.join('');
    await harness.click('button.on');
    await expect(harness.framed.join('')).not.toBe(first);
  },
};

/** Uses windows without overlap: every token is read once per epoch. */
export const NoOverlap: Story = {
  args: {contextLength: 16, stride: 16},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.totals).toContain('No two windows share a token');
  },
};

/** Explains that a text is too short for a single window. */
export const TooShort: Story = {
  args: {text: 'A kite.', contextLength: 16},
  play: async ({canvasElement}) => {
    const harness = new SlidingWindowHarness(canvasElement.querySelector('sliding-window')!);
    await harness.until(() => harness.passage.textContent!.includes('needs 17'), 'the sentence');
  },
};

/** Shows only the window, for a figure in running text. */
export const WindowOnly: Story = {
  args: {
    text: TALE,
    withoutControls: true,
    withoutTasks: true,
    withoutLead: true,
    withoutFooter: true,
  },
  play: async ({canvasElement}) => {
    await ready(canvasElement);
  },
};

export const Narrow: Story = {
  decorators: [(story) => html`<div style="width: 320px">${story()}</div>`],
  args: {contextLength: 16},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.element.scrollWidth).toBeLessThanOrEqual(320);
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await harness.point(2);
  },
};
