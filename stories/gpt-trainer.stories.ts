import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html, nothing} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {expect} from 'storybook/test';
import '../src/elements/gpt-model/gpt-model.js';
import {GptTrainerHarness} from '../src/elements/gpt-trainer/gpt-trainer.harness.js';
import '../src/elements/gpt-trainer/gpt-trainer.js';
import type {GptTrainer} from '../src/elements/gpt-trainer/gpt-trainer.js';
import '../src/elements/loss-chart/loss-chart.js';

/** Small enough for a run to take a second in plain JavaScript. */
const TINY = '{"emb_dim": 16, "n_heads": 2, "n_layers": 1, "context_length": 16}';
const QUICK = {steps: 20, batchSize: 4, evalInterval: 5, sampleInterval: 5, sampleTokens: 40, warmupSteps: 2};

type Args = GptTrainer & {config?: string; backend?: string; modelSeed?: number; chart?: boolean};

const meta: Meta<Args> = {
  title: 'Elements/gpt-trainer',
  component: 'gpt-trainer',
  args: {compact: false},
  argTypes: {learningRate: {control: {type: 'number', min: 0, step: 0.001}}},
  render: (args) => html`<gpt-model
    backend=${args.backend ?? 'auto'}
    seed=${ifDefined(args.modelSeed)}
    config=${ifDefined(args.config)}
  >
    <gpt-trainer
      ?compact=${args.compact}
      ?bar=${args.bar}
      ?on-demand=${args.onDemand}
      ?without-settings=${args.withoutSettings}
      ?without-corpus=${args.withoutCorpus}
      ?without-sample=${args.withoutSample}
      ?without-figures=${args.withoutFigures}
      ?without-backend=${args.withoutBackend}
      ?without-step=${args.withoutStep}
      ?without-reset=${args.withoutReset}
      ?without-lead=${args.withoutLead}
      ?without-footer=${args.withoutFooter}
      steps=${ifDefined(args.steps)}
      batch-size=${ifDefined(args.batchSize)}
      learning-rate=${ifDefined(args.learningRate)}
      warmup-steps=${ifDefined(args.warmupSteps)}
      weight-decay=${ifDefined(args.weightDecay)}
      clip-norm=${ifDefined(args.clipNorm)}
      drop-rate=${ifDefined(args.dropRate)}
      eval-interval=${ifDefined(args.evalInterval)}
      sample-interval=${ifDefined(args.sampleInterval)}
      sample-prompt=${ifDefined(args.samplePrompt)}
      sample-tokens=${ifDefined(args.sampleTokens)}
      >${args.chart ? html`<loss-chart slot="chart" without-lead without-footer></loss-chart>` : nothing}</gpt-trainer
    >
  </gpt-model>`,
};
export default meta;
type Story = StoryObj<Args>;

const harnessIn = (canvasElement: HTMLElement) =>
  new GptTrainerHarness(canvasElement.querySelector('gpt-trainer')!);

/** Shows a model that is ready and untrained. */
export const Full: Story = {
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.until(() => harness.has('details:nth-of-type(4)'), 'the model', 28_000);
    await expect(harness.fact('Model')).toContain('nano');
  },
};

/** Trains a very small model to the end, with a chart in the slot. */
export const ATinyRun: Story = {
  args: {...QUICK, config: TINY, backend: 'cpu', modelSeed: 21, chart: true},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.until(
      () => /^(Train|Continue)$/.test(harness.label) && harness.state === 'Ready.',
      'the model',
    );
    await (harness.label === 'Train' ? harness.go() : harness.click('button.afresh'));
    await harness.until(() => harness.state.startsWith('Done'), 'the end');
    await expect(harness.count).toBe('step 20 of 20');
    await harness.enter('.scrubber input', '0');
    await expect(harness.sample.moment).toBe('After 1 step it writes');
    await harness.click('button.link');
  },
};

/** Says of every setting when a change takes effect. */
export const Settings: Story = {
  args: {...QUICK, config: TINY, backend: 'cpu', modelSeed: 22},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.until(() => harness.state === 'Ready.', 'the model');
    await harness.open('Settings');
    await harness.enter('#learningRate', '-2');
    await expect(harness.said).toBe('Learning rate 0.01 applies when training starts.');
    await harness.enter('#steps', '0');
    await expect(harness.said).toContain('it stays as it was');
  },
};

/** Accepts the reader's own text, and explains why one is too short. */
export const OwnText: Story = {
  args: {...QUICK, config: TINY, backend: 'cpu', modelSeed: 23},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.until(() => harness.state === 'Ready.', 'the model');
    await harness.open('Text');
    await harness.click('input[value="paste"]');
    await harness.enter('textarea', 'short');
    harness.field<HTMLButtonElement>('.apply button').click();
    await harness.until(() => harness.error.includes('too short'), 'the sentence');
  },
};

export const Compact: Story = {
  args: {...QUICK, config: TINY, backend: 'cpu', modelSeed: 24, compact: true},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.until(() => harness.state === 'Ready.', 'the model');
    await expect(harness.has('details')).toBe(false);
  },
};

/** Downloads nothing before the first press, for the top of a page. */
export const OnDemand: Story = {
  args: {
    ...QUICK,
    config: TINY,
    backend: 'cpu',
    modelSeed: 25,
    compact: true,
    onDemand: true,
    withoutStep: true,
  },
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.until(() => !harness.primary.matches('[aria-disabled="true"]'), 'the button');
    await expect(canvasElement.querySelector('gpt-model')!.status).toBe('closed');
  },
};

export const Narrow: Story = {
  args: {...QUICK, config: TINY, backend: 'cpu', modelSeed: 26},
  decorators: [(story) => html`<div style="width: 320px">${story()}</div>`],
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.until(() => harness.state === 'Ready.', 'the model');
    for (const name of ['Text', 'Model', 'Settings', 'Runs on']) {
      await harness.open(name);
      await expect(harness.element.scrollWidth).toBeLessThanOrEqual(320);
    }
  },
};

export const Dark: Story = {
  globals: {scheme: 'dark'},
  args: {...QUICK, config: TINY, backend: 'cpu', modelSeed: 27},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.until(() => harness.state === 'Ready.', 'the model');
    await harness.click('button.step');
    await harness.until(() => harness.count.startsWith('step 1 '), 'the step');
  },
};

/** Stays at the bottom of the screen as a single line while the page scrolls. */
export const Bar: Story = {
  args: {bar: true, config: TINY, backend: 'cpu', modelSeed: 77, ...QUICK},
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    if (!harness.has('.primary')) harness.field('.toggle').click();
    await harness.until(() => harness.label === 'Train', 'the model to open');
    await harness.go();
    await harness.until(() => harness.state.startsWith('Done'), 'the end');
    await expect(harness.has('.sparkline polyline')).toBe(true);
    await expect(harness.words('.newest')).toContain('It writes');
  },
};
