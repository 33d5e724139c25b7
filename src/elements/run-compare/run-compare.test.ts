import {expect, fixture, html} from '@open-wc/testing';
import {allModels} from '../../state/index.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import {letters} from './letters.js';
import {RECORDED} from './recorded.js';
import './run-compare.js';
import {RunCompareHarness} from './run-compare.harness.js';
import type {RunCompare} from './run-compare.js';
import {caughtUpAt, startsInWords} from './starts-view.js';
import {TwoStarts} from './two-starts.js';

const TEXT = 'One day a cat sat. One day a dog ran. '.repeat(20);

/** A base of some thousand parameters that has learned a little, and the element. */
async function setUp() {
  const provider = await fixture<GptModel>(html`
    <gpt-model backend="cpu" .text=${TEXT} config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 8}'>
      <run-compare .text=${TEXT} steps="20" prompt="One"></run-compare>
    </gpt-model>
  `);
  const element = provider.querySelector<RunCompare>('run-compare')!;
  return {provider, element, harness: new RunCompareHarness(element)};
}

/** Returns a function that counts the models of the page that were made since. */
function newModels(): () => number {
  const known = new Set(allModels());
  return () => allModels().filter((model) => !known.has(model)).length;
}

describe('<run-compare>', () => {
  it('shows a recorded run in which learned weights are ahead from the first evaluation on', async () => {
    const {harness} = await setUp();
    await harness.drawn();
    const [random, learned] = RECORDED;
    expect(harness.words('.readout')).to.contain('After 80 steps it is 2.01 and 0.627.');
    expect(caughtUpAt(RECORDED)).to.equal(20);
    for (const [i, {validation}] of learned.evals.entries())
      expect(validation!.loss).to.be.below(random.evals[i]!.validation!.loss);
    expect(harness.samples[1]).to.match(/^Dear Mia, Tom found a nice green drum by the gate\./);
    expect(harness.words('.controls')).to.contain('A recorded run');
  });

  it('starts one model from random weights and one from those of its base, and frees both', async () => {
    const {provider, harness} = await setUp();
    while (provider.live.step < 30) await provider.live.stepOnce();
    const weights = await provider.live.weights();
    const made = newModels();
    await harness.press('Train both');
    expect(harness.hasButton('Stop')).to.equal(true);
    await harness.until(() => harness.hasButton('Train both again'), 'both models');
    expect(harness.curves).to.match(/After 20 steps it is [\d.]+ and [\d.]+\./);
    const [random, learned] = /Before .* cost ([\d.]+) nats .* and ([\d.]+) from learned/
      .exec(harness.curves)!
      .slice(1)
      .map(Number);
    expect(random).to.be.closeTo(Math.log(provider.live.config!.vocabSize), 0.1);
    expect(learned).to.be.below(random! - 0.2);
    for (const sample of harness.samples) expect(sample).to.have.lengthOf('One'.length + 36);
    await harness.until(() => made() === 0, 'both models to go');
    for (const [name, {data}] of await provider.live.weights())
      expect(data, name).to.deep.equal(weights.get(name)!.data);
  });

  it('ends its models when it is stopped, or leaves the page', async () => {
    const {element, harness} = await setUp();
    element.steps = 100_000;
    const made = newModels();
    await harness.press('Train both');
    await harness.until(() => made() > 0, 'the first model');
    await harness.until(() => /step [1-9]/.test(harness.words('.controls')), 'the first step');
    await harness.press('Stop');
    await harness.until(() => made() === 0, 'the models to go');
    expect(harness.words('.controls')).to.match(/Stopped at step \d+ of 100,000, before they wrote\.$/);
    await harness.press('Train both again');
    await harness.until(() => made() > 0, 'another model');
    element.remove();
    await harness.until(() => made() === 0, 'them to go with their element');
  });

  it('says why it cannot train on a text that the tokenizer of its base cannot write', async () => {
    const {element, harness} = await setUp();
    element.text = 'Ω = β! '.repeat(40);
    await harness.press('Train both');
    await harness.until(() => harness.has('[role=alert]'), 'the reason');
    expect(harness.words('[role=alert]')).to.match(
      /^“Ω”, .* do not occur in the text this tokenizer was made from/,
    );
    expect(harness.hasButton('Train both')).to.equal(true);
  });

  it('says nothing of the end while there is only the beginning', () => {
    const [random, learned] = RECORDED.map(({evals}) => ({steps: [], evals: evals.slice(0, 1)})) as [
      never,
      never,
    ];
    expect(startsInWords([random, learned])).to.match(/^Before the first step, .* ones\.$/);
    expect(startsInWords([{steps: [], evals: []}, learned])).to.equal('');
  });

  it('says when the learned weights caught up only once they have learned a step', () => {
    const evals = (...losses: number[]) => losses.map((loss, i) => ({step: 10 * i, validation: {loss}}));
    const random = {steps: [], evals: evals(6.4, 5.3, 2.4)};
    const learned = {steps: [], evals: evals(4.8, 2.3, 1.4)};
    const upTo = (count: number) =>
      [random, learned].map(({evals}) => ({steps: [], evals: evals.slice(0, count)})) as never;
    expect(startsInWords(upTo(2))).to.match(/After 10 steps it is 5\.30 and 2\.30\.$/);
    expect(startsInWords(upTo(3))).to.contain('as good as that by step 10 ');
  });
});

describe('the recorded run of <run-compare>', () => {
  it('begins as a new run of the shipped model begins', async () => {
    const provider = await fixture<GptModel>(
      html`<gpt-model pretrained="tiny-tales" backend="wasm"></gpt-model>`,
    );
    const experiment = new TwoStarts(() => {
      if (experiment.sides.every(({steps}) => steps.length >= 2)) experiment.stop();
    });
    await experiment.run(provider.live, letters(80), 'Dear Mia,', 80);
    for (const [i, {steps, evals}] of RECORDED.entries()) {
      const side = experiment.sides[i as 0 | 1];
      expect(side.evals[0]!.validation!.loss).to.be.closeTo(evals[0]!.validation!.loss, 0.001);
      for (const n of [0, 1]) expect(side.steps[n]!.loss).to.be.closeTo(steps[n]!.loss, 0.006);
    }
  });
});
