import {expect, fixture, html} from '@open-wc/testing';
import {SNIPPETS} from '../../ui/export/snippets.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import {codeOf} from './block-code.js';
import {outputChange, readBlock} from './block-data.js';
import {NODES, SWITCHES, switchNamed} from './block-nodes.js';
import './transformer-block-viz.js';
import {exampleBlock, TransformerBlockVizHarness} from './transformer-block-viz.harness.js';
import type {TransformerBlockViz} from './transformer-block-viz.js';

async function given(data: object = {}) {
  const element = await fixture<TransformerBlockViz>(html`<transformer-block-viz></transformer-block-viz>`);
  Object.assign(element, exampleBlock(), data);
  const harness = new TransformerBlockVizHarness(element);
  await harness.drawn();
  return {element, harness};
}

async function live() {
  const provider = await fixture<GptModel>(html`
    <gpt-model backend="cpu" .text=${'the man chased the dog. '.repeat(20)} config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 32}'>
      <transformer-block-viz text="the dog"></transformer-block-viz>
    </gpt-model>
  `);
  const element = provider.querySelector<TransformerBlockViz>('transformer-block-viz')!;
  const harness = new TransformerBlockVizHarness(element);
  await harness.drawn();
  return {model: provider.live, element, harness};
}

describe('<transformer-block-viz>', () => {
  it('`<transformer-block-viz>` opens the output of the block, and steps to every value by keys', async () => {
    const {element, harness} = await given();
    expect(harness.title).to.contain('MLP is added').and.contain('[T, C] = [2, 3]');
    await harness.keys(harness.field<HTMLElement>('.steps [aria-pressed="true"]'), 'Home');
    const seen = [harness.title];
    for (let i = 1; i < NODES.length; i++) {
      await harness.keys(
        harness.field<HTMLElement>('.steps [aria-pressed="true"]'),
        i % 2 ? 'ArrowRight' : ' ',
      );
      seen.push(harness.title);
    }
    for (const [i, {title}] of NODES.entries()) expect(seen[i]).to.contain(title);
    await harness.keys(harness.flow, 'ArrowLeft');
    expect(element.node).to.equal('mlp');
  });

  it('`<transformer-block-viz>` writes the sum that made a number of the stream', async () => {
    const {harness} = await given();
    await harness.step(4);
    await harness.keys(harness.matrix, 'Home');
    expect(harness.readout).to.equal('Number 1 of Mia: 1 + 0.500 = 1.50.');
    await harness.keys(harness.matrix, 'End');
    expect(harness.readout).to.equal('Number 3 of ·had: −1 + 0.500 = −0.500.');
  });

  it('`<transformer-block-viz>` draws another picture at every step', async () => {
    const {harness} = await given();
    const pictures = new Set<string>();
    for (let step = 1; step <= NODES.length; step++) {
      await harness.step(step);
      await harness.drawn();
      pictures.add(harness.field<HTMLCanvasElement>('[data-name="flow"] canvas').toDataURL());
    }
    expect(pictures.size).to.equal(NODES.length);
  });

  it('`<transformer-block-viz>` finds the lines of code of every value', () => {
    for (const {id} of NODES) expect(codeOf(id, SNIPPETS)[0]!.code, id).to.be.a('string');
    expect(codeOf('attn', SNIPPETS)[1]!.file).to.equal('src/model/attention.ts');
  });

  it('`<transformer-block-viz>` shows the lines of code of the open value', async () => {
    const {harness} = await given();
    await harness.step(2);
    await harness.press('Lines of code for this value');
    await harness.until(() => harness.code.includes("hook('ln_1'"), 'the code');
    expect(harness.code).not.to.contain('attention(');
  });

  it('`<transformer-block-viz>` plays from the first value, and pauses where the reader chooses one', async () => {
    const {element, harness} = await given();
    await harness.press('Play');
    expect(element.node).to.equal('resid_pre');
    await harness.step(3);
    expect(harness.hasButton('Play')).to.equal(true);
    expect(element.node).to.equal('attn');
  });

  it('`<transformer-block-viz>` says what is wrong with given values', async () => {
    const {values} = exampleBlock();
    const element = await fixture<TransformerBlockViz>(html`<transformer-block-viz></transformer-block-viz>`);
    Object.assign(element, {values: {...values, mlp: [[1, 2, 3]]}, tokens: ['a', 'b']});
    await element.updateComplete;
    expect(new TransformerBlockVizHarness(element).error).to.contain('“mlp” must have 2 rows');
  });

  it('`<transformer-block-viz>` shows what the model computes, and what it predicts with each part off', async () => {
    const {model, element, harness} = await live();
    const ids = model.encode('the dog');
    const {signal} = new AbortController();
    for (const off of [undefined, ...SWITCHES]) {
      const data = await readBlock(model, ids, 1, off, signal);
      const interventions = off && [
        {at: `h.1.${NODES.find(({id}) => id === off.id)!.at}`, change: off.change},
      ];
      const want = [...NODES.map(({at}) => `h.1.${at}`), 'probs'];
      const trace = await model.trace({ids, want, ...(interventions && {options: {interventions}})});
      for (const {id, at} of NODES)
        expect(data.values[id], `${off?.id} ${id}`).to.deep.equal(trace[`h.1.${at}`]!.data);
      const {shape, data: probs} = trace.probs!;
      const V = shape[1]!;
      const losses = ids.slice(1).map((id, t) => -Math.log(probs[t * V + id]!));
      const loss = losses.reduce((sum, one) => sum + one) / losses.length;
      const outcome = off ? data.outcomes!.changed! : data.outcomes!.usual;
      expect(outcome.loss).to.be.closeTo(loss, 1e-4);
      expect(outcome.probability).to.be.closeTo(Math.max(...probs.subarray(-V)), 1e-5);
      if (off) expect(outputChange(data, ids.length - 1), off.id).to.be.greaterThan(1e-4);
    }
    element.off = 'mlp';
    await harness.until(() => harness.change.startsWith('Without its MLP'), 'the comparison');
    expect(harness.outcomes[1]![0]).to.equal('without its MLP');
    await harness.step(6);
    expect(harness.readout).to.contain('this part is off');
    element.off = 'nonsense';
    await harness.until(() => harness.change === 'Switch a part off to compare.', 'everything on');
    expect(switchNamed('nonsense')).to.equal(undefined);
  });
});
