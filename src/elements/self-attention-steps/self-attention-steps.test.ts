import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import golden from '../../math/golden/attention.json';
import './self-attention-steps.js';
import {SelfAttentionStepsHarness} from './self-attention-steps.harness.js';
import type {SelfAttentionSteps} from './self-attention-steps.js';

async function setUp(attributes: Partial<SelfAttentionSteps> = {}) {
  const element = await fixture<SelfAttentionSteps>(html`<self-attention-steps></self-attention-steps>`);
  Object.assign(element, attributes);
  await element.updateComplete;
  return {element, harness: new SelfAttentionStepsHarness(element)};
}

const written = (rows: readonly (readonly number[])[]): string[][] =>
  rows.map((row) =>
    row.map((value) =>
      value
        .toFixed(2)
        .replace('-', '−')
        .replace(/^−0\.00$/, '0.00'),
    ),
  );

describe('<self-attention-steps>', () => {
  it('shows PyTorch’s numbers for given vectors, all tokens at once', async () => {
    const {harness} = await setUp({text: 'a b c d e', vectors: golden.x, step: 4});
    expect(harness.numbers('scores')).to.deep.equal(written(golden.simple.scores));
    expect(harness.numbers('weights')).to.deep.equal(written(golden.simple.weights));
    expect(harness.numbers('context')).to.deep.equal(written(golden.simple.context));
  });

  it('and the same numbers for one token, step by step', async () => {
    const {harness} = await setUp({text: 'a b c d e', vectors: golden.x, query: 3});
    expect(harness.captions).to.have.length(2);
    expect(harness.numbers('scores of d').flat()).to.deep.equal(written(golden.simple.scores)[3]);
    await harness.press('2 Softmax');
    expect(harness.numbers('weights').flat()).to.deep.equal(written(golden.simple.weights)[3]);
    await harness.press('3 Mix');
    const mixed = harness.numbers('their sum');
    expect(mixed.at(-1)).to.deep.equal(written(golden.simple.context)[3]);
    const share = golden.simple.weights[3]![1]!;
    expect(mixed[1]).to.deep.equal(written([golden.x[1]!.map((value) => value * share)])[0]);
  });

  it('begins with a sentence in which “her” looks at “Mia”', async () => {
    const {harness} = await setUp({step: 2});
    expect(harness.readout).to.equal('her takes most from Mia: 46 % of its context.');
  });

  it('says how a number came about, and lights up what it came from', async () => {
    const {harness} = await setUp();
    await harness.hover('scores', 0, 0);
    expect(harness.readout).to.equal('her · Mia = 1.50 × 1.80 + 0.40 × 0.10 + 0.20 × 0.40 = 2.82');
    expect(harness.table('vectors').querySelector('th.highlighted')!.textContent).to.equal('Mia');
    await harness.press('4 All at once');
    await harness.keys('weights', 'Escape', 'ArrowRight');
    expect(harness.readout).to.contain('her takes').and.to.contain('from Mia');
    await harness.keys('weights', 'ArrowUp', 'ArrowRight');
    expect(harness.readout).to.contain('held takes').and.to.contain('from held');
  });

  it('follows a changed number at once, undoes it and resets', async () => {
    const {element, harness} = await setUp();
    const event = oneEvent(element, 'gpt-vectors');
    await harness.write(4, 0, '3');
    expect((await event).detail.vectors[4]).to.deep.equal([3, 1.9, 0.5]);
    expect(harness.numbers('scores')[4]).to.deep.equal(['5.36']); // 1.5 × 3 + 0.4 × 1.9 + 0.2 × 0.5
    await harness.write(4, 1, '');
    expect(harness.numbers('vectors')[4]).to.deep.equal(['3', '1.9', '0.5']);
    await harness.write(0, 0, '-1');
    await harness.press('Undo');
    expect(harness.numbers('vectors')[0]![0]).to.equal('1.8');
    expect(harness.numbers('vectors')[4]![0]).to.equal('3');
    await harness.press('Reset the numbers');
    expect(harness.numbers('vectors')[4]![0]).to.equal('0.2');
  });

  it('takes any words, the same numbers for the same word, and at most eight of them', async () => {
    const {harness} = await setUp();
    await harness.type('Text', 'one two one three four five six seven eight nine');
    const vectors = harness.numbers('vectors');
    expect(vectors).to.have.length(8);
    expect(vectors[0]).to.deep.equal(vectors[2]);
    expect(vectors[0]).not.to.deep.equal(vectors[1]);
    expect(harness.text).to.contain('The text has 10 words; the first 8 are shown.');
    await harness.type('Text', 'alone');
    expect(harness.text).to.contain('Type at least two words');
    await harness.type('Text', 'two words');
    expect(harness.numbers('vectors')).to.have.length(2);
  });

  it('says so where given vectors do not fit the words', async () => {
    const {harness} = await setUp({vectors: [[1, 2], [3]]});
    expect(harness.text).to.contain('are not one row of numbers for each of the 5 words');
    expect(harness.numbers('vectors')[0]).to.deep.equal(['1.8', '0.1', '0.4']);
  });

  it('asks before it tells', async () => {
    const {element, harness} = await setUp({exercise: true, step: 3});
    expect(harness.captions).to.have.length(2);
    expect(harness.readout).not.to.contain('takes most');
    const event = oneEvent(element, 'gpt-answer');
    await harness.press('her'); // the option, which stands before the chip of the same name
    expect((await event).detail).to.deep.equal({chosen: 2, right: false});
    expect(harness.text).to.contain('Not quite.');
    expect(harness.captions).to.have.length(4);
    await harness.press('Ask me again');
    await harness.press('Mia');
    expect(harness.text).to.contain('Right.');
  });

  it('is accessible in every step, and at 320 px scrolls inside its tables only', async () => {
    const {element} = await setUp({exercise: true});
    element.style.width = '320px';
    await expect(element).to.be.accessible();
    element.exercise = false;
    for (const step of [2, 3, 4]) {
      element.step = step;
      await element.updateComplete;
      await expect(element).to.be.accessible();
      expect(element.scrollWidth).to.be.at.most(320);
    }
  });
});
