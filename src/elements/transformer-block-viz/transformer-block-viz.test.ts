import {expect, fixture, html} from '@open-wc/testing';
import {SNIPPETS} from '../../ui/export/snippets.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import {codeOf} from './block-code.js';
import {outputChange, readBlock} from './block-data.js';
import {CHANGES, changeNamed, NODES, nodesOf, optionsFor} from './block-nodes.js';
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
  it('`<transformer-block-viz>` opens the first value, with every value drawn, and steps to every value by keys', async () => {
    const {element, harness} = await given();
    expect(harness.title).to.contain('the stream enters').and.contain('[T, C] = [2, 3]');
    expect(harness.stepNames[3]).to.equal('4 add');
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

  it('`<transformer-block-viz>` follows the number of a strip that is clicked', async () => {
    const {element, harness} = await given();
    const {left, bottom} = harness.flow.getBoundingClientRect();
    // At the beginning of the last strip: the first number of what leaves.
    const at = {clientX: left + 100, clientY: bottom - 10, bubbles: true};
    harness.flow.dispatchEvent(new PointerEvent('pointermove', at));
    harness.flow.dispatchEvent(new MouseEvent('click', at));
    await element.updateComplete;
    expect(harness.title).to.contain('MLP is added');
    expect(harness.readout).to.equal('Number 1 of ·had: 0 + 1 = 1.');
    await harness.step(1);
    expect(harness.readout, 'the same number of another value').to.contain('Number 1 of ·had is 0.250');
  });

  it('`<transformer-block-viz>` says how much of what leaves each part has added', async () => {
    const {harness} = await given();
    // y = (1, 2, −0.25); along it x = 4.5, attention = 1.625 and the MLP = −1.0625 of 5.0625.
    expect(harness.answer).to.equal(
      'Of the numbers that leave the block for ·had, 89 % came in; attention added 32 %, the MLP −21 %.',
    );
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
    for (const norm of ['pre', 'post'] as const)
      for (const {id} of nodesOf(norm)) {
        const [line] = codeOf(id, norm, SNIPPETS);
        expect(line!.code, `${norm} ${id}`).to.be.a('string');
      }
    expect(codeOf('attn', 'pre', SNIPPETS)[1]!.file).to.equal('src/model/attention.ts');
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

  it('`<transformer-block-viz>` shows what the model computes, and what it predicts with each change', async () => {
    const {model, element, harness} = await live();
    const ids = model.encode('the dog');
    const {signal} = new AbortController();
    for (const change of [undefined, ...CHANGES]) {
      const data = await readBlock(model, ids, 1, change, signal);
      const options = change && optionsFor(change, 1);
      const want = [...NODES.map(({at}) => `h.1.${at}`), 'probs'];
      const trace = await model.trace({ids, want, ...(options && {options})});
      for (const {id, at} of NODES)
        expect(data.values[id], `${change?.id} ${id}`).to.deep.equal(trace[`h.1.${at}`]!.data);
      const {shape, data: probs} = trace.probs!;
      const V = shape[1]!;
      const losses = ids.slice(1).map((id, t) => -Math.log(probs[t * V + id]!));
      const loss = losses.reduce((sum, one) => sum + one) / losses.length;
      const {usual, changed} = data.outcomes!;
      const outcome = change ? changed.get(change.id)! : usual;
      expect(outcome.loss, change?.id).to.be.closeTo(loss, 1e-4);
      expect(outcome.likeliest[0]!.probability).to.be.closeTo(Math.max(...probs.subarray(-V)), 1e-5);
      if (change) expect(outputChange(data, ids.length - 1), change.id).to.be.greaterThan(1e-4);
      expect([...changed.keys()]).to.deep.equal(CHANGES.map(({id}) => id));
    }
    expect(harness.outcomes.map(([name]) => name)).to.deep.equal([
      'as it is',
      ...CHANGES.map(({name}) => name),
    ]);
    await harness.press('without the MLP');
    expect(element.off).to.equal('mlp');
    await harness.until(() => harness.change.startsWith('Without its MLP'), 'the comparison');
    await harness.step(6);
    expect(harness.readout).to.contain('this part is off');
    await harness.press('with norms after the sums');
    await harness.until(() => harness.title.startsWith('MLP output'), 'the block with norms after the sums');
    await harness.until(() => harness.stepNames[3] === '4 norm', 'the other order');
    element.off = 'nonsense';
    await harness.until(() => harness.change.startsWith('The loss is highest'), 'everything on');
    expect(changeNamed('nonsense')).to.equal(undefined);
  });

  it('`<transformer-block-viz>` trains the changed model beside the intact one, and can be canceled', async () => {
    const {model, element, harness} = await live();
    const before = await model.weights();
    expect(harness.hasButton('Retrain 40 steps without its attention')).to.equal(false);
    Object.assign(element, {off: 'attn', retrainSteps: 3});
    await element.updateComplete;
    await harness.press('Retrain 3 steps without its attention');
    await harness.until(() => harness.learned.includes('on held-out text'), 'the result');
    expect(harness.learned).to.match(/^Block 1 without its attention:/);
    expect(harness.has('.curves')).to.equal(true);
    for (const [name, {data}] of await model.weights())
      expect(data, name).to.deep.equal(before.get(name)!.data); // the reader's model stays as it is
    element.retrainSteps = 100_000;
    await element.updateComplete;
    await harness.press('Retrain 100000 steps without its attention');
    await harness.until(() => harness.hasButton('Cancel'), 'the run');
    Object.assign(element, {off: 'mlp', layer: 1});
    await element.updateComplete;
    await harness.until(
      () => harness.change.startsWith('Without its MLP'),
      'another change of another block',
    );
    expect(harness.hasButton('Cancel'), 'the run goes on').to.equal(true);
    expect(harness.learned).to.match(/^Block 1 without its attention: step \d+ of 100000/);
    await harness.press('Cancel');
    await harness.until(() => harness.hasButton('Retrain 100000 steps without its MLP'), 'the end');
    expect(harness.has('.curves'), 'what was seen stays').to.equal(true);
    expect(harness.learned).to.match(/^Block 1 without its attention: stopped after/);
  });

  it('`<transformer-block-viz>` shows a model with norms after the sums in its own order', async () => {
    const model = await fixture<GptModel>(html`
      <gpt-model backend="cpu" .text=${'the man chased the dog. '.repeat(20)} config='{"embDim": 16, "nHeads": 2, "nLayers": 1, "contextLength": 32, "norm": "post"}'></gpt-model>
    `);
    await model.ready;
    const data = await readBlock(
      model.live,
      model.live.encode('the dog'),
      0,
      undefined,
      new AbortController().signal,
    );
    expect(data.norm).to.equal('post');
    expect(data.outcomes!.changed.has('post-norm')).to.equal(false);
    const {ln_1, mlp, resid_post} = data.values;
    for (let i = 0; i < ln_1.length; i++) expect(ln_1[i]! + mlp[i]!).to.be.closeTo(resid_post[i]!, 1e-5);
  });
});
