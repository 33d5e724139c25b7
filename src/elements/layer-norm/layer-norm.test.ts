import {expect, fixture, html} from '@open-wc/testing';
import {number} from '../../ui/base/format.js';
import {readNumber} from '../../ui/testing/read-number.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import {contrastAt, contrastHeight} from './contrast-drawing.js';
import {readingsOf, readNorms} from './layer-norm-data.js';
import './layer-norm.js';
import {layerNormSteps, standardDeviation} from '../../math/layer-norm.js';
import {exampleNorm, LayerNormHarness} from './layer-norm.harness.js';
import type {LayerNorm} from './layer-norm.js';

async function given(data: object = {}) {
  const element = await fixture<LayerNorm>(html`<layer-norm></layer-norm>`);
  Object.assign(element, exampleNorm(), data);
  const harness = new LayerNormHarness(element);
  await harness.drawn();
  return {element, harness};
}

async function live() {
  const provider = await fixture<GptModel>(html`
    <gpt-model backend="cpu" .text=${'the man chased the dog. '.repeat(20)} config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 32}'>
      <layer-norm text="the dog"></layer-norm>
    </gpt-model>
  `);
  const element = provider.querySelector<LayerNorm>('layer-norm')!;
  const harness = new LayerNormHarness(element);
  await harness.drawn();
  return {model: provider.live, element, harness};
}

/** The numbers of a sentence, in order. */
const numbersIn = (text: string): number[] =>
  (text.match(/[−-]?\d[\d.]*/g) ?? []).map((digits) => readNumber(digits.replace(/\.$/, '')));

