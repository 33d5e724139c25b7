import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {expect} from 'storybook/test';
import '../src/elements/gpt-model/gpt-model.js';
import {TextGeneratorHarness} from '../src/elements/text-generator/text-generator.harness.js';
import '../src/elements/text-generator/text-generator.js';
import type {TextGenerator} from '../src/elements/text-generator/text-generator.js';

const TINY = '{"emb_dim": 16, "n_heads": 2, "n_layers": 1, "context_length": 16}';

const meta: Meta<TextGenerator> = {
  title: 'Elements/text-generator',
  component: 'text-generator',
  args: {prompt: 'One day M', temperature: 0.8, seed: 1, maxNewTokens: 40, live: false},
  argTypes: {
    temperature: {control: {type: 'range', min: 0, max: 2, step: 0.05}},
    topP: {control: {type: 'range', min: 0.05, max: 1, step: 0.05}},
  },
  render: (args) => html`<gpt-model backend="cpu" config=${TINY}>
    <text-generator
      prompt=${args.prompt}
      temperature=${args.temperature}
      top-k=${ifDefined(args.topK)}
      top-p=${ifDefined(args.topP)}
      seed=${args.seed}
      max-new-tokens=${args.maxNewTokens}
      ?live=${args.live}
      ?without-prompt=${args.withoutPrompt}
      ?without-controls=${args.withoutControls}
      ?without-bars=${args.withoutBars}
      ?without-lead=${args.withoutLead}
      ?without-footer=${args.withoutFooter}
    ></text-generator>
  </gpt-model>`,
};
export default meta;
type Story = StoryObj<TextGenerator>;

async function ready(canvasElement: HTMLElement): Promise<TextGeneratorHarness> {
  const harness = new TextGeneratorHarness(canvasElement.querySelector('text-generator')!);
  await harness.until(() => harness.bars.length > 0, 'the bars');
  return harness;
}

/** Shows the probabilities of the next token before anything is generated. This model is untrained. */
export const NextToken: Story = {
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.bars).toHaveLength(8);
    await expect(harness.readout).toContain('Most likely');
  },
};

/** Generates, shows the alternatives of a token, continues from another one, and undoes that. */
export const Branching: Story = {
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await harness.press('Generate');
    await harness.written(40);
    const {text} = harness.element;
    harness.tokens[9]!.click();
    await harness.until(() => harness.title.startsWith('What else'), 'the alternatives');
    harness.bars.find((bar) => !bar.drawn)!.button.click();
    await harness.written(40);
    await expect(harness.element.text.slice(0, 9)).toBe(text.slice(0, 9));
    await harness.press('Undo');
    await expect(harness.element.text).toBe(text);
  },
};

/** Applies top-k and temperature to the shown probabilities at once. */
export const Sampling: Story = {
  args: {topK: 3, temperature: 0.5},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.bars).toHaveLength(3);
    await harness.slide('temperature', 0);
    await harness.until(() => harness.bars.length === 1, 'greedy');
  },
};

/** Explains that the prompt has unknown characters, and keeps it. */
export const UnknownCharacters: Story = {
  args: {prompt: 'Zoë pays 5 €'},
  play: async ({canvasElement}) => {
    const harness = new TextGeneratorHarness(canvasElement.querySelector('text-generator')!);
    await harness.until(() => harness.error.includes('“€”'), 'the sentence');
    await expect(harness.textarea.value).toBe('Zoë pays 5 €');
  },
};

/** Shows only the text, for a figure in running text. */
export const TextOnly: Story = {
  args: {
    withoutBars: true,
    withoutControls: true,
    withoutPrompt: true,
    withoutLead: true,
    withoutFooter: true,
  },
  play: async ({canvasElement}) => {
    const harness = new TextGeneratorHarness(canvasElement.querySelector('text-generator')!);
    await harness.until(() => !harness.button('Generate').disabled, 'the button');
    await harness.press('Generate');
    await harness.until(() => harness.tokens.length === 40, 'the text');
  },
};

export const Narrow: Story = {
  decorators: [(story) => html`<div style="width: 320px">${story()}</div>`],
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.element.scrollWidth).toBeLessThanOrEqual(320);
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await harness.press('Generate');
    await harness.written(40);
  },
};
