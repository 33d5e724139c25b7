import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {expect} from 'storybook/test';
import type {CorpusSpec} from '../src/data/corpus.js';
import {BatchInspectorHarness} from '../src/elements/batch-inspector/batch-inspector.harness.js';
import '../src/elements/batch-inspector/batch-inspector.js';
import type {BatchInspector} from '../src/elements/batch-inspector/batch-inspector.js';
import '../src/elements/gpt-model/gpt-model.js';
import type {GptModel} from '../src/elements/gpt-model/gpt-model.js';

const TINY = '{"emb_dim": 16, "n_heads": 2, "n_layers": 1, "context_length": 24}';

interface Args extends BatchInspector {
  /** What the model learns from. */
  corpus: CorpusSpec;
}

const meta: Meta<Args> = {
  title: 'Elements/batch-inspector',
  component: 'batch-inspector',
  args: {corpus: {kind: 'tiny-tales'}, rows: 'windows', batchSize: 8, answersOnly: false, withIds: false},
  render: (args) => html`<gpt-model backend="cpu" config=${TINY} .corpus=${args.corpus}>
    <batch-inspector
      rows=${args.rows}
      step=${ifDefined(args.step)}
      batch-size=${ifDefined(args.batchSize)}
      seed=${ifDefined(args.seed)}
      .batch=${args.batch}
      ?answers-only=${args.answersOnly}
      ?with-ids=${args.withIds}
      ?without-controls=${args.withoutControls}
      ?without-text=${args.withoutText}
      ?without-lead=${args.withoutLead}
      ?without-footer=${args.withoutFooter}
    ></batch-inspector>
  </gpt-model>`,
};
export default meta;
type Story = StoryObj<Args>;

async function ready(canvasElement: HTMLElement): Promise<BatchInspectorHarness> {
  const harness = new BatchInspectorHarness(canvasElement.querySelector('batch-inspector')!);
  await harness.drawn();
  return harness;
}

/** Shows the batch of the first step, exactly as the trainer draws it. */
export const FirstStep: Story = {
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.tensor('inputs')).toHaveLength(8);
    harness.cell('inputs', 2, 3).click();
    await harness.until(() => harness.readout.startsWith('Row 2, position 3'), 'the read-out');
    await expect(harness.excerpt.title).toContain('Row 2');
  },
};

/** Follows the training: after three steps it shows the third batch. */
export const FollowsTraining: Story = {
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    const model = canvasElement.querySelector<GptModel>('gpt-model')!;
    await model.ready;
    for (let i = 0; i < 3; i++) await model.step();
    await harness.until(() => harness.field('#step').value === '3', 'the third step');
  },
};

/** Shows one line per row, padded to the longest; padding is hatched and has no target. */
export const PaddedLines: Story = {
  args: {rows: 'lines', corpus: {kind: 'toy', task: 'sort', examples: 500}},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.hatched('targets').join('')).toContain('1');
    await expect(harness.totals).toContain('are padding');
  },
};

/** Masks the questions: their targets are −100, so only the answers are learned. */
export const AnswersOnly: Story = {
  args: {rows: 'lines', answersOnly: true, corpus: {kind: 'toy', task: 'add', examples: 500}},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.totals).toContain('given and not learned');
    await expect(harness.tensor('targets')[0]![0]).toBe('−100');
  },
};

export const Ids: Story = {
  args: {withIds: true},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.tensor('inputs')[0]![0]).toMatch(/^\d+$/);
  },
};

/** Shows a batch given by the page. No model is loaded. */
export const GivenBatch: Story = {
  args: {
    batch: {
      tokens: {ids: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 9, 9, 9, 7, 8, 9, 9, 9), batchSize: 3, length: 5},
      labels: Int32Array.of(1, 2, 3, 4, 9, 6, 9, -100, -100, -100, 8, 9, -100, -100, -100),
      lengths: Int32Array.of(5, 2, 2),
    },
  },
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.hatched('inputs')).toEqual(['00000', '00111', '00111']);
  },
};

export const Narrow: Story = {
  decorators: [(story) => html`<div style="width: 320px">${story()}</div>`],
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    await expect(harness.element.scrollWidth).toBeLessThanOrEqual(320);
    await expect(harness.pages).toContain('of 24');
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  args: {rows: 'lines', corpus: {kind: 'toy', task: 'reverse', examples: 500}},
  play: async ({canvasElement}) => {
    const harness = await ready(canvasElement);
    harness.cell('targets', 1, 2).click();
  },
};