describe('<layer-norm>', () => {
  it('`<layer-norm>` follows the largest number of the last token through the norm', async () => {
    const {harness} = await given();
    const {x, gamma, beta} = exampleNorm().norm;
    const sizes = x[2]!.map(Math.abs);
    const channel = sizes.indexOf(Math.max(...sizes));
    const {normalized, output} = layerNormSteps(x[2]!, gamma, beta);
    expect(harness.readout).to.match(new RegExp(`^Number ${channel + 1} of ·a: `));
    const [, value] = numbersIn(harness.readout);
    expect(value).to.be.closeTo(x[2]![channel]!, 0.01);
    const results = harness.readout
      .split('= ')
      .slice(1)
      .map((text) => numbersIn(text)[0]!);
    expect(results[0]).to.be.closeTo(normalized[channel]!, 0.01);
    expect(results[1]).to.be.closeTo(output[channel]!, 0.01);
  });

  it('`<layer-norm>` follows another number with the arrow keys, and another token by its chip', async () => {
    const {element, harness} = await given();
    await harness.keys(harness.cursor, 'Home', 'ArrowRight');
    expect(harness.readout).to.match(/^Number 2 of ·a/);
    await harness.keys(harness.cursor, 'End');
    expect(harness.cursor.getAttribute('aria-valuetext')).to.match(/^Number 16 of ·a/);
    await harness.chooseToken(1);
    expect(element.token).to.equal(1);
    expect(harness.readout).to.contain('of ·had');
  });

  it('`<layer-norm>` says what is wrong with given vectors', async () => {
    const element = await fixture<LayerNorm>(html`<layer-norm></layer-norm>`);
    Object.assign(element, {norm: {x: [[1, 2]]}, tokens: ['a', 'b']});
    await element.updateComplete;
    expect(new LayerNormHarness(element).error).to.contain('There are 2 tokens and 1 rows');
  });

  it('`<layer-norm>` computes what the model computes, at each of its norms', async () => {
    const {model} = await live();
    const ids = model.encode('the dog');
    const {norms} = await readNorms(model, ids, new AbortController().signal);
    expect(norms.map(({at}) => at)).to.deep.equal(['h.0.ln_1', 'h.0.ln_2', 'h.1.ln_1', 'h.1.ln_2', 'ln_f']);
    const trace = await model.trace({ids, want: norms.map(({at}) => at)});
    for (const norm of norms)
      for (const [t, x] of norm.x.entries()) {
        const {output} = layerNormSteps(x, norm.gamma, norm.beta);
        for (const [c, value] of output.entries())
          expect(value).to.be.closeTo(trace[norm.at]!.data[16 * t + c]!, 1e-5);
      }
  });

  it('`<layer-norm>` shows the norm that is chosen, in one of two rows', async () => {
    const {element, harness} = await live();
    expect(harness.text).to.contain(`numbers of ${harness.chips.at(-1)}, block 1, before attention`);
    await harness.keys(harness.contrast, 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    expect([element.at, element.leftOut]).to.deep.equal(['ln_f', false]);
    expect(harness.text).to.contain(`numbers of ${harness.chips.at(-1)}, after all blocks`);
    await harness.keys(harness.contrast, 'ArrowRight');
    expect([element.at, element.leftOut]).to.deep.equal(['h.0.ln_1', true]);
    expect(harness.readout).to.contain('without norms: ').and.contain('reads it as it is');
    await harness.keys(harness.contrast, 'End');
    expect([element.at, element.leftOut]).to.deep.equal(['ln_f', true]);
  });

  it('`<layer-norm>` chooses the norm that is clicked', async () => {
    const {element, harness} = await live();
    const {left, top} = harness.contrast.getBoundingClientRect();
    const {clientWidth, clientHeight} = harness.contrast;
    const at = {clientX: left + 4, clientY: top + clientHeight - 60, bubbles: true};
    harness.contrast.dispatchEvent(new PointerEvent('pointermove', at));
    harness.contrast.dispatchEvent(new MouseEvent('click', at));
    await element.updateComplete;
    expect([element.at, element.leftOut]).to.deep.equal(['h.0.ln_1', true]);
    harness.contrast.dispatchEvent(
      new PointerEvent('pointermove', {...at, clientX: left + clientWidth + 50}),
    );
    harness.contrast.dispatchEvent(new MouseEvent('click', at));
    expect(element.leftOut, 'a click beside the rows').to.equal(true);
  });

  it('`<layer-norm>` shows what each part reads, and what the model predicts, with its norms and without', async () => {
    const {model, harness} = await live();
    const ids = model.encode('the dog');
    const data = await readNorms(model, ids, new AbortController().signal);
    const skip = ['h.*.ln_1', 'h.*.ln_2', 'ln_f'].map((at) => ({at, change: 'skip' as const}));
    const streams = ['h.0.resid_pre', 'h.0.resid_mid', 'h.1.resid_pre', 'h.1.resid_mid', 'h.1.resid_post'];
    const trace = await model.trace({
      ids,
      want: [...streams, 'probs'],
      options: {interventions: skip},
    });
    const last = ids.length - 1;
    const {without} = readingsOf(data, last);
    for (const [i, name] of streams.entries())
      for (const [c, value] of Array.from(without[i]!).entries())
        expect(value).to.be.closeTo(trace[name]!.data[16 * last + c]!, 1e-5);
    const {probs} = trace;
    const V = probs!.shape[1]!;
    const loss = ids.slice(1).reduce((sum, id, t) => sum - Math.log(probs!.data[t * V + id]!), 0) / last;
    expect(data.outcomes!.without.loss).to.be.closeTo(loss, 1e-4);
    expect(data.outcomes!.without.likeliest[0]!.probability).to.be.closeTo(
      Math.max(...probs!.data.subarray(last * V)),
      1e-5,
    );
    const spreads = without.map((values) => standardDeviation(values));
    const times = number(Math.max(...spreads) / Math.min(...spreads), 2);
    expect(harness.answer).to.contain(`up to ${times} times as large`);
    expect(harness.answer).to.contain(
      `The loss (lower is better) goes from ${data.outcomes!.with.loss!.toFixed(2)} to ${loss.toFixed(2)}.`,
    );
    const read = readingsOf(data, last).with[0]!;
    expect(standardDeviation(read), 'ε alone keeps it from 1').to.be.closeTo(1, 0.01);
    expect(harness.spread).to.equal(
      `With layer norm, block 1 attention reads numbers that spread by ${standardDeviation(read).toFixed(2)}`,
    );
  });

  it('`<layer-norm>` finds every norm of both rows in its drawing, wide and narrow', async () => {
    const {model} = await live();
    const data = await readNorms(model, model.encode('the dog'), new AbortController().signal);
    const contrast = {data, token: 0, norm: 0, leftOut: false};
    for (const width of [320, 1000]) {
      const found = new Set<string>();
      for (let x = 0; x < width; x += 4)
        for (let y = 0; y < contrastHeight(contrast, width); y += 4) {
          const at = contrastAt({x, y}, contrast, width);
          if (at) found.add(`${at.leftOut} ${at.norm}`);
        }
      expect(found.size, `${width} px`).to.equal(10);
    }
  });
});
