import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import golden from '../../math/golden/attention.json';
import {saturation} from '../../math/saturation.js';
import {percent} from '../../ui/base/format.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './qkv-attention.js';
import {QkvAttentionHarness} from './qkv-attention.harness.js';
import type {QkvAttention} from './qkv-attention.js';

const {x, wq, wk, wv, wo} = golden;
const TOKENS = ['a', 'b', 'c', 'd', 'e'];

async function setUp(attributes: Partial<QkvAttention> = {}) {
  const element = await fixture<QkvAttention>(html`<qkv-attention style="width: 1000px"></qkv-attention>`);
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
    const {element, harness} = await setUp({step: 6});
    for (const head of [0, 1]) {
      element.head = head;
      await element.updateComplete;
      expect(harness.numbers('weights')).to.deep.equal(causal(golden.multi.weights[head]!));
    }
  });

  it('opens on how well each key matches the query, and what weight follows from it', async () => {
    const {element, harness} = await setUp({query: 2.6, head: 1});
    const weights = golden.multi.weights[1]![3]!;
    const project = (matrix: readonly (readonly number[])[], token: number): number[] =>
      [3, 4, 5].map((d) => x[token]!.reduce((sum, value, c) => sum + value * matrix[c]![d]!, 0));
    const scores = TOKENS.map(
      (_, key) =>
        project(wk, key).reduce((sum, value, d) => sum + value * project(wq, 3)[d]!, 0) / Math.sqrt(3),
    );
    const row = (key: number): string =>
      `${TOKENS[key]}: match ${two(scores[key]!)}, weight ${percent(weights[key]!)}`;
    expect(await harness.alongGlance('Home')).to.equal(row(0));
    expect(await harness.alongGlance('ArrowRight')).to.equal(row(1));
    expect(harness.readout)
      .to.contain('d asks, b answers')
      .and.to.contain(`weight ${percent(weights[1]!)}`);
    expect(await harness.alongGlance('End')).to.equal('e: comes later, masked');
    element.exercise = true;
    await element.updateComplete;
    expect(await harness.alongGlance('Home')).to.equal(`a: match ${two(scores[0]!)}`);
    expect(harness.readout).not.to.contain('weight');
  });

  it('projects by PyTorch’s queries, keys and values', async () => {
    const {harness} = await setUp({step: 2});
    expect(harness.blocks).to.deep.equal([
      'x [T, C] = [5, 6]',
      'Wq [C, D] = [6, 3]',
      'queries q [T, D] = [5, 3]',
      'Wk [C, D] = [6, 3]',
      'keys k [T, D] = [5, 3]',
      'Wv [C, D] = [6, 3]',
      'values v [T, D] = [5, 3]',
    ]);
    for (const [block, role, rows] of [
      ['q', 'query', golden.q],
      ['k', 'key', golden.k],
      ['v', 'value', golden.v],
    ] as const) {
      await harness.press(role);
      await harness.keys(block, 'Escape', 'ArrowDown', 'Home', 'ArrowRight');
      const spoken = harness.spoken(block);
      expect(spoken).to.contain(`: ${role}, number 2: `);
      const row = TOKENS.indexOf(spoken[0]!);
      const read = Number(spoken.split(': ')[2]!.replace('−', '-'));
      expect(read).to.be.closeTo(rows[row]![1]!, 0.005 * Math.max(0.01, Math.abs(rows[row]![1]!)));
      const terms = x[row]!.map((value, c) => value * {q: wq, k: wk, v: wv}[block][c]![1]!);
      const sum = terms.reduce((a, b) => a + b, 0);
      expect(harness.arithmetic)
        .to.contain(`${TOKENS[row]}: ${role}, number 2`)
        .and.to.contain(`= ${two(sum)}`);
    }
  });

  it('follows one token through the steps, its future masked', async () => {
    const {harness} = await setUp({query: 2, head: 1});
    await harness.press('4 Softmax');
    expect(harness.numbers('weights').flat()).to.deep.equal(causal(golden.multi.weights[1]!)[2]);
    await harness.keys('weights', 'Home', 'ArrowRight');
    expect(harness.readout).to.contain('c asks, b answers').and.to.contain('divided by √3');
    await harness.press('5 Mix');
    expect(harness.blocks.at(-1)).to.equal('context [T, D] = [5, 3]');
    const context = golden.multi.weights[1]![2]!.map(
      (weight, j) => weight * x[j]!.reduce((sum, value, c) => sum + value * wv[c]![5]!, 0),
    );
    await harness.keys('context', 'End');
    expect(harness.spoken('context')).to.equal(
      `context of c, number 3: ${two(context.reduce((sum, term) => sum + term, 0))}`,
    );
    expect(harness.arithmetic).to.contain(`= ${two(context.reduce((sum, term) => sum + term, 0))}`);
  });

  it('keeps the height of its rows in every column, and its own height in every step', async () => {
    const {element, harness} = await setUp({step: 6});
    const tops = ['q', 'scores', 'weights', 'context'].map((id) => harness.block(id).getBoundingClientRect());
    expect(new Set(tops.map(({top}) => top)).size).to.equal(1);
    expect(new Set(tops.map(({height}) => height)).size).to.equal(1);
    element.step = 5;
    await element.updateComplete;
    for (const width of [360, 1000]) {
      element.style.width = `${width}px`;
      await harness.until(() => harness.block('context').offsetWidth > 0 && element.offsetWidth === width);
      const heights = new Set<number>();
      for (element.step = 1; element.step < 7; element.step++) {
        await element.updateComplete;
        heights.add(harness.field<HTMLElement>('.stage').offsetHeight);
      }
      expect([...heights]).to.have.length(1);
      element.step = 5;
      await element.updateComplete;
    }
  });

  it('steps by → and Space, back by ←, and to the ends by Home and End', async () => {
    const {element, harness} = await setUp();
    await harness.step('ArrowRight', ' ');
    expect(element.step).to.equal(3);
    await harness.step('ArrowLeft');
    expect(element.step).to.equal(2);
    await harness.step('End', 'ArrowRight');
    expect(element.step).to.equal(7);
    await harness.step('Home', 'ArrowLeft');
    expect(element.step).to.equal(1);
  });

  it('lets the last word ask, and not the full stop after it', async () => {
    const {harness} = await setUp({tokens: ['a', 'b', ' c', 'd', '.']});
    expect(harness.asking).to.equal('d');
  });

  it('shows what happens without the division', async () => {
    const {harness} = await setUp({query: 4, step: 4});
    const shares = (): number[] => harness.numbers('weights').flat().map(Number);
    const scores = (): number[] =>
      harness
        .numbers('scores')
        .flat()
        .map((text) => Number(text.replace('−', '-')));
    const [before, divided] = [shares(), scores()];
    await harness.check(false);
    for (const [j, score] of scores().entries())
      expect(score).to.be.closeTo(divided[j]! * Math.sqrt(3), 0.05 * (1 + Math.sqrt(3)));
    expect(Math.max(...shares())).to.be.greaterThan(Math.max(...before));
  });

  it('offers only the controls that change the drawing of a step', async () => {
    const {element, harness} = await setUp();
    const offered = async (step: number): Promise<boolean[]> => {
      element.step = step;
      await element.updateComplete;
      return ['.chips', '.roles', 'input[type="checkbox"]', 'input[type="range"]'].map((one) =>
        harness.has(one),
      );
    };
    expect(await offered(2)).to.deep.equal([true, true, false, false]);
    for (const step of [1, 3, 4, 5, 6]) expect(await offered(step)).to.deep.equal([true, false, true, false]);
    expect(await offered(7)).to.deep.equal([false, false, false, true]);
  });

  it('shows how a wide head saturates the softmax, and how the division prevents it', async () => {
    const {harness} = await setUp({step: 7});
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
    const {element, harness} = await setUp({exercise: true, step: 5, query: 1});
    expect(harness.has('.product-block.weights')).to.equal(false);
    expect(harness.button('4 Softmax').disabled).to.equal(true);
    const row = golden.multi.weights[0]![1]!;
    const answer = oneEvent(element, 'gpt-answer');
    await harness.press(row[0]! > row[1]! ? 'a' : 'b');
    expect((await answer).detail.right).to.equal(true);
    expect(harness.has('.product-block.weights')).to.equal(true); // the step asked for
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
    for (let step = 1; step <= 7; step++) {
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
        <qkv-attention style="width: 1000px" text="two" step="4"></qkv-attention>
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
