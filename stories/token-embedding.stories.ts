import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {expect, waitFor} from 'storybook/test';
import '../src/elements/gpt-model/gpt-model.js';
import type {GptModel} from '../src/elements/gpt-model/gpt-model.js';
import {
  exampleTable,
  TokenEmbeddingHarness,
} from '../src/elements/token-embedding/token-embedding.harness.js';
import '../src/elements/token-embedding/token-embedding.js';
import type {TokenEmbedding} from '../src/elements/token-embedding/token-embedding.js';

const meta: Meta<TokenEmbedding> = {
  title: 'Elements/token-embedding',
  component: 'token-embedding',
  args: {...exampleTable(), text: 'Mia took the ball.', token: 2, oneHot: true},
  render: (args) => html`<token-embedding
    .weights=${args.weights}
    .tokens=${args.tokens}
    text=${ifDefined(args.text)}
    .token=${args.token}
    .extent=${args.extent}
    ?without-text-input=${args.withoutTextInput}
    ?one-hot=${args.oneHot}
    ?without-one-hot=${args.withoutOneHot}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
  ></token-embedding>`,
};
export default meta;
type Story = StoryObj<TokenEmbedding>;

async function shown(canvasElement: HTMLElement): Promise<TokenEmbeddingHarness> {
  const harness = new TokenEmbeddingHarness(canvasElement.querySelector('token-embedding')!);
  await harness.drawn();
  return harness;
}

/** Shows a table given by the page. No model is loaded. */
export const GivenTable: Story = {
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.chipTexts).toEqual(['Mia', '·took', '·the', '·ball', '.']);
    await expect(harness.readout).toContain('Mia has id 2');
    await expect(harness.readout).toContain('Row and product are the same to the last digit');
    await harness.keys('wte', {key: 'Home', ctrlKey: true}, ...Array<string>(8).fill('ArrowDown'));
    await expect(harness.readout).toContain('·she (id 8)');
    await expect(harness.looked.at(-1)).toBe('·she');
  },
};

/** Reaches every number with the arrow keys. */
export const Keyboard: Story = {
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await harness.keys('x', {key: 'Home', ctrlKey: true}, 'ArrowDown', 'ArrowRight');
    await expect(harness.spoken('x')).toContain('·took (id 3), number 2 of 16');
  },
};

/** Folds the rows and columns that do not fit. */
export const Wide: Story = {
  args: exampleTable(
    Array.from({length: 300}, (_, i) => String.fromCodePoint(0x4e00 + i)),
    128,
  ),
  decorators: [(story) => html`<div style="width: 336px">${story()}</div>`],
  render: (args) =>
    html`<token-embedding .weights=${args.weights} .tokens=${args.tokens} text="丐东"></token-embedding>`,
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.element.scrollWidth).toBeLessThanOrEqual(336);
    await expect(harness.rows.length).toBeLessThan(30);
    await expect(harness.bands.length).toBeGreaterThan(0);
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  args: {token: 6},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.readout).toContain('·ball has id 6');
  },
};

/** Leaves out the text field and the one-hot product, for a figure in running text. */
export const FigureOnly: Story = {
  args: {withoutTextInput: true, withoutOneHot: true, withoutLead: true, withoutFooter: true},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.text).not.toContain('one-hot');
  },
};

/** Explains why data is not a table. */
export const WrongData: Story = {
  args: {weights: [[1, 2], [3]], tokens: ['a', 'b']},
  play: async ({canvasElement}) => {
    const harness = new TokenEmbeddingHarness(canvasElement.querySelector('token-embedding')!);
    await waitFor(() => expect(harness.text).toContain('must be equally long'));
  },
};

/** Shows the table of a model in the page before and after some training. */
export const LiveModel: Story = {
  render: () => html`
    <gpt-model
      .text=${'one two three four five six seven eight nine ten. '.repeat(20)}
      config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 16}'
      backend="wasm"
    >
      <token-embedding></token-embedding>
    </gpt-model>
  `,
  play: async ({canvasElement}) => {
    const model = canvasElement.querySelector<GptModel>('gpt-model')!;
    const harness = new TokenEmbeddingHarness(canvasElement.querySelector('token-embedding')!);
    await model.ready;
    await waitFor(() => expect(harness.chips.length).toBeGreaterThan(4));
    await harness.drawn();
    const before = harness.painted('x');
    await model.train({
      steps: 20,
      batchSize: 2,
      learningRate: 1e-2,
      warmupSteps: 0,
      evalInterval: 0,
      sampleInterval: 0,
      saveInterval: 0,
    });
    await waitFor(() => expect(model.status).toBe('done'));
    await waitFor(() => expect(harness.words('.facts')).toContain('step 20'));
    await harness.drawn();
    await expect(harness.painted('x')).not.toBe(before);
    await harness.type('Text', 'ten');
    await waitFor(() => expect(harness.chipTexts).toEqual(['t', 'e', 'n']));
  },
};
