import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import golden from '../../math/golden/attention.json';
import {saturation} from '../../math/saturation.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './qkv-attention.js';
import {QkvAttentionHarness} from './qkv-attention.harness.js';
import type {QkvAttention} from './qkv-attention.js';

const {x, wq, wk, wv, wo} = golden;
const TOKENS = ['a', 'b', 'c', 'd', 'e'];

async function setUp(attributes: Partial<QkvAttention> = {}) {
  const element = await fixture<QkvAttention>(html`<qkv-attention></qkv-attention>`);
  Object.assign(element, {weights: {x, wq, wk, wv, wo, heads: 2}, tokens: TOKENS}, attributes);
  await element.updateComplete;
  return {element, harness: new QkvAttentionHarness(element)};
}

const two = (value: number): string =>
  value
    .toFixed(2)
    .replace('-', '−')
    .replace(/^−0\.00$/, '0.00');
const causal = (rows: readonly (readonly number[])[]): string[][] =>
  rows.map((row, i) => row.map((value, j) => (j > i ? 'masked' : two(value))));

describe('<qkv-attention> with weights', () => {
  it('shows PyTorch’s attention weights of each head', async () => {
    const {element, harness} = await setUp({step: 5});
    for (const head of [0, 1]) {
      element.head = head;
      await element.updateComplete;
      expect(harness.numbers('softmax')).to.deep.equal(causal(golden.multi.weights[head]!));
    }
  });

  it('projects by PyTorch’s queries, keys and values', async () => {
    const {harness} = await setUp();
    expect(harness.heats).to.deep.equal(['x [T, C] = [5, 6]', 'Wq [C, D] = [6, 3]', 'q [T, D] = [5, 3]']);
    for (const [role, rows] of [
      ['query', golden.q],
      ['key', golden.k],
      ['value', golden.v],
    ] as const) {
      await harness.press(role);
      await harness.keys('projected', 'ArrowDown', 'Home', 'ArrowRight');
      const spoken = harness.spoken('projected');
      expect(spoken).to.contain(`number 2 of its ${role}: `);
      const row = TOKENS.indexOf(spoken[0]!);
      const read = Number(spoken.split(': ')[1]!.replace('−', '-'));
      expect(read).to.be.closeTo(rows[row]![1]!, 0.005 * Math.max(0.01, Math.abs(rows[row]![1]!)));
    }
    expect(harness.readout).to.contain('6 products added up');
  });

  it('follows one token through the steps, its future masked', async () => {
    const {harness} = await setUp({query: 2, head: 1});
    await harness.press('3 Softmax');
    expect(harness.numbers('weights').flat()).to.deep.equal(causal(golden.multi.weights[1]!)[2]);
    await harness.hover('weights', 1, 0);
    expect(harness.readout).to.contain('c asks, b answers').and.to.contain('divided by √3');
    await harness.press('4 Mix');
    expect(harness.heats[0]).to.contain('their sum by these shares [6, 3]');
    await harness.keys(
      'projected',
      'End',
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
    );
    expect(harness.spoken('projected')).to.match(/^sum, number 3/);
  });

  it('shows what happens without the division', async () => {
    const {harness} = await setUp({query: 4, step: 3});
    const before = harness.numbers('weights').flat();
    const products = harness.numbers('scores').map((row) => row[0]);
    await harness.check(false);
    expect(harness.numbers('scores').map((row) => row[0])).to.deep.equal(products);
    expect(harness.numbers('scores')[0]).to.have.length(1);
    const largest = (shares: string[]): number => Math.max(...shares.map(Number));
    expect(largest(harness.numbers('weights').flat())).to.be.greaterThan(largest(before));
  });

  it('shows how a wide head saturates the softmax, and how the division prevents it', async () => {
    const {harness} = await setUp({step: 6});
    const slope = (side: string): number => Number(/softmax (\d\.\d+)/.exec(side)![1]);
    await harness.slide(9); // D = 512
    expect(harness.text).to.contain('D = 512');
    const [plain, divided] = harness.sides;
    expect(slope(plain!)).to.equal(Number(saturation(512, false).slope.toFixed(3)));
    expect(slope(plain!)).to.be.lessThan(0.1);
    expect(slope(divided!)).to.be.greaterThan(0.25);
    expect(saturation(512, true).spread).to.be.closeTo(1, 0.15);
    expect(saturation(512, false).spread).to.be.closeTo(Math.sqrt(512), 0.15 * Math.sqrt(512));
  });

  it('asks before it tells', async () => {
    const {element, harness} = await setUp({exercise: true, step: 4, query: 1});
    expect(harness.text).not.to.contain('shares of the scores');
    expect(harness.button('3 Softmax').disabled).to.equal(true);
    const row = golden.multi.weights[0]![1]!;
    const answer = oneEvent(element, 'gpt-answer');
    await harness.press(row[0]! > row[1]! ? 'a' : 'b');
    expect((await answer).detail.right).to.equal(true);
    expect(harness.heats).to.have.length(1); // the step asked for
  });

  it('says what is wrong with weights', async () => {
    for (const [weights, message] of [
      [{x: x.slice(1), wq, wk, wv}, 'x must have a row of numbers for each of the 5 tokens'],
      [{x, wq: [[1]], wk, wv}, 'wq must have 6 rows of 6 numbers'],
      [{x, wq, wk, wv, heads: 4}, 'cannot be shared out among 4 heads'],
    ] as const) {
      const {harness} = await setUp({weights});
      expect(harness.text).to.contain(message);
    }
  });

  it('is accessible in every step, at 320 px too, and loads neither tfjs nor a worker', async () => {
    const {element} = await setUp();
    element.style.width = '320px';
    for (let step = 1; step <= 6; step++) {
      element.step = step;
      await element.updateComplete;
      await expect(element).to.be.accessible();
      expect(element.scrollWidth).to.be.at.most(320);
    }
    const loaded = performance.getEntriesByType('resource').map(({name}) => name);
    expect(loaded.filter((name) => /tensorflow|tfjs|\.worker/.test(name))).to.deep.equal([]);
  });
});

