import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import golden from '../../math/golden/attention.json';
import {readNumber} from '../../ui/testing/read-number.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import {judge} from './ablation.js';
import './multi-head-attention.js';
import {MultiHeadAttentionHarness} from './multi-head-attention.harness.js';
import type {MultiHeadAttention} from './multi-head-attention.js';

const {x, wq, wk, wv, wo} = golden;

async function setUp(attributes: Partial<MultiHeadAttention> = {}) {
  const element = await fixture<MultiHeadAttention>(
    html`<multi-head-attention style="width: 1000px"></multi-head-attention>`,
  );
  Object.assign(element, {
    weights: {x, wq, wk, wv, wo, heads: 2},
    tokens: ['a', 'b', 'c', 'd', 'e'],
    ...attributes,
  });
  await element.updateComplete;
  return {element, harness: new MultiHeadAttentionHarness(element)};
}

/** What the layer adds to the last token, as the read-out has it: “head 1: 0.2, …”. */
const outOf = (harness: MultiHeadAttentionHarness): string | undefined =>
  /the layer adds, (.+)$/.exec(harness.added)?.[1];

/** A number of print, at the end of a sentence too. */
const read = (text: string): number => readNumber(text.replace(/\.$/, ''));

describe('<multi-head-attention> with weights', () => {
  it('puts out what PyTorch’s MultiheadAttention does', async () => {
    const {harness} = await setUp();
    await harness.keys('out', {key: 'Home', ctrlKey: true});
    for (let row = 0; row < 5; row++) {
      for (let column = 0; column < 6; column++) {
        if (column) await harness.keys('out', 'ArrowRight');
        const spoken = harness.spoken('out');
        expect(spoken).to.contain(`${'abcde'[row]}, number ${column + 1} of what the layer adds`);
        const expected = golden.multi.out[row]![column]!;
        expect(read(spoken.split(': ')[1]!)).to.be.closeTo(expected, 0.006 * Math.abs(expected) + 1e-4);
      }
      await harness.keys('out', 'ArrowDown', 'Home');
    }
  });

  it('is the same cut from one projection or stacked from heads', async () => {
    const {harness} = await setUp();
    expect(harness.text).to.contain('the first 3 belong to head 1, the next 3 to head 2');
    const difference = /differ by at most (.+?) in/;
    expect(read(difference.exec(harness.text)![1]!)).to.be.lessThan(1e-6);
    expect(harness.pieces).to.equal('q₁ q₂ k₁ k₂ v₁ v₂');
    const cut = harness.painted('y');
    await harness.press('a stack of heads');
    expect(harness.text).to.contain('matrices of its own, [6, 3]');
    expect(harness.pieces).to.equal('q₁ k₁ v₁ q₂ k₂ v₂');
    expect(harness.painted('y0')).not.to.equal(cut);
  });

  it('says which head a number comes from, and what each adds to the output', async () => {
    const {harness} = await setUp();
    await harness.keys('context', {key: 'Home', ctrlKey: true}, 'End');
    expect(harness.added).to.contain('For a, number 3 of what head 2 has found');
    await harness.keys('out', {key: 'Home', ctrlKey: true});
    const parts = [...harness.added.matchAll(/head \d: (−?[\d.]+)/g)].map(([, part]) => read(part!));
    const whole = read(/the layer adds, (−?[\d.]+)/.exec(harness.added)![1]!);
    expect(parts).to.have.length(2);
    expect(parts[0]! + parts[1]!).to.be.closeTo(whole, 0.01 * Math.max(1, Math.abs(whole)));
  });

  it('chooses a head, offers nothing to silence without a model, and is accessible at 320 px', async () => {
    const {element, harness} = await setUp();
    await harness.keys('head1', 'Home');
    expect(element.head).to.equal(1);
    expect(harness.readout).to.equal('Head 2: a takes 100 % from a.');
    expect(harness.text).not.to.contain('silence');
    element.style.width = '320px';
    await element.updateComplete;
    await expect(element).to.be.accessible();
    expect(element.scrollWidth).to.be.at.most(320);
    const loaded = performance.getEntriesByType('resource').map(({name}) => name);
    expect(loaded.filter((name) => /tensorflow|tfjs|\.worker/.test(name))).to.deep.equal([]);
  });
});

