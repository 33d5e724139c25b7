import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {expect, waitFor} from 'storybook/test';
import '../src/elements/attention-matrix/attention-matrix.js';
import {GptModelHarness} from '../src/elements/gpt-model/gpt-model.harness.js';
import '../src/elements/gpt-model/gpt-model.js';
import type {GptModel} from '../src/elements/gpt-model/gpt-model.js';
import '../src/elements/gpt-trainer/gpt-trainer.js';
import '../src/elements/text-generator/text-generator.js';

const meta: Meta<GptModel> = {
  title: 'Elements/gpt-model',
  component: 'gpt-model',
  args: {
    preset: 'nano',
    configChoice: '',
    corpus: 'tiny-tales',
    tokenizerChoice: 'char',
    backendChoice: 'auto',
  },
  argTypes: {
    preset: {control: 'select', options: ['nano', 'micro', 'mini', 'small', 'gpt2-124M']},
    tokenizerChoice: {control: 'select', options: ['char', 'gpt2', 'cl100k_base', 'o200k_base']},
    backendChoice: {control: 'select', options: ['auto', 'webgpu', 'wasm', 'webgl', 'cpu']},
  },
  render: (args) => html`<gpt-model
    preset=${args.preset}
    .configChoice=${args.configChoice}
    .corpus=${args.corpus}
    tokenizer=${ifDefined(args.tokenizerChoice)}
    backend=${args.backendChoice}
    seed=${ifDefined(args.seed)}
    train-share=${ifDefined(args.trainShare)}
    stride=${ifDefined(args.stride)}
  >
    <gpt-trainer compact without-lead></gpt-trainer>
    <text-generator prompt="One day " without-controls without-lead></text-generator>
  </gpt-model>`,
};
export default meta;
type Story = StoryObj<GptModel>;

const harnessIn = (canvasElement: HTMLElement) =>
  new GptModelHarness(canvasElement.querySelector('gpt-model')!);

/** Shares one model among the elements inside: the generator uses the weights that the trainer trains. */
export const OneModelTwoWindows: Story = {
  args: {
    configChoice: '{"emb_dim": 16, "n_heads": 2, "n_layers": 1, "context_length": 16}',
    backendChoice: 'cpu',
  },
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    await harness.element.ready;
    await expect(harness.element.config!.embDim).toBe(16);
    await harness.element.train({steps: 3, batchSize: 2, evalBatches: 1, sampleTokens: 4, saveInterval: 0});
    await harness.until(() => harness.element.status === 'done', 'the end');
    await expect(harness.told.filter((type) => type === 'gpt-step')).toHaveLength(3);
    await expect(await harness.write('One ', 4)).toHaveLength(4);
  },
};

/** Uses the pretrained model that ships with the library. */
export const ComesTrained: Story = {
  render: () => html`<gpt-model pretrained="tiny-tales" backend="wasm">
    <attention-matrix text="Mia saw a big red kite. She hid the kite."></attention-matrix>
    <text-generator prompt="Mia saw a big red kite. She hid the" without-controls></text-generator>
  </gpt-model>`,
  play: async ({canvasElement}) => {
    const {element} = harnessIn(canvasElement);
    await expect((await element.ready).pretrained).toBe('tiny-tales');
    await expect(element.live.step).toBe(0);
    let text = '';
    for await (const token of element.generate({
      prompt: 'Mia saw a big red kite. She hid the',
      maxNewTokens: 1,
      temperature: 0,
    }))
      text += token.text;
    await expect(text).toBe(' kite');
  },
};

/** Takes the training text from the page. */
export const TextInThePage: Story = {
  render: () => html`<gpt-model
    backend="cpu"
    config='{"emb_dim": 16, "n_heads": 2, "n_layers": 1, "context_length": 16}'
  >
    <script type="text/plain">
      ${'Mia has a kite. Max has a ball. Mia likes the ball. Max likes the kite.\n'.repeat(10)}
    </script>
    <text-generator prompt="Mia has a " without-controls></text-generator>
  </gpt-model>`,
  play: async ({canvasElement}) => {
    const harness = harnessIn(canvasElement);
    const facts = await harness.element.ready;
    await expect(facts.corpus.excerpt).toContain('Mia has a kite');
  },
};

/** Shows the error of an invalid attribute in every element that uses the model. */
export const ImpossibleConfiguration: Story = {
  args: {configChoice: '{"emb_dim": 50, "n_heads": 4}'},
  play: async ({canvasElement}) => {
    const trainer = canvasElement.querySelector('gpt-trainer')!;
    await waitFor(() =>
      expect(trainer.renderRoot.querySelector('[role="alert"]')!.textContent).toContain('divisible'),
    );
  },
};
