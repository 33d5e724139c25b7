import {expect, fixture, html} from '@open-wc/testing';
import golden from '../../math/golden/attention.json';
import {allModels, DEFAULT_SPEC} from '../../state/index.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './causal-mask.js';
import {CausalMaskHarness} from './causal-mask.harness.js';
import type {CausalMask} from './causal-mask.js';
import {LeakExperiment} from './leak.js';
import {RECORDED} from './leak-recorded.js';

const {x, wq, wk, wv} = golden;

async function setUp(attributes: Partial<CausalMask> = {}) {
  const element = await fixture<CausalMask>(html`<causal-mask></causal-mask>`);
  Object.assign(element, {weights: {x, wq, wk, wv}, tokens: ['a', 'b', 'c', 'd', 'e'], ...attributes});
  await element.updateComplete;
  return {element, harness: new CausalMaskHarness(element)};
}

const two = (value: number): string =>
  value
    .toFixed(2)
    .replace('-', '−')
    .replace(/^−0\.00$/, '0.00');
const all = (rows: readonly (readonly number[])[]): string[][] => rows.map((row) => row.map(two));
const causal = (rows: readonly (readonly number[])[]): string[][] =>
  rows.map((row, i) => row.map((value, j) => (j > i ? 'masked' : two(value))));

describe('<causal-mask>', () => {
  it('masks before the softmax as PyTorch does', async () => {
    const {harness} = await setUp();
    expect(harness.numbers('1. scores')).to.deep.equal(all(golden.scaled.scores));
    expect(harness.numbers('2. the future')).to.deep.equal(causal(golden.scaled.scores));
    expect(harness.numbers('3. softmax')).to.deep.equal(causal(golden.causal.weights));
  });

  it('frames in each row the token that it has to predict, as long as that is not masked', async () => {
    const {harness} = await setUp();
    const framed = (caption: string) =>
      [...harness.table(caption).querySelectorAll<HTMLElement>('.framed')].map(({dataset}) => dataset.cell);
    expect(framed('1. scores')).to.deep.equal(['0 1', '1 2', '2 3', '3 4']);
    expect(framed('2. the future')).to.deep.equal([]);
    await harness.press('Mask the weights');
    expect(framed('1. softmax')).to.deep.equal(['0 1', '1 2', '2 3', '3 4']);
  });

  it('says above its tables what the colors are that these tables have', async () => {
    const {harness} = await setUp();
    expect(harness.words('.key')).to.equal('score: above 0 below 0 share of attention masked');
    await harness.press('Mask the weights');
    expect(harness.words('.key')).to.equal('share of attention masked');
  });

  it('and after it, with the same result', async () => {
    const {harness} = await setUp();
    await harness.press('Mask the weights');
    expect(harness.numbers('1. softmax')).to.deep.equal(all(golden.scaled.weights));
    expect(harness.numbers('2. the future')).to.deep.equal(causal(golden.scaled.weights));
    expect(harness.numbers('3. each row')).to.deep.equal(causal(golden.causal.weights));
    expect(harness.readouts[0]).to.match(/differs by at most (0|(\d × )?10⁻¹[⁰¹²³⁴⁵⁶⁷⁸⁹])\./);
  });

  it('says how each share came about, by keyboard', async () => {
    const {harness} = await setUp();
    await harness.keys('1. scores', 'ArrowDown', 'ArrowDown', 'ArrowRight');
    expect(harness.readouts[0])
      .to.contain('b takes')
      .and.to.contain('in which the future counts for nothing');
    await harness.keys('1. scores', 'ArrowRight');
    expect(harness.readouts[0]).to.equal('c comes after b: e to the power of −∞ is exactly 0.');
    await harness.press('Mask the weights');
    await harness.keys('1. softmax', 'ArrowLeft', 'ArrowLeft');
    expect(harness.readouts[0]).to.contain('what was left of the row').and.to.contain('is made 1 again');
  });

  it('is accessible, at 320 px too; data alone load neither tfjs nor a worker', async () => {
    const {element} = await setUp();
    element.style.width = '320px';
    for (const way of ['before', 'after'] as const) {
      element.way = way;
      await element.updateComplete;
      await expect(element).to.be.accessible();
      expect(element.scrollWidth).to.be.at.most(320);
    }
    const loaded = performance.getEntriesByType('resource').map(({name}) => name);
    expect(loaded.filter((name) => /tensorflow|tfjs|\.worker/.test(name))).to.deep.equal([]);
  });

  it('leaves the experiment out on request', async () => {
    const {harness} = await setUp({withoutExperiment: true});
    expect(harness.hasButton('Train both')).to.equal(false);
  });

  it('trains a GPT with the mask and one without, lets both write, and frees them', async () => {
    const provider = await fixture<GptModel>(html`
      <gpt-model backend="cpu" .text=${'One day a cat sat. One day a dog ran. '.repeat(20)} config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 8}'>
        <causal-mask text="One" steps="4"></causal-mask>
      </gpt-model>
    `);
    const element = provider.querySelector<CausalMask>('causal-mask')!;
    const harness = new CausalMaskHarness(element);
    await harness.until(() => harness.captions.length === 3, 'the scores');
    expect(harness.curves).to.contain('unmasked 0.382 after 200 steps');
    expect(harness.readouts[1]).to.contain('From step 59 on, the unmasked model copies the next character');
    expect(harness.has('.written[open]'), 'the texts of the recorded run').to.equal(false);
    const before = allModels().length;
    await harness.press('Train both');
    expect(harness.hasButton('Stop')).to.equal(true);
    await harness.until(() => harness.hasButton('Train both again'), 'both models');
    expect(harness.curves).to.match(/masked [\d.]+ after 4 steps; unmasked [\d.]+ after 4 steps/);
    expect(harness.has('.written[open]'), 'the texts of the reader’s run').to.equal(true);
    for (const sample of harness.samples) expect(sample).to.have.lengthOf(80);
    expect(harness.readouts[1]).to.contain('too few steps for the leak to be found');
    await harness.until(() => allModels().length === before, 'both models to go');
    await harness.press('Train both again');
    await harness.until(() => allModels().length > before, 'the first model');
    await harness.press('Stop');
    expect(harness.hasButton('Train both')).to.equal(true);
    await harness.until(() => allModels().length === before, 'the model to go');
    await harness.press('Train both');
    await harness.until(() => allModels().length > before, 'another model');
    element.remove();
    await harness.until(() => allModels().length === before, 'it to go with its element');
  });

  it('takes the steps of both models in turns, so that their curves grow together', async () => {
    const text = 'One day a cat sat. One day a dog ran. '.repeat(20);
    const others: number[] = [];
    const experiment = new LeakExperiment(() => {
      const [a, b] = experiment.sides;
      if ((a.text === undefined) !== (b.text === undefined))
        others.push((a.text === undefined ? a : b).steps.length);
    });
    await experiment.run({kind: 'text', text}, 'One', 10);
    expect(experiment.done).to.equal(true);
    expect(others[0]).to.be.at.least(8);
  });

  it('shows a recorded run that a new run repeats', async () => {
    const experiment = new LeakExperiment(() => {
      if (experiment.sides.every(({steps}) => steps.length >= 3)) experiment.stop();
    });
    await experiment.run(DEFAULT_SPEC.corpus, 'One ');
    for (const [i, {steps}] of RECORDED.entries())
      for (const n of [0, 1, 2])
        expect(experiment.sides[i as 0 | 1].steps[n]!.loss).to.be.closeTo(steps[n]!.loss, 0.006);
  });
});
