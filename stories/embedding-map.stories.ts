import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect, waitFor} from 'storybook/test';
import {EmbeddingMapHarness, exampleSnapshots} from '../src/elements/embedding-map/embedding-map.harness.js';
import '../src/elements/embedding-map/embedding-map.js';
import type {EmbeddingMap} from '../src/elements/embedding-map/embedding-map.js';
import '../src/elements/gpt-model/gpt-model.js';
import type {GptModel} from '../src/elements/gpt-model/gpt-model.js';

const meta: Meta<EmbeddingMap> = {
  title: 'Elements/embedding-map',
  component: 'embedding-map',
  args: {...exampleSnapshots(), dimensions: 2},
  argTypes: {dimensions: {control: 'inline-radio', options: [2, 3]}},
  render: (args) => html`<embedding-map
    .snapshots=${args.snapshots}
    .weights=${args.weights}
    .tokens=${args.tokens}
    .dimensions=${args.dimensions}
    .token=${args.token}
    .step=${args.step}
    ?without-controls=${args.withoutControls}
    ?without-neighbors=${args.withoutNeighbors}
    ?without-lead=${args.withoutLead}
    ?without-footer=${args.withoutFooter}
  ></embedding-map>`,
};
export default meta;
type Story = StoryObj<EmbeddingMap>;

async function shown(canvasElement: HTMLElement): Promise<EmbeddingMapHarness> {
  const harness = new EmbeddingMapHarness(canvasElement.querySelector('embedding-map')!);
  await harness.drawn();
  return harness;
}

/** Shows example vectors given by the page; those of one class move together. No model is loaded. */
export const GivenSnapshots: Story = {
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.classes).toContain('pronouns');
    await harness.find('she');
    await expect(
      harness.neighbors
        .slice(0, 3)
        .map(([token]) => token)
        .sort(),
    ).toEqual(['·he', '·her', '·him']);
    await harness.scrub(0);
    await expect(harness.time).toBe('step 0');
    await harness.scrub(5);
  },
};

/** Rotates by dragging, or with Shift and the arrow keys. */
export const ThreeDimensions: Story = {
  args: {dimensions: 3},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    const before = harness.canvas!.toDataURL();
    await harness.key('ArrowRight', {shiftKey: true});
    await harness.drawn();
    await expect(harness.canvas!.toDataURL()).not.toBe(before);
  },
};

/** Shows a single table, without a slider for steps. */
export const OneTable: Story = {
  args: {snapshots: undefined, weights: exampleSnapshots().snapshots[5]!.weights},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.scrubber).toBe(null);
    await harness.key('ArrowLeft');
    await expect(harness.element.token).toBeDefined();
  },
};

export const Narrow: Story = {
  decorators: [(story) => html`<div style="width: 336px">${story()}</div>`],
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.element.scrollWidth).toBeLessThanOrEqual(336);
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  args: {step: 100},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.time).toBe('step 100');
  },
};

/** Shows only the drawing; the neighbors remain available to screen readers. */
export const FigureOnly: Story = {
  args: {withoutControls: true, withoutNeighbors: true, withoutLead: true, withoutFooter: true},
  play: async ({canvasElement}) => {
    const harness = await shown(canvasElement);
    await expect(harness.neighbors.length).toBe(8);
  },
};

/** Follows a model in the page: the points move while it trains. */
export const LiveModel: Story = {
  render: () => html`
    <gpt-model
      .text=${'one two three four five six seven eight nine ten. '.repeat(20)}
      config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 16}'
      backend="wasm"
    >
      <embedding-map></embedding-map>
    </gpt-model>
  `,
  play: async ({canvasElement}) => {
    const model = canvasElement.querySelector<GptModel>('gpt-model')!;
    const harness = new EmbeddingMapHarness(canvasElement.querySelector('embedding-map')!);
    await model.ready;
    await waitFor(() => expect(harness.canvas).not.toBe(null));
    await model.train({
      steps: 20,
      batchSize: 2,
      learningRate: 1e-2,
      warmupSteps: 0,
      evalInterval: 0,
      sampleInterval: 0,
      saveInterval: 0,
    });
    await waitFor(() => expect(harness.time).toBe('step 20 (newest)'));
    await harness.scrub(0);
    await expect(harness.time).toBe('step 0');
  },
};
