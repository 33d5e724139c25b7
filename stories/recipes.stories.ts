import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {expect} from 'storybook/test';
import {BatchInspectorHarness} from '../src/elements/batch-inspector/batch-inspector.harness.js';
import '../src/elements/batch-inspector/batch-inspector.js';
import {BpeTokenizerHarness} from '../src/elements/bpe-tokenizer/bpe-tokenizer.harness.js';
import '../src/elements/bpe-tokenizer/bpe-tokenizer.js';
import {CorpusPickerHarness} from '../src/elements/corpus-picker/corpus-picker.harness.js';
import '../src/elements/corpus-picker/corpus-picker.js';
import '../src/elements/gpt-model/gpt-model.js';
import type {GptModel} from '../src/elements/gpt-model/gpt-model.js';
import {GptTrainerHarness} from '../src/elements/gpt-trainer/gpt-trainer.harness.js';
import '../src/elements/gpt-trainer/gpt-trainer.js';
import '../src/elements/loss-chart/loss-chart.js';
import {SlidingWindowHarness} from '../src/elements/sliding-window/sliding-window.harness.js';
import '../src/elements/sliding-window/sliding-window.js';
import {TokenEmbeddingHarness} from '../src/elements/token-embedding/token-embedding.harness.js';
import '../src/elements/token-embedding/token-embedding.js';

/** Pages made of several elements that share one model. */
const meta: Meta = {title: 'Recipes'};
export default meta;

/** Small enough for a step to be quick in plain JavaScript. */
const TINY = '{"emb_dim": 16, "n_heads": 2, "n_layers": 1, "context_length": 16}';

/**
 * From text to training: one `<gpt-model>` with its text, tokens, windows, batch, embeddings and trainer. Choose another text
 * at the top, and everything below it changes; take a step at the bottom, and the batch and the vectors above follow.
 *
 *     <gpt-model>
 *       <corpus-picker></corpus-picker>
 *       <bpe-tokenizer encoding="model"></bpe-tokenizer>
 *       <sliding-window></sliding-window>
 *       <batch-inspector></batch-inspector>
 *       <token-embedding></token-embedding>
 *       <gpt-trainer><loss-chart slot="chart"></loss-chart></gpt-trainer>
 *     </gpt-model>
 */
export const FromTextToTraining: StoryObj = {
  render: () => html`<gpt-model backend="cpu" seed="41" config=${TINY}>
    <corpus-picker without-counts></corpus-picker>
    <bpe-tokenizer encoding="model" text="47+58=105" without-merges style="margin-top: 3em"></bpe-tokenizer>
    <sliding-window style="margin-top: 3em"></sliding-window>
    <batch-inspector batch-size="4" style="margin-top: 3em"></batch-inspector>
    <token-embedding text="47+58=" without-one-hot style="margin-top: 3em"></token-embedding>
    <gpt-trainer steps="200" batch-size="4" eval-interval="50" sample-interval="50" style="margin-top: 3em">
      <loss-chart slot="chart" without-lead without-footer></loss-chart>
    </gpt-trainer>
  </gpt-model>`,
  play: async ({canvasElement, step}) => {
    const one = <K extends keyof HTMLElementTagNameMap>(tag: K) => canvasElement.querySelector(tag)!;
    /** Elements rest while nobody sees them. */
    const see = (tag: keyof HTMLElementTagNameMap) => one(tag).scrollIntoView();
    const model: GptModel = one('gpt-model');
    const picker = new CorpusPickerHarness(one('corpus-picker'));
    const windows = new SlidingWindowHarness(one('sliding-window'));
    const batch = new BatchInspectorHarness(one('batch-inspector'));
    const trainer = new GptTrainerHarness(one('gpt-trainer'));

    await step('the reader chooses sums', async () => {
      await picker.looked('tiny-tales');
      await picker.choose('add');
      await picker.looked('toy task: add');
      await picker.click('button.take');
      await expect((await model.ready).corpus.name).toBe('toy task: add');
    });

    await step('the tokens are the model’s', async () => {
      see('bpe-tokenizer');
      const tokens = new BpeTokenizerHarness(one('bpe-tokenizer'));
      await picker.until(() => tokens.ids.length === 9, 'nine characters');
      await expect(tokens.ids).toEqual(model.encode('47+58=105'));
    });

    await step('the windows slide over the sums, and the batch is cut from them', async () => {
      see('sliding-window');
      await windows.until(
        () => windows.tasks.length > 0 && windows.totals.includes('windows over'),
        'the windows',
      );
      const {trainTokens} = model.live.facts!.corpus;
      await windows.until(
        () => windows.totals.includes(`${trainTokens.toLocaleString('en')} tokens`),
        'the sums',
      );
      await windows.click('button.model');
      await expect(windows.count).toContain(
        `of ${model.live.facts!.corpus.trainWindows.toLocaleString('en')}`,
      );
      see('batch-inspector');
      await batch.until(() => batch.totals.includes('4 rows of 16 tokens'), 'the batch');
      await expect(batch.tensor('inputs').flat().join('')).toMatch(/^[\d+=↵]+$/);
    });

    await step('a step moves the vectors and shows its batch', async () => {
      see('token-embedding');
      const embedding = new TokenEmbeddingHarness(one('token-embedding'));
      await embedding.drawn();
      await expect(embedding.chipTexts.join('')).toBe('47+58=');
      const before = (await model.weights(['wte.weight'])).get('wte.weight')!.data.slice();
      see('gpt-trainer');
      await trainer.click('button.step');
      await trainer.until(() => model.live.step === 1, 'the step');
      await trainer.click('button.step');
      await trainer.until(() => model.live.step === 2, 'the second step');
      see('batch-inspector');
      await batch.until(() => batch.field('#step').value === '2', 'its batch');
      await expect((await model.weights(['wte.weight'])).get('wte.weight')!.data).not.toEqual(before);
    });
  },
};