describe('<qkv-attention> with a model', () => {
  it('computes the model’s own numbers from its weights, layer by layer, and follows its training', async () => {
    const provider = await fixture<GptModel>(html`
      <gpt-model backend="cpu" .text=${'one two three four five. '.repeat(20)} config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 8}'>
        <qkv-attention text="two" step="3"></qkv-attention>
      </gpt-model>
    `);
    const element = provider.querySelector<QkvAttention>('qkv-attention')!;
    const harness = new QkvAttentionHarness(element);
    await harness.until(() => harness.tokens.length === 3, 'the tokens');
    await harness.choose('Layer', 1);
    await harness.choose('Head', 1);
    await harness.until(
      () => element.layer === 1 && harness.readout.includes('takes most'),
      'the other layer',
    );
    const probs = async () => {
      const {data} = (await provider.live.trace({text: 'two', want: ['h.1.attn.probs']}))['h.1.attn.probs']!;
      return [...data.slice(9 + 6, 9 + 9)].map(two); // head 2, last of three rows
    };
    const before = await probs();
    await harness.until(() => `${harness.numbers('weights').flat()}` === `${before}`, 'the model’s weights');
    const differences = [...harness.readout.matchAll(/(\d)e(-\d+)/g)].map(
      ([, digit, power]) => Number(digit) * 10 ** Number(power),
    );
    expect(differences).to.have.length(2);
    expect(Math.max(...differences)).to.be.lessThan(1e-6);
    await provider.live.train({
      steps: 10,
      batchSize: 2,
      learningRate: 0.05,
      warmupSteps: 0,
      evalInterval: 0,
      sampleInterval: 0,
      saveInterval: 0,
    });
    await harness.until(() => provider.status === 'done', 'the end of the run');
    const after = await probs();
    expect(after).not.to.deep.equal(before);
    await harness.until(() => `${harness.numbers('weights').flat()}` === `${after}`, 'the trained weights');
  });
});
