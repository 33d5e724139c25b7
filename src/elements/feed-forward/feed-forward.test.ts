import {expect, fixture, html} from '@open-wc/testing';
import {number} from '../../ui/base/format.js';
import {readNumber} from '../../ui/testing/read-number.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import {exampleLayer, FeedForwardHarness} from './feed-forward.harness.js';
import './feed-forward.js';
import type {FeedForward} from './feed-forward.js';
import {layerFrom, readFeedForward} from './feed-forward-data.js';
import {layOut, unitAt} from './hourglass.js';
import {searchUnits} from './units.js';

const signal = new AbortController().signal;

async function given(data: object = {}) {
  const element = await fixture<FeedForward>(html`<feed-forward style="width: 900px"></feed-forward>`);
  Object.assign(element, exampleLayer(), data);
  const harness = new FeedForwardHarness(element);
  await harness.drawn();
  return {element, harness};
}

async function live() {
  const provider = await fixture<GptModel>(html`
    <gpt-model backend="cpu" .text=${'the man chased the dog. '.repeat(20)} config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 16}'>
      <feed-forward text="the dog" layer="1"></feed-forward>
    </gpt-model>
  `);
  const element = provider.querySelector<FeedForward>('feed-forward')!;
  const harness = new FeedForwardHarness(element);
  await harness.drawn();
  return {model: provider.live, element, harness};
}

describe('<feed-forward>', () => {
  it('`<feed-forward>` follows the unit that fires most for the last token', async () => {
    const {harness} = await given();
    const {weights, tokens} = exampleLayer();
    const {pre, hidden, units} = layerFrom(weights, tokens);
    const last = Array.from(hidden.subarray(2 * units));
    const unit = last.indexOf(Math.max(...last));
    expect(harness.readout).to.contain(
      `Unit ${unit + 1} for ·a: x · w + b = ${number(pre[2 * units + unit]!)}, and GELU makes it ${number(last[unit]!)}.`,
    );
    const firing = last.filter((value) => value > 0.1).length;
    expect(harness.readout).to.contain(`${firing} of 32 units fire`);
  });

  it('`<feed-forward>` chooses the unit and the token that are clicked', async () => {
    const {element, harness} = await given();
    const drawing = {data: layerFrom(exampleLayer().weights, exampleLayer().tokens), token: 2, unit: 0};
    const {left, pitch, cell, tops, wide} = layOut(drawing, harness.canvas.clientWidth);
    const x = left + 1.5 * pitch - (wide.columns * cell) / 2 + 2.5 * cell;
    await harness.clickAt(x, tops.hidden + 1.5 * cell);
    expect([element.token, element.unit]).to.deep.equal([1, wide.columns + 2]);
    expect(harness.readout).to.contain(`Unit ${wide.columns + 3} for ·had`);
    expect(unitAt({x: 2, y: tops.hidden}, drawing, harness.canvas.clientWidth)).to.equal(undefined);
  });

  it('`<feed-forward>` moves from unit to unit with the arrow keys', async () => {
    const {element, harness} = await given({unit: 4});
    const before = harness.canvas.toDataURL();
    await harness.keys(harness.drawing, 'ArrowRight');
    expect(element.unit).to.equal(5);
    await harness.drawn();
    expect(harness.canvas.toDataURL()).not.to.equal(before);
    await harness.keys(harness.drawing, 'End');
    expect(element.unit).to.equal(31);
  });

  it('`<feed-forward>` says what is wrong with given weights', async () => {
    const {element, harness} = await given();
    element.weights = {...exampleLayer().weights, proj: [[1]]};
    await element.updateComplete;
    expect(harness.error).to.contain('“fc” must have 8 rows and “proj” 8 columns');
  });

  it('`<feed-forward>` shows what the chosen layer of the model computes', async () => {
    const {model} = await live();
    const ids = model.encode('the dog');
    const data = await readFeedForward(model, ids, 1, signal);
    const trace = await model.trace({ids, want: ['h.1.mlp.hidden', 'h.1.mlp.out']});
    for (const [i, value] of trace['h.1.mlp.hidden']!.data.entries())
      expect(data.hidden[i]).to.be.closeTo(value, 1e-5);
    expect(Array.from(data.out)).to.deep.equal(Array.from(trace['h.1.mlp.out']!.data));
  });

  it('`<feed-forward>` computes a given layer as the model computes its own', async () => {
    const {model} = await live();
    const ids = model.encode('the dog');
    const names = ['mlp.c_fc.weight', 'mlp.c_fc.bias', 'mlp.c_proj.weight', 'mlp.c_proj.bias'];
    const weights = await model.weights(names.map((name) => `h.1.${name}`));
    const rows = (name: string, columns: number): number[][] => {
      const {data} = weights.get(`h.1.${name}`)!;
      return Array.from({length: data.length / columns}, (_, row) =>
        Array.from(data.subarray(row * columns, (row + 1) * columns)),
      );
    };
    const data = await readFeedForward(model, ids, 1, signal);
    const x = ids.map((_, t) => Array.from({length: 16}, (_, c) => data.x[16 * t + c]!));
    const computed = layerFrom(
      {
        x,
        fc: rows('mlp.c_fc.weight', 64),
        fcBias: rows('mlp.c_fc.bias', 64)[0]!,
        proj: rows('mlp.c_proj.weight', 16),
        projBias: rows('mlp.c_proj.bias', 16)[0]!,
      },
      data.tokens,
    );
    for (let i = 0; i < computed.out.length; i++) expect(computed.out[i]).to.be.closeTo(data.out[i]!, 1e-5);
  });

  it('`<feed-forward>` finds where the chosen unit fires in the corpus, and what it makes likelier', async () => {
    const {model, element, harness} = await live();
    element.unit = 3;
    await harness.until(() => harness.firings.length === 6, 'the places');
    const units = await searchUnits(model, 1, signal);
    expect(harness.firings.map(([, value]) => readNumber(value!))).to.deep.equal(
      units.firings[3]!.map(({value}) => readNumber(value.toFixed(2))),
    );
    // the highest of all: traced again, it has the same value
    const [{before, token, value}] = units.firings[3]! as [(typeof units.firings)[0][0]];
    expect('the man chased the dog. '.repeat(2)).to.contain(before + token);
    expect(value).to.equal(Math.max(...units.firings[3]!.map((one) => one.value)));
    const [push] = units.pushes![3]!;
    const weights = await model.weights(['h.1.mlp.c_proj.weight', 'ln_f.weight', 'wte.weight']);
    const [proj, gamma, wte] = ['h.1.mlp.c_proj.weight', 'ln_f.weight', 'wte.weight'].map(
      (name) => weights.get(name)!.data,
    );
    const logits = Array.from({length: wte!.length / 16}, (_, id) =>
      Array.from({length: 16}, (_, c) => proj![3 * 16 + c]! * gamma![c]! * wte![id * 16 + c]!).reduce(
        (sum, term) => sum + term,
      ),
    );
    const average = logits.reduce((sum, logit) => sum + logit) / logits.length;
    expect(push!.logit).to.be.closeTo(Math.max(...logits) - average, 1e-6);
    expect(push!.token).to.equal(model.decode([logits.indexOf(Math.max(...logits))]));
  });
});