describe('<multi-head-attention> with a model', () => {
  it('silences heads: another loss, other next tokens, the model’s own', async () => {
    const provider = await fixture<GptModel>(html`
      <gpt-model backend="cpu" .text=${'one two three four five.\n'.repeat(20)} config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 12}'>
        <multi-head-attention style="width: 1000px" text="two th"></multi-head-attention>
      </gpt-model>
    `);
    const model = provider.live;
    const element = provider.querySelector<MultiHeadAttention>('multi-head-attention')!;
    const harness = new MultiHeadAttentionHarness(element);
    await harness.until(() => harness.next.length > 0, 'the next tokens');
    const ids = model.encode('two th');
    const whole = await judge(model, ids, []);
    expect(harness.effect)
      .to.contain('Without head 1 of layer 1')
      .and.to.contain(`with all heads ${whole.loss.toFixed(2)}`);

    // A head's weight in so fresh a model is small: make it speak up.
    const name = 'h.0.attn.c_proj.weight';
    const {shape, data} = (await model.weights([name])).get(name)!;
    await model.setWeights({[name]: {shape, data: data.map((value) => 40 * value)}});
    await harness.until(() => outOf(harness) !== undefined, 'an output');
    const [head, context, out] = [harness.painted('head1'), harness.painted('context'), outOf(harness)];
    const event = oneEvent(element, 'gpt-ablation');
    await harness.silence(1);
    await harness.until(() => outOf(harness) !== out, 'another output');
    expect(harness.painted('head1')).not.to.equal(head);
    expect(harness.painted('context')).not.to.equal(context);
    expect((await event).detail.silenced).to.deep.equal([{layer: 0, head: 1}]);
    const without = await judge(model, ids, [{layer: 0, head: 1}]);
    const loud = await judge(model, ids, []);
    expect(Math.abs(without.loss - loud.loss)).to.be.greaterThan(1e-3);
    const shown = (): number[] => [...harness.effect.matchAll(/ (\d\.\d+)/g)].map(([, loss]) => Number(loss));
    const close = (a: number | undefined, b: number): boolean => Math.abs((a ?? 0) - b) <= 0.005;
    await harness.until(
      () =>
        harness.effect.includes('head 2 of layer 1') &&
        close(shown()[0], without.loss) &&
        close(shown()[1], loud.loss),
      `losses ${without.loss} and ${loud.loss}`,
    );
    expect(harness.next[0]).to.have.length(3);
    await harness.silence(1);
    await harness.until(() => harness.effect.startsWith('Without head 1 of layer 1'), 'all heads again');

    expect(harness.all('.head input').map(({ariaLabel}) => ariaLabel)).to.deep.equal([
      'Silence head 1',
      'Silence head 2',
    ]);
    expect(harness.worth.flat()).to.deep.equal(Array(4).fill('not measured yet'));
    await harness.press('Measure every head');
    await harness.until(() => harness.text.includes('The model misses'), 'every head');
    expect(harness.worth).to.have.length(2);
    const most = Math.max(...harness.worth.flat().map((value) => Math.abs(read(value))));
    expect(most).to.be.greaterThan(0.0005);
    // One text, one loss: what the survey says of a head is what silencing it shows.
    await harness.silence(1);
    await harness.until(
      () => harness.effect.startsWith('Without head 2 of layer 1'),
      'the head silenced again',
    );
    const growth = without.loss - loud.loss;
    expect(read(harness.worth[0]![1]!)).to.be.closeTo(growth, 0.0006);
    await expect(element).to.be.accessible();
  });
});
