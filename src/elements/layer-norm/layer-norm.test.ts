import {expect, fixture, html} from '@open-wc/testing';
import {number} from '../../ui/base/format.js';
import {readNumber} from '../../ui/testing/read-number.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import {readNorms, sizesAt} from './layer-norm-data.js';
import './layer-norm.js';
import {LAYER_NORM_EPSILON, layerNormSteps} from '../../math/layer-norm.js';
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
    const {model, harness} = await live();
    const ids = model.encode('the dog');
    const {norms} = await readNorms(model, ids, false, new AbortController().signal);
    expect(norms.map(({at}) => at)).to.deep.equal(['h.0.ln_1', 'h.0.ln_2', 'h.1.ln_1', 'h.1.ln_2', 'ln_f']);
    const trace = await model.trace({ids, want: norms.map(({at}) => at)});
    for (const [i, norm] of norms.entries())
      for (const [t, x] of norm.x.entries()) {
        const {output} = layerNormSteps(x, norm.gamma, norm.beta);
        for (const [c, value] of output.entries())
          expect(value).to.be.closeTo(trace[norm.at]!.data[16 * t + c]!, 1e-5);
        if (t < ids.length - 1) continue;
        const {before, after} = sizesAt(norm, t);
        expect(harness.sizes[i]![0]).to.be.closeTo(before, 0.0051);
        expect(harness.sizes[i]![1]).to.be.closeTo(after, 0.0051);
      }
  });

  it('`<layer-norm>` shows the norm that is chosen', async () => {
    const {element, harness} = await live();
    expect(harness.chosenNorm).to.equal('block 1, before attention');
    await harness.chooseNorm(4);
    expect(element.at).to.equal('ln_f');
    expect(harness.text).to.contain(`numbers of ${harness.chips.at(-1)}, after all blocks`);
  });

  it('`<layer-norm>` says how the stream grows, and shows that each norm brings it to a spread of 1', async () => {
    const {model, harness} = await live();
    const {norms} = await readNorms(model, model.encode('the dog'), false, new AbortController().signal);
    const token = harness.chips.length - 1;
    const [first, last] = [norms[0]!, norms.at(-1)!].map((norm) => sizesAt(norm, token).before);
    expect(harness.growth).to.contain(`${number(last! / first!, 2)} times as far at the end as at the start`);
    for (const [i, norm] of norms.entries()) {
      const {variance} = layerNormSteps(norm.x[token]!, norm.gamma, norm.beta);
      // ε alone keeps it from 1.
      expect(harness.sizes[i]![1]).to.be.closeTo(
        Math.sqrt(variance / (variance + LAYER_NORM_EPSILON)),
        0.0051,
      );
    }
  });

  it('`<layer-norm>` shows the stream and the loss without any norm', async () => {
    const {model, element, harness} = await live();
    element.leftOut = true;
    await harness.until(() => harness.readout.includes('Without its norms'), 'the outcome');
    for (const [before, after] of harness.sizes) expect(after).to.equal(before);
    const ids = model.encode('the dog');
    const skip = ['h.*.ln_1', 'h.*.ln_2', 'ln_f'].map((at) => ({at, change: 'skip' as const}));
    const {probs} = await model.trace({ids, want: ['probs'], options: {interventions: skip}});
    const V = probs!.shape[1]!;
    const loss =
      ids.slice(1).reduce((sum, id, t) => sum - Math.log(probs!.data[t * V + id]!), 0) / (ids.length - 1);
    expect(harness.readout).to.contain(`Its loss on this text is ${loss.toFixed(2)} instead of`);
    element.leftOut = false;
    await harness.until(() => !harness.readout.includes('Without its norms'), 'the norms again');
  });
});
