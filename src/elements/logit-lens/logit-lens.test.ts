import {expect, fixture, html} from '@open-wc/testing';
import {readNumber} from '../../ui/testing/read-number.js';
import {shareScale} from '../../viz/color.js';
import {readTheme} from '../../viz/theme.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import {REPEATS} from './lens-picture.js';
import {exampleLens, LogitLensHarness} from './logit-lens.harness.js';
import './logit-lens.js';
import type {LogitLens} from './logit-lens.js';

async function given(data: object = {}) {
  const element = await fixture<LogitLens>(html`<logit-lens></logit-lens>`);
  Object.assign(element, exampleLens(), data);
  const harness = new LogitLensHarness(element);
  await harness.drawn();
  return {element, harness};
}

describe('<logit-lens>', () => {
  it('`<logit-lens>` shows the best guess at each depth in the color of what really follows, and marks the right ones', async () => {
    const {element, harness} = await given();
    expect(harness.guesses).to.deep.equal([
      ['Mia', '·had', '·a'],
      ['·saw', '·a', '·red'],
      ['·had', '·a', '·kite'],
    ]);
    expect(harness.right).to.deep.equal(['·a', '·had', '·a']);
    const colors = shareScale(readTheme(element));
    const colorOf = (row: number, column: number): string =>
      getComputedStyle(harness.cell(row, column)).backgroundColor;
    expect(colorOf(1, 0)).to.equal(colors.color(0.4));
    expect(colorOf(2, 2), 'after the last token, where nothing follows').to.equal(colors.color(0));
  });

  it('`<logit-lens>` says of a row that it only repeats what has been read', async () => {
    const {element, harness} = await given();
    expect(harness.notes).to.deep.equal([REPEATS, 'reads earlier tokens']);
    element.tokens = ['She', ' took', ' the'];
    await element.updateComplete;
    expect(harness.notes).to.deep.equal(['reads earlier tokens']);
  });

  it('`<logit-lens>` shows the guesses of the chosen cell, and how the true token fares along the depth', async () => {
    const {element, harness} = await given();
    expect(harness.readout).to.contain(
      'In the end it says ·kite, and does so from “block 1, feed-forward” on.',
    );
    await harness.choose(0, 1);
    expect([element.depth, element.token]).to.deep.equal([0, 1]);
    expect(harness.chosen).to.deep.equal([
      ['·had', '0.800'],
      ['·a', '0.200'],
    ]);
    expect(harness.actual).to.deep.equal(['0.200', '0.700', '0.950']);
    expect(harness.readout).to.contain('does so from “block 1, attention” on.');
    const loss = -(Math.log(0.05) + Math.log(0.2)) / 2;
    expect(harness.readout).to.contain(`The loss of the whole row is ${loss.toFixed(2)}`);
  });

  it('`<logit-lens>` says by which part half of its right guesses are made', async () => {
    const {element, harness} = await given();
    expect(harness.answer).to.equal(
      'In the end, 2 of its 2 guesses are right (✓), 1 of them from “block 1, attention” on.',
    );
    element.tokens = ['Mia', ' ate', ' pie'];
    await element.updateComplete;
    expect(harness.answer).to.equal('In the end, none of its guesses is right.');
  });

  it('`<logit-lens>` moves from cell to cell with the arrow keys', async () => {
    const {element, harness} = await given();
    await harness.keys(harness.cell(2, 2), 'ArrowUp');
    await harness.keys(harness.cell(1, 2), 'ArrowLeft');
    expect([element.depth, element.token]).to.deep.equal([1, 1]);
    expect(harness.root.activeElement).to.equal(harness.cell(1, 1));
  });

  it('`<logit-lens>` says what is wrong with given rows', async () => {
    const {element, harness} = await given();
    element.tokens = ['a'];
    await element.updateComplete;
    expect(harness.error).to.contain('needs a list of guesses for each of the 1 tokens');
  });

  it('`<logit-lens>` ends with what the model itself predicts, and has its loss', async () => {
    const provider = await fixture<GptModel>(html`
      <gpt-model backend="cpu" .text=${'the man chased the dog. '.repeat(20)} config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 32}'>
        <logit-lens text="the dog"></logit-lens>
      </gpt-model>
    `);
    const harness = new LogitLensHarness(provider.querySelector('logit-lens')!);
    await harness.drawn();
    const model = provider.live;
    expect(harness.depths).to.deep.equal([
      'embedding',
      'block 1, attention',
      'block 1, MLP',
      'block 2, attention',
      'block 2, MLP',
    ]);
    const ids = model.encode('the dog');
    const {probs} = await model.trace({ids, want: ['probs']});
    const V = probs!.shape[1]!;
    const row = (t: number): number[] => Array.from(probs!.data.subarray(t * V, (t + 1) * V));
    const best = ids.map((_, t) => row(t).indexOf(Math.max(...row(t))));
    expect(harness.guesses.at(-1)).to.deep.equal(best.map((id) => model.decode([id]).replace(' ', '·')));
    const loss = ids.slice(1).reduce((sum, id, t) => sum - Math.log(row(t)[id]!), 0) / (ids.length - 1);
    expect(harness.readout).to.contain(`The loss of the whole row is ${loss.toFixed(2)}`);
    expect(readNumber(harness.chosen[0]![1]!)).to.be.closeTo(Math.max(...row(ids.length - 1)), 6e-4);
  });
});
