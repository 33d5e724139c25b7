import {expect, fixture, html} from '@open-wc/testing';
import {parameterShapes} from '../../state/index.js';
import {readNumber} from '../../ui/testing/read-number.js';
import '../gpt-model/gpt-model.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import {initialSample} from './initial-sample.js';
import {standoutOf} from './standout.js';
import {aboutTensor, drawnOf, groupsOf, learnedIn, partsOf} from './weight-data.js';
import './weight-inspector.js';
import {WeightInspectorHarness} from './weight-inspector.harness.js';
import type {WeightInspector} from './weight-inspector.js';

async function live(tensor = '') {
  const provider = await fixture<GptModel>(html`
    <gpt-model backend="cpu" .text=${'the man chased the dog. '.repeat(20)} config='{"embDim": 16, "nHeads": 2, "nLayers": 2, "contextLength": 32}'>
      <weight-inspector tensor=${tensor}></weight-inspector>
    </gpt-model>
  `);
  const element = provider.querySelector<WeightInspector>('weight-inspector')!;
  const harness = new WeightInspectorHarness(element);
  await harness.drawn();
  return {model: provider.live, element, harness};
}

describe('<weight-inspector>', () => {
  it('`<weight-inspector>` reads given numbers cell by cell with the keys', async () => {
    const element = await fixture<WeightInspector>(
      html`<weight-inspector .values=${[[1, -2, 3], [0, 0.5, -1]]}></weight-inspector>`,
    );
    const harness = new WeightInspectorHarness(element);
    await harness.drawn();
    expect(harness.readout).to.equal('Row 1, column 1 of values: 1.');
    const first = harness.canvas.toDataURL();
    await harness.keys(harness.drawing, 'End', 'ArrowLeft');
    expect(harness.readout).to.equal('Row 2, column 2 of values: 0.500.');
    await harness.drawn();
    expect(harness.canvas.toDataURL()).not.to.equal(first);
    expect(readNumber(harness.numbersShown[0]!)).to.be.closeTo(Math.sqrt(15.25), 0.01);
    element.tensor = 'mine';
    await harness.drawn();
    expect(harness.readout).to.equal('Row 2, column 2 of mine: 0.500.');
    expect(harness.numbersShown.slice(2)).to.deep.equal(['–', '–', '–']);
  });

  it('`<weight-inspector>` says what is wrong with given numbers', async () => {
    const element = await fixture<WeightInspector>(
      html`<weight-inspector .values=${[[1, 2], [3]]}></weight-inspector>`,
    );
    expect(new WeightInspectorHarness(element).error).to.contain('equally long');
  });

  it('`<weight-inspector>` compares a matrix with the random numbers that it began as, and names its parts', async () => {
    const {model, harness} = await live();
    expect(harness.about).to.contain('still spread as widely');
    const matrix = await model.inspect('h.0.attn.c_attn.weight');
    expect(matrix.initialDeviation).to.equal(0.02);
    expect(matrix.deviation).to.be.closeTo(0.02, 0.002); // untrained
    expect(partsOf(matrix)).to.deep.equal(['queries', 'keys', 'values']);
    expect(learnedIn({...matrix, deviation: 0.09})).to.contain('4.50 times as widely');
    expect(learnedIn({...matrix, deviation: 0.01})).to.contain('to 0.500 times');
    expect([...initialSample(matrix)!]).to.deep.equal([...matrix.sample.values]); // the very same numbers
    expect(standoutOf(matrix)).to.equal(undefined);
    const projection = await model.inspect('h.1.attn.c_proj.weight');
    expect(projection.initialDeviation).to.be.closeTo(0.01, 1e-9); // 0.02 / √(2 · 2 blocks)
    expect(partsOf(projection)).to.deep.equal([]);
    const scale = await model.inspect('ln_f.weight');
    expect(scale.initialDeviation).to.equal(undefined);
    expect(initialSample(scale)).to.equal(undefined);
    expect(learnedIn(scale)).to.equal('');
  });

  it('the sentence on a trained tensor names its column with a trend, or the one with the largest numbers', () => {
    const [rows, columns] = [9, 4];
    const values = Float32Array.from({length: rows * columns}, (_, i) =>
      i % columns === 2 ? 4 - Math.floor(i / columns) : i % columns === 1 ? 5 : 0.1,
    );
    const sample = {rows, columns, values, rowStride: 2, columnStride: 3};
    const reading = {sample, deviation: 1, initialDeviation: 0.02} as Parameters<typeof standoutOf>[0];
    expect(drawnOf(reading)).to.equal('Drawn: one row in 2, one column in 3.');
    const falling = standoutOf({...reading, name: 'wpe.weight'})!;
    expect(falling.column).to.equal(2);
    expect(values[falling.cell]).to.equal(-4);
    expect(falling.words).to.contain('column 7 falls from 4 at the first position to −4 at position 17,');
    const largest = standoutOf({...reading, name: 'h.0.mlp.c_fc.weight'})!;
    expect(largest.words).to.contain('column 4, whose numbers are 1.8 times');
    expect(standoutOf({...reading, name: 'wpe.weight', deviation: 0.02})).to.equal(undefined);
  });

  it('`<weight-inspector>` offers every tensor of the model, and says what each is for', async () => {
    const {model, harness} = await live();
    const expected = parameterShapes(model.config!).map(([name, shape]) => `${name} [${shape.join(', ')}]`);
    expect(harness.choices).to.have.members(expected);
    for (const [name] of parameterShapes(model.config!)) expect(aboutTensor(name), name).not.to.equal('');
    const tensors = parameterShapes(model.config!).map(([name, shape]) => ({name, shape}));
    expect(groupsOf({tensors}).map(({label}) => label)).to.deep.equal([
      'Embeddings',
      'Block 1',
      'Block 2',
      'Output',
    ]);
  });

  it('`<weight-inspector>` shows the numbers of the chosen tensor', async () => {
    const {model, element, harness} = await live();
    expect(harness.about).to.contain('h.0.attn.c_attn.weight [16, 48]');
    await harness.choose('h.1.mlp.c_fc.weight');
    expect(element.tensor).to.equal('h.1.mlp.c_fc.weight');
    await harness.until(() => harness.about.includes('h.1.mlp.c_fc.weight [16, 64]'), 'the tensor');
    const {data} = (await model.weights(['h.1.mlp.c_fc.weight'])).get('h.1.mlp.c_fc.weight')!;
    await harness.keys(harness.drawing, 'End');
    expect(readNumber(/now (.*)\.$/.exec(harness.readout)![1]!)).to.be.closeTo(data.at(-1)!, 1e-4);
    expect(readNumber(harness.numbersShown[0]!)).to.be.closeTo(Math.hypot(...data), 0.01);
  });

  it('`<weight-inspector>` shows what a training step changes', async () => {
    const {model, harness} = await live('wte.weight');
    expect(harness.numbersShown.slice(2)).to.deep.equal(['–', '–', '–']);
    const before = (await model.weights(['wte.weight'])).get('wte.weight')!.data;
    await model.stepOnce();
    const after = (await model.weights(['wte.weight'])).get('wte.weight')!.data;
    await harness.until(() => harness.numbersShown[4] !== '–', 'the update');
    const share = Math.hypot(...after.map((value, i) => value - before[i]!)) / Math.hypot(...before);
    const {training} = await model.inspect('wte.weight');
    expect(training!.updateShare).to.be.closeTo(share, 1e-3 * share + 1e-7);
    expect(training!.gradientNorm).to.be.greaterThan(0);
    expect(readNumber(harness.numbersShown[2]!)).to.be.closeTo(
      training!.gradientNorm!,
      0.01 * training!.gradientNorm!,
    );
  });

  it('`<weight-inspector>` shows the default tensor and a sentence where a name does not exist', async () => {
    const {element, harness} = await live('h.9.nonsense');
    expect(harness.about).to.contain('h.0.attn.c_attn.weight');
    expect(harness.messages).to.contain('This model has no tensor “h.9.nonsense”');
    element.tensor = 'ln_f.weight';
    await harness.until(() => harness.about.includes('ln_f.weight [16]'), 'a vector');
    expect(harness.messages).not.to.contain('no tensor');
  });
});
