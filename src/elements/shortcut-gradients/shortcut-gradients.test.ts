import {expect, fixture, html} from '@open-wc/testing';
import {randomStack, stackGradients} from '../../math/deep-stack.js';
import {SWEPT_DEPTHS, sweepDepth} from '../../math/depth-sweep.js';
import {number, power} from '../../ui/base/format.js';
import {RECORDED_SWEEP} from './recorded-sweep.js';
import {ShortcutGradientsHarness} from './shortcut-gradients.harness.js';
import './shortcut-gradients.js';
import type {ShortcutGradients} from './shortcut-gradients.js';
import {drawnLayers} from './stack-drawing.js';

async function shown() {
  const element = await fixture<ShortcutGradients>(html`<shortcut-gradients></shortcut-gradients>`);
  const harness = new ShortcutGradientsHarness(element);
  await harness.drawn();
  return {element, harness};
}

describe('<shortcut-gradients>', () => {
  it('`<shortcut-gradients>` has recorded what the passes compute, from 2 to 96 layers', () => {
    expect(RECORDED_SWEEP.map(({layers}) => layers)).to.deep.equal(SWEPT_DEPTHS);
    for (const index of [0, 5, SWEPT_DEPTHS.length - 1]) {
      const recorded = RECORDED_SWEEP[index]!;
      const {with: kept, without} = sweepDepth(recorded.layers);
      expect(recorded.with / kept, `${recorded.layers}`).to.be.closeTo(1, 1e-3);
      expect(recorded.without / without, `${recorded.layers}`).to.be.closeTo(1, 1e-3);
    }
  });

  it('`<shortcut-gradients>` marks the stack on show in the recorded sweep, and computes at most 12 layers', async () => {
    const {element, harness} = await shown();
    const sweep = () => harness.field<HTMLCanvasElement>('.sweep').toDataURL();
    const before = sweep();
    await harness.setLayers(4);
    await harness.drawn();
    expect(sweep()).not.to.equal(before);
    element.layers = 48;
    await element.updateComplete;
    expect(harness.readout).to.contain('of 12');
  });

  it('`<shortcut-gradients>` draws the first and the last layers of a stack, and the stack on show', async () => {
    expect(drawnLayers(3)).to.deep.equal([3, 2, 1]);
    expect(drawnLayers(12)).to.deep.equal([12, 11, 0, 1]);
    const {harness} = await shown();
    const stacks = () => harness.field<HTMLCanvasElement>('.stacks').toDataURL();
    const before = stacks();
    await harness.setLayers(3);
    await harness.drawn();
    expect(stacks()).not.to.equal(before);
  });

  it('`<shortcut-gradients>` compares the gradients that reach the first of 12 layers', async () => {
    const {harness} = await shown();
    const stack = randomStack(12, 1);
    const [a, b] = [stackGradients(stack, 1).norms[0]!, stackGradients(stack, 0).norms[0]!];
    expect(harness.readout).to.contain(
      `How strongly layer 1 of 12 is told to change (the length of its gradient): ${number(a)} with shortcuts and ${power(b, 2)} without, about `,
    );
  });

  it('`<shortcut-gradients>` reads the layer that the keys lead to', async () => {
    const {harness} = await shown();
    await harness.keys(harness.chart, 'End');
    expect(harness.readout).to.match(/^How strongly layer 12 of 12 is told/);
    await harness.keys(harness.chart, 'ArrowLeft');
    expect(harness.chart.getAttribute('aria-valuetext')).to.match(/^How strongly layer 11 of 12 is told/);
  });

  it('`<shortcut-gradients>` computes another depth and other weights at once', async () => {
    const {element, harness} = await shown();
    const first = harness.canvas.toDataURL();
    await harness.setLayers(6);
    expect(harness.readout).to.contain('of 6');
    await harness.drawn();
    const second = harness.canvas.toDataURL();
    expect(second).not.to.equal(first);
    await harness.press('Draw new weights');
    expect(element.seed).to.equal(2);
    await harness.drawn();
    expect(harness.canvas.toDataURL()).not.to.equal(second);
  });
});
