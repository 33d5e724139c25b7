import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {expect, waitFor} from 'storybook/test';
import {
  AttentionMatrixHarness,
  exampleAttention,
} from '../src/elements/attention-matrix/attention-matrix.harness.js';
import '../src/elements/attention-matrix/attention-matrix.js';
import type {AttentionMatrix} from '../src/elements/attention-matrix/attention-matrix.js';
import '../src/elements/gpt-model/gpt-model.js';
import type {GptModel} from '../src/elements/gpt-model/gpt-model.js';

const example = exampleAttention();

const meta: Meta<AttentionMatrix> = {
  title: 'Elements/attention-matrix',
  component: 'attention-matrix',
  args: {
    ...example,
    layer: 0,
    head: 0,
    show: 'weights',
    scale: 'sqrt',
    withoutHeads: false,
    withoutControls: false,
  },
  argTypes: {
    show: {control: 'inline-radio', options: ['weights', 'scores']},
    scale: {control: 'inline-radio', options: ['sqrt', 'linear']},
    view: {control: 'inline-radio', options: ['matrix', 'links']},
  },
  render: (args) => html`<attention-matrix
    .weights=${args.weights}
    .scores=${args.scores}
    .tokens=${args.tokens}
    .layer=${args.layer}
    .head=${args.head}
    query=${ifDefined(args.query)}
    key=${ifDefined(args.key)}
    show=${args.show}
    scale=${args.scale}
    view=${args.view ?? 'matrix'}
    compare=${args.compare ?? ''}
    ?exercise=${args.exercise}
    ?without-heads=${args.withoutHeads}
    ?without-controls=${args.withoutControls}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
  ></attention-matrix>`,
};
export default meta;
type Story = StoryObj<AttentionMatrix>;

async function shown(canvasElement: HTMLElement): Promise<AttentionMatrixHarness> {
  const harness = new AttentionMatrixHarness(canvasElement.querySelector('attention-matrix')!);
  await harness.drawn();
  return harness;
}

/** Shows weights given by the page: a softmax of scores, with one pattern per head. No model is loaded. */
export const GivenWeights: Story = {
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await harness.hover(8, 7);
    await expect(harness.highlightedRows).toEqual([8]);
    await expect(harness.readout).toContain('·she → ·then');
    await harness.leave();
    await harness.chooseThumbnail(1, 0);
    await expect(harness.readout).toContain('goes to the first token');
    await harness.chooseThumbnail(0, 0);
  },
};

/** Reaches every cell and every head with the keyboard. */
export const Keyboard: Story = {
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await harness.key('ArrowUp');
    await harness.key('ArrowUp');
    await harness.key('Home');
    await expect(harness.spoken).toContain('·ran looks at Mia');
    await harness.key('PageDown');
    await expect(harness.element.head).toBe(1);
  },
};

export const Scores: Story = {
  args: {show: 'scores', layer: 1, head: 1, query: 8, key: 0},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.root.querySelector('.legend')!.textContent).toContain('score');
  },
};

/** Draws the same weights as lines between two columns of tokens and emphasizes those of the highlighted token. */
export const Links: Story = {
  args: {view: 'links', query: 8},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.highlightedRows).toEqual([8]);
    await harness.key('ArrowUp');
    await expect(harness.highlightedRows).toEqual([7]);
    await harness.pick('view', 'matrix');
    await expect(harness.element.view).toBe('matrix');
    await harness.pick('view', 'links');
  },
};

/** Shows the difference of two heads: what one attends to and the other does not. */
export const Compared: Story = {
  args: {compare: '0.1', query: 8, key: 7},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.readout).toContain('is on other tokens than in layer 1, head 2');
    await harness.pick('compare', '');
    await expect(harness.readout).toContain('This head’s pattern');
    await harness.pick('compare', '0.1');
  },
};

/** Hides a row until the reader has answered the question. */
export const AsExercise: Story = {
  args: {exercise: true, query: 8},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.readout).toContain('Answer first');
    harness.answers[0]!.click();
    await harness.element.updateComplete;
    await expect(harness.root.querySelector('.exercise')!.textContent).toMatch(/Right|Not quite/);
    await expect(harness.root.querySelector('.hidden-row')).toBe(null);
  },
};

