import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import golden from '../../math/golden/attention.json';
import {savedWords} from '../../ui/testing/saved-file.js';
import './self-attention-steps.js';
import {SelfAttentionStepsHarness} from './self-attention-steps.harness.js';
import type {SelfAttentionSteps} from './self-attention-steps.js';

async function setUp(attributes: Partial<SelfAttentionSteps> = {}) {
  const element = await fixture<SelfAttentionSteps>(
    html`<self-attention-steps style="width: 1000px"></self-attention-steps>`,
  );
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

  it('shows the same numbers for one token, step by step', async () => {
    const {element, harness} = await setUp({text: 'a b c d e', vectors: golden.x, query: 2.6});
    expect(element.query).to.equal(3);
    expect(harness.later).to.deep.equal(['step 2: Softmax', 'step 3: Mix']);
    expect(harness.numbers('scores')).to.deep.equal([written(golden.simple.scores)[3]]);
    await harness.press('2 Softmax');
    expect(harness.numbers('weights')).to.deep.equal([written(golden.simple.weights)[3]]);
    await harness.press('3 Mix');
    expect(harness.words('.explain')).to.match(/The largest weight, \d+ %, is that of [a-e]\.$/);
    expect(harness.later).to.deep.equal([]);
    expect(harness.numbers('context')).to.deep.equal([written(golden.simple.context)[3]]);
    const share = golden.simple.weights[3]![1]!;
    await harness.keys('context', 'Home');
    expect(harness.readout).to.contain(`+ ${written([[share]])[0]} × ${written([[golden.x[1]![0]!]])[0]} +`);
  });

  it('keeps its height in every step, and the height of its rows in every column', async () => {
    const {element, harness} = await setUp({step: 3});
    const boxes = ['q', 'scores', 'weights', 'context'].map((id) =>
      harness.block(id).getBoundingClientRect(),
    );
    expect(new Set(boxes.map(({top, height}) => `${top} ${height}`)).size).to.equal(1);
    for (const width of [360, 1000]) {
      element.style.width = `${width}px`;
      await harness.until(() => harness.field<HTMLElement>('.board').offsetWidth <= width, 'the new width');
      const heights = new Set<number>();
      for (element.step = 1; element.step < 4; element.step++) {
        await element.updateComplete;
        heights.add(harness.field<HTMLElement>('.stage').offsetHeight);
      }
      expect([...heights]).to.have.length(1);
    }
  });

  it('names what the numbers of its own words mean, and those of other words by position', async () => {
    const {element, harness} = await setUp({step: 3});
    expect(harness.arithmetic).to.contain('context of her, who');
    element.text = 'some other words';
    await element.updateComplete;
    expect(harness.arithmetic).to.contain('context of words, number');
  });

  it('shows later steps pale, and hides them until a prediction is made', async () => {
    const {element, harness} = await setUp();
    const pale = harness.painted('context');
    element.exercise = true;
    await element.updateComplete;
    expect(harness.painted('context')).not.to.equal(pale);
  });

  it('begins with a sentence in which “her” looks at “Mia”', async () => {
    const {harness} = await setUp({step: 2});
    expect(harness.readout).to.equal('her takes most from Mia: 46 % of its context.');
  });

  it('says how a number came about, and highlights what it came from', async () => {
    const {harness} = await setUp();
    await harness.hover('scores', 0, 0);
    expect(harness.readout).to.equal('her · Mia = 1.50 × 1.80 + 0.40 × 0.10 + 0.20 × 0.40 = 2.82');
    expect(harness.all('.word.highlighted.key').map((word) => word.textContent)).to.deep.equal(['Mia']);
    await harness.press('4 All rows');
    await harness.keys('weights', 'Escape', 'ArrowRight', 'ArrowDown', 'ArrowDown');
    expect(harness.readout).to.contain('her takes').and.to.contain('from Mia');
    await harness.keys('weights', 'ArrowUp', 'ArrowRight');
    expect(harness.readout).to.contain('held takes').and.to.contain('from held');
  });

  it('follows a changed number at once, undoes it and resets', async () => {
    const {element, harness} = await setUp({step: 4});
    const event = oneEvent(element, 'gpt-vectors');
    await harness.write(4, 0, '3');
    expect((await event).detail.vectors[4]).to.deep.equal([3, 1.9, 0.5]);
    expect(harness.numbers('scores')[2]![4]).to.equal('5.36'); // 1.5 × 3 + 0.4 × 1.9 + 0.2 × 0.5
    await harness.write(4, 1, '');
    expect(harness.numbers('q')[4]).to.deep.equal(['3.00', '1.90', '0.50']);
    await harness.write(0, 0, '-1');
    await harness.press('Undo');
    expect(harness.numbers('q')[0]![0]).to.equal('1.80');
    expect(harness.numbers('q')[4]![0]).to.equal('3.00');
    await harness.press('Reset the numbers');
    expect(harness.numbers('q')[4]![0]).to.equal('0.20');
  });

  it('takes a moved slider as one change', async () => {
    const {harness} = await setUp();
    await harness.keys('k', {key: 'Home', ctrlKey: true}, 'ArrowDown'); // number 2 of Mia, in xᵀ
    await harness.slide(0.5, 1, 2);
    expect(harness.numbers('q')[0]).to.deep.equal(['1.80', '2.00', '0.40']);
    await harness.slide(3);
    await harness.press('Undo');
    expect(harness.numbers('q')[0]![1]).to.equal('2.00');
    await harness.press('Undo');
    expect(harness.numbers('q')[0]![1]).to.equal('0.10');
    expect(harness.button('Undo').ariaDisabled).to.equal('true');
  });

  it('saves the step that it shows as a picture', async () => {
    const {element} = await setUp({step: 3});
    const saved = await savedWords(element.renderRoot);
    expect(saved).to.include.members(['x: words as rows', 'xᵀ: words as columns', 'kite', '× 1.80']);
    expect(saved).to.include.members(['1.36', '0.45', '0.42']);
  });

  it('takes any words, the same numbers for the same word, and at most eight of them', async () => {
    const {harness} = await setUp();
    await harness.type('Text', 'one two one three four five six seven eight nine');
    const vectors = harness.numbers('q');
    expect(vectors).to.have.length(8);
    expect(vectors[0]).to.deep.equal(vectors[2]);
    expect(vectors[0]).not.to.deep.equal(vectors[1]);
    expect(harness.text).to.contain('The text has 10 words; the first 8 are shown.');
    await harness.type('Text', 'alone');
    expect(harness.text).to.contain('Type at least two words');
    await harness.type('Text', 'two words');
    expect(harness.numbers('q')).to.have.length(2);
  });

  it('says so where given vectors do not fit the words', async () => {
    const {harness} = await setUp({vectors: [[1, 2], [3]]});
    expect(harness.text).to.contain('are not one row of numbers for each of the 5 words');
    expect(harness.numbers('q')[0]).to.deep.equal(['1.80', '0.10', '0.40']);
  });

  it('asks for a prediction before it shows the weights', async () => {
    const {element, harness} = await setUp({exercise: true, step: 3});
    expect(harness.later).to.have.length(2);
    expect(harness.readout).not.to.contain('takes most');
    const event = oneEvent(element, 'gpt-answer');
    const option = harness.button('her'); // it stands before the chip of the same name
    option.focus();
    option.click();
    expect((await event).detail).to.deep.equal({chosen: 2, right: false});
    await element.updateComplete;
    expect(harness.text).to.contain('Not quite.');
    expect(harness.later).to.have.length(0);
    expect(harness.root.activeElement).to.equal(option);
    harness.all('.exercise button')[0]!.click();
    await element.updateComplete;
    expect(harness.text, 'the first answer counts').to.contain('Not quite.');
    await harness.press('Ask me again');
    expect(harness.root.activeElement).to.equal(harness.button('Mia'));
    await harness.press('Mia');
    expect(harness.text).to.contain('Right.');
  });

  it('is accessible in every step, and at 320 px fits', async () => {
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
