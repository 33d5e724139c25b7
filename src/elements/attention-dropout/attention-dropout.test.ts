import {expect, fixture, html} from '@open-wc/testing';
import golden from '../../math/golden/attention.json';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import './attention-dropout.js';
import {AttentionDropoutHarness} from './attention-dropout.harness.js';
import type {AttentionDropout} from './attention-dropout.js';

const {x, wq, wk, wv} = golden;

async function setUp(attributes: Partial<AttentionDropout> = {}) {
  const element = await fixture<AttentionDropout>(html`<attention-dropout></attention-dropout>`);
  Object.assign(element, {weights: {x, wq, wk, wv}, tokens: ['a', 'b', 'c', 'd', 'e'], ...attributes});
  await element.updateComplete;
  return {element, harness: new AttentionDropoutHarness(element)};
}

const two = (value: number): string => value.toFixed(2).replace('-', '−');

describe('<attention-dropout>', () => {
  it('strikes out what is dropped and scales what is kept, row by row', async () => {
    const {harness} = await setUp({rate: 0.25});
    const weights = golden.causal.weights;
    expect(harness.numbers('attention weights')[4]).to.deep.equal(weights[4]!.map(two));
    const [numbers, dropped] = [harness.numbers('kept weights'), harness.dropped('kept weights')];
    expect(dropped.flat().filter(Boolean).length).to.be.greaterThan(0);
    for (let i = 0; i < 5; i++)
      for (let j = 0; j <= i; j++)
        expect(numbers[i]![j], `${i}, ${j}`).to.equal(dropped[i]![j] ? '0.00' : two(weights[i]![j]! / 0.75));
    expect(harness.numbers('sum of each row').map(([before]) => before)).to.deep.equal(Array(5).fill('1.00'));
  });

  it('draws the same for the same seed, and something else for the next', async () => {
    const {element, harness} = await setUp({rate: 0.5});
    const first = `${harness.dropped('kept weights')}`;
    await harness.press('Draw again');
    expect(`${harness.dropped('kept weights')}`).not.to.equal(first);
    expect(harness.readout).to.contain('Seed 2: ');
    element.seed = 1;
    await element.updateComplete;
    expect(`${harness.dropped('kept weights')}`).to.equal(first);
  });

  it('on average changes nothing', async () => {
    const {harness} = await setUp({rate: 0.5});
    await harness.average();
    const [before, mean] = [harness.numbers('attention weights'), harness.numbers('mean of 200 draws')];
    for (let i = 0; i < 5; i++)
      for (let j = 0; j <= i; j++)
        expect(Number(mean[i]![j])).to.be.closeTo(Number(before[i]![j]), 0.25 * Number(before[i]![j]) + 0.01);
  });

  it('drops nothing when the model writes, and nothing at rate 0', async () => {
    const {harness} = await setUp();
    const before = harness.numbers('attention weights');
    await harness.press('inference');
    expect(harness.numbers('kept weights: all of them')).to.deep.equal(before);
    expect(harness.readout).to.contain('nothing is dropped');
    await harness.press('training');
    await harness.slide(0);
    expect(harness.numbers('kept weights: all of them')).to.deep.equal(before);
  });

  it('reads out a cell by keyboard', async () => {
    const {harness} = await setUp({rate: 0.5});
    await harness.keys('attention weights', 'ArrowDown');
    expect(harness.readout).to.match(
      /^a → a: (kept, 1.000 ÷ \(1 − 0.50\) = 2.000|1.000, dropped in this draw)\.$/,
    );
  });

  it('is accessible, at 320 px too', async () => {
    const {element} = await setUp();
    element.style.width = '320px';
    await element.updateComplete;
    await expect(element).to.be.accessible();
    expect(element.scrollWidth).to.be.at.most(320);
  });

  it('drops the very weights that the model drops under the same key', async () => {
    const provider = await fixture<GptModel>(html`
      <gpt-model backend="cpu" .text=${'one two three four five. '.repeat(20)} config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 8}'>
        <attention-dropout text="two th" layer="1" head="1" rate="0.5" seed="7"></attention-dropout>
      </gpt-model>
    `);
    const harness = new AttentionDropoutHarness(provider.querySelector('attention-dropout')!);
    await harness.until(() => harness.isDrawn, 'the weights');
    const trace = await provider.live.trace({
      text: 'two th',
      want: ['h.1.attn.dropped'],
      options: {dropout: {rate: 0.5, key: 7}},
    });
    const {data} = trace['h.1.attn.dropped']!;
    const dropped = harness.dropped('kept weights');
    for (let i = 0; i < 6; i++)
      for (let j = 0; j <= i; j++) expect(dropped[i]![j], `${i}, ${j}`).to.equal(data[(6 + i) * 6 + j] === 0); // the second head
  });
});