const longTokens = exampleTokens(600);

function exampleTokens(count: number): string[] {
  return Array.from({length: count}, (_, i) => example.tokens[i % example.tokens.length]!);
}

/** Shows hundreds of tokens; a lens magnifies the cells around the highlighted one. */
export const LongText: Story = {
  args: {...exampleAttention({tokens: longTokens, layers: 1, heads: 4}), query: 400, key: 399},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.root.querySelector<HTMLCanvasElement>('canvas.lens')!.hidden).toBe(false);
    await harness.key('ArrowLeft');
    await expect(harness.element.key).toBe(398);
  },
};

/** Shows only the drawing, for a figure in running text. */
export const FigureOnly: Story = {
  args: {withoutHeads: true, withoutControls: true, withoutLead: true, withoutFooter: true},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.thumbnails.length).toBe(0);
  },
};

const manyTokens = Array.from('Once upon a time there was a small red fox who lived by the sea.');

export const Narrow: Story = {
  args: exampleAttention({tokens: manyTokens}),
  decorators: [(story) => html`<div style="width: 336px">${story()}</div>`],
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    const frame = harness.root.querySelector('.frame')!;
    await expect(frame.scrollWidth).toBeGreaterThan(frame.clientWidth); // scrolls inside its own frame
    await expect(harness.element.scrollWidth).toBeLessThanOrEqual(336);
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  args: {query: 8, key: 7},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.highlightedColumns).toEqual([7]);
  },
};

/** Explains what is wrong when the weights are not square matrices. */
export const WrongData: Story = {
  args: {weights: [[0.5, 0.5], [1]], scores: undefined, tokens: ['a', 'b']},
  play: async ({canvasElement}) => {
    const harness = new AttentionMatrixHarness(canvasElement.querySelector('attention-matrix')!);
    await waitFor(() => expect(harness.messages).toContain('must be square'));
  },
};

/** Uses the default model, text and head: just before “kite” is repeated, the head attends to the first kite. */
export const DefaultModel: Story = {
  render: () =>
    html`<gpt-model pretrained="tiny-tales" backend="wasm"><attention-matrix></attention-matrix></gpt-model>`,
  play: async ({canvasElement}) => {
    const harness = new AttentionMatrixHarness(canvasElement.querySelector('attention-matrix')!);
    await waitFor(() =>
      expect(harness.readout).toMatch(/pattern is “repeated thing”: .* 9\d % of its attention/),
    );
    await harness.chooseThumbnail(0, 1);
    await expect(harness.readout).toContain('pattern is “pronoun”');
    await harness.chooseThumbnail(0, 0);
  },
};

/** Shows a model in the page before and after some training. */
export const LiveModel: Story = {
  render: () => html`
    <gpt-model
      .text=${'one two three four five six seven eight nine ten. '.repeat(20)}
      config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 24}'
      backend="wasm"
    >
      <attention-matrix text="one two three four"></attention-matrix>
    </gpt-model>
  `,
  play: async ({canvasElement}) => {
    const model = canvasElement.querySelector<GptModel>('gpt-model')!;
    const harness = new AttentionMatrixHarness(canvasElement.querySelector('attention-matrix')!);
    await model.ready;
    await waitFor(() => expect(harness.rowLabels.join('')).toBe('one·two·three·four'));
    await harness.drawn();
    const before = harness.canvas!.toDataURL();
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
    await expect(harness.canvas!.toDataURL()).not.toBe(before);
    harness.button('Save snapshot').click();
    await waitFor(() => expect(harness.readout).toContain('All weights are the same'));
    await model.live.stepOnce();
    await waitFor(() => expect(harness.readout).toContain('is on other tokens than in step 20'));
    await harness.pick('compare', '');
    harness.button('Continue writing').click();
    await waitFor(() => expect(harness.written.length).toBeGreaterThan(3));
    harness.button('Undo').click();
    await harness.type('Text', 'six');
    await waitFor(() => expect(harness.rowLabels).toEqual(['s', 'i', 'x']));
  },
};
