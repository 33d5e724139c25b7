import {expect, fixture, html} from '@open-wc/testing';
import {ACTIVATIONS} from '../../math/activations.js';
import {percent} from '../../ui/base/format.js';
import {readNumber} from '../../ui/testing/read-number.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import {histogram, shareBelow} from './activation-data.js';
import {xAt} from './activation-drawing.js';
import {ActivationPlotHarness, exampleValues} from './activation-plot.harness.js';
import './activation-plot.js';
import type {ActivationPlot} from './activation-plot.js';

async function given(data: object = {}) {
  const element = await fixture<ActivationPlot>(
    html`<activation-plot style="width: 700px"></activation-plot>`,
  );
  Object.assign(element, {values: exampleValues()}, data);
  const harness = new ActivationPlotHarness(element);
  await harness.drawn();
  return {element, harness};
}

describe('<activation-plot>', () => {
  it('`<activation-plot>` reads every function and its slope at the cursor', async () => {
    const {harness} = await given({x: 1, functions: 'gelu relu silu'});
    expect(harness.readings.map(([name]) => name)).to.deep.equal(['GELU', 'ReLU', 'SiLU']);
    for (const [i, name] of (['gelu', 'relu', 'silu'] as const).entries()) {
      const [, value, slope] = harness.readings[i]!;
      expect(readNumber(value!)).to.be.closeTo(ACTIVATIONS[name].value(1), 5.1e-5);
      expect(readNumber(slope!)).to.be.closeTo(ACTIVATIONS[name].slope(1), 5.1e-5);
    }
  });

  it('`<activation-plot>` moves the cursor with the pointer and the arrow keys', async () => {
    const {element, harness} = await given();
    await harness.keys(harness.plot, 'ArrowRight', 'ArrowRight');
    expect(element.x).to.equal(-0.65);
    await harness.keys(harness.plot, 'Home');
    expect(element.x).to.equal(-5);
    const {left} = harness.canvas.getBoundingClientRect();
    harness.plot.dispatchEvent(new PointerEvent('pointermove', {clientX: left + 400, clientY: 0}));
    await element.updateComplete;
    expect(element.x).to.equal(xAt(400, harness.canvas.clientWidth));
  });

  it('`<activation-plot>` shows the functions that are chosen', async () => {
    const {element, harness} = await given();
    const before = harness.canvas.toDataURL();
    await harness.toggle('silu');
    expect(element.functions).to.equal('gelu relu silu');
    expect(harness.readings.length).to.equal(3);
    await harness.drawn();
    expect(harness.canvas.toDataURL()).not.to.equal(before);
  });

  it('`<activation-plot>` counts the negative numbers among those that it is given', async () => {
    const {harness} = await given({values: [-2, -1, -0.5, 1]});
    expect(harness.answer).to.equal(
      '75 % of the numbers that go in are negative: GELU lets almost nothing of them through.',
    );
    expect(harness.readout).not.to.contain('outside');
  });

  it('`<activation-plot>` says that an empty list has no numbers', async () => {
    const element = await fixture<ActivationPlot>(html`<activation-plot .values=${[]}></activation-plot>`);
    expect(new ActivationPlotHarness(element).error).to.contain('give at least one number');
  });

  it('`<activation-plot>` shows the numbers that enter the chosen layer’s GELU', async () => {
    const provider = await fixture<GptModel>(html`
      <gpt-model backend="cpu" .text=${'the man chased the dog. '.repeat(20)} config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 32}'>
        <activation-plot text="the dog" layer="1"></activation-plot>
      </gpt-model>
    `);
    const harness = new ActivationPlotHarness(provider.querySelector('activation-plot')!);
    await harness.drawn();
    const model = provider.live;
    const straight = [{at: 'h.*.mlp.hidden', change: 'skip'}] as const;
    const ids = model.encode('the dog');
    const losses: string[] = [];
    for (const options of [{}, {interventions: straight}]) {
      const {probs} = await model.trace({ids, want: ['probs'], options});
      const V = probs!.shape[1]!;
      const sum = ids.slice(1).reduce((total, id, t) => total - Math.log(probs!.data[t * V + id]!), 0);
      losses.push((sum / (ids.length - 1)).toFixed(2));
    }
    expect(harness.answer).to.contain(`The loss (lower is better) goes from ${losses[0]} to ${losses[1]}.`);
    const {data} = (await model.trace({text: 'the dog', want: ['h.1.mlp.pre']}))['h.1.mlp.pre']!;
    expect(data.length).to.equal(7 * 64);
    expect(harness.answer).to.contain(
      `${percent(shareBelow(data, 0))} of the numbers that go in are negative`,
    );
  });
});

describe('histogram', () => {
  it('histogram counts each value once, those outside the range at its ends', () => {
    expect(histogram([-9, -1, -0.1, 0, 0.9, 1, 7], [-1, 1], 4)).to.deep.equal([2, 1, 1, 3]);
  });
});
