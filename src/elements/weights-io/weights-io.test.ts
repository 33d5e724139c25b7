import {expect, fixture, html} from '@open-wc/testing';
import '../gpt-model/gpt-model.js';
import {countParameters, normalizeConfig} from '../../state/index.js';
import type {GptModel} from '../gpt-model/gpt-model.js';
import {WeightsIoHarness} from './weights-io.harness.js';
import './weights-io.js';
import {columnsOf} from './tensor-map.js';
import type {WeightsIo} from './weights-io.js';

const TEXT = 'one two three four five six seven eight nine ten. '.repeat(20);
const CONFIG = '{"emb_dim": 8, "n_heads": 2, "n_layers": 1, "context_length": 8}';

async function shown(text = TEXT): Promise<{harness: WeightsIoHarness; model: GptModel}> {
  const model = await fixture<GptModel>(html`<gpt-model id="m" backend="cpu" .text=${text} config=${CONFIG}>
    <weights-io></weights-io>
  </gpt-model>`);
  const element = model.querySelector<WeightsIo>('weights-io')!;
  element.scrollIntoView(); // a second one stands below the screen, and elements start when they are seen
  const harness = new WeightsIoHarness(element);
  await harness.drawn();
  return {harness, model};
}

describe('<weights-io>', () => {
  it('draws every number of the model once, and says what the reader points at', async () => {
    for (const more of [
      {tieWeights: true, qkvBias: false},
      {tieWeights: false, qkvBias: true},
    ]) {
      const config = normalizeConfig({
        vocabSize: 50,
        embDim: 12,
        nHeads: 2,
        nLayers: 2,
        contextLength: 8,
        ...more,
      });
      const numbers = columnsOf(config).flatMap(({tensors}) => tensors.map((tensor) => tensor.numbers));
      expect(numbers.reduce((sum, count) => sum + count, 0)).to.equal(countParameters(config));
    }
    const {harness} = await shown();
    await harness.pointAt('attn.c_attn');
    expect(harness.words('.pointed'))
      .to.contain('h.0.attn.c_attn.weight, [8, 24]')
      .and.to.contain('192 numbers');
  });

  it('saves a checkpoint with which training goes on in another model of the page', async () => {
    const first = await shown();
    await first.model.step();
    const file = await first.harness.download('Checkpoint');
    expect(file.name).to.match(/^m.*-checkpoint\.safetensors$/);
    await first.harness.settled();
    expect(first.harness.readout).to.contain(`Saved ${file.name}`);
    const loss = (await first.model.step()).loss;

    const second = await shown('alpha beta gamma. '.repeat(30));
    await second.harness.choose(file);
    await second.harness.settled();
    expect(second.harness.readout).to.contain('Its run stands at step 1: press Resume to go on.');
    expect((await second.model.step()).loss).to.equal(loss);
  });

  it('loads the zip file of a Hugging Face folder that is dropped, and undoes it', async () => {
    const first = await shown();
    const file = await first.harness.download('Hugging Face folder');
    await first.harness.settled();
    const second = await shown(`${TEXT} zebra`);
    const {vocabSize} = second.model.config!;
    await second.harness.drop(file);
    await second.harness.until(() => second.model.config?.vocabSize === first.model.config!.vocabSize, 'it');
    await second.harness.settled();
    expect(second.harness.readout).to.contain('Loaded m');
    await second.harness.press('Undo');
    await second.harness.until(() => second.model.config?.vocabSize === vocabSize, 'the model before');
  });

  it('says of a loaded model whether a page that is loaded again still has it', async () => {
    const {harness, model} = await shown();
    const folder = await harness.download('Hugging Face folder');
    await harness.settled();
    await model.step();
    const run = await harness.download('Checkpoint');
    await harness.settled();
    await harness.choose(run); // of the page's own model: its autosave is offered after a reload
    await harness.settled();
    expect(harness.readout).to.contain('Its run stands at step 1').and.not.to.contain('not kept');
    await harness.choose(folder);
    await harness.settled();
    expect(harness.readout).to.contain('It is not kept when the page is closed');
  });

  it('undoes one file after another, back to the run that they were loaded over', async () => {
    const {harness, model} = await shown();
    const first = await harness.download('Hugging Face folder');
    await harness.settled();
    const second = new File([first], 'second.zip');
    await model.step();
    for (const file of [first, second]) {
      await harness.choose(file);
      await harness.settled();
    }
    expect(model.live.step).to.equal(0);
    await harness.press(`Undo: back to ${first.name}`);
    await harness.settled();
    expect(model.live.spec.checkpoint).to.have.nested.property('files[0].path', first.name);
    await harness.press('Undo: back to the run at step 1');
    await harness.settled();
    expect(model.live.step).to.equal(1);
    expect(model.live.spec.checkpoint).to.equal(undefined);
    expect(harness.hasButton('Undo')).to.equal(false);
  });

  it('names a checkpoint of this page where it is gone back to, and says when that is done', async () => {
    const {harness} = await shown();
    const folder = await harness.download('Hugging Face folder');
    await harness.settled();
    const checkpoint = await harness.download('Checkpoint');
    await harness.settled();
    for (const file of [folder, checkpoint, new File([folder], 'last.zip')]) {
      await harness.choose(file);
      await harness.settled();
    }
    await harness.press(`Undo: back to ${checkpoint.name}`);
    await harness.settled();
    expect(harness.readout).to.equal(`Back to ${checkpoint.name}.`);
    expect(harness.hasButton(`Undo: back to ${folder.name}`)).to.equal(true);
  });

  it('warns before it saves a model whose earlier run is kept but not continued', async () => {
    const text = `${crypto.randomUUID()} ${TEXT}`; // a model with no run of other tests
    const first = await shown(text);
    expect(first.harness.words('.saved')).to.equal('The model is saved as it is now.');
    await first.model.step();
    await first.model.live.save();
    const again = await shown(text);
    await again.harness.until(() => again.harness.words('.saved').includes('step 0'), 'the warning');
    expect(again.harness.words('.saved')).to.contain(
      '1 step of an earlier run is kept: press Continue first',
    );
    await again.model.live.restore();
    await again.harness.until(
      () => again.harness.words('.saved') === 'The model is saved as it is now.',
      'the run',
    );
    await again.model.live.discard();
  });

  it('undoes a file that was loaded over a run: the run is where it was, not where it was saved last', async () => {
    const {harness, model} = await shown();
    await model.step();
    const file = await harness.download('Checkpoint');
    await harness.settled();
    await model.step();
    await model.live.save();
    await model.step();
    const weights = await model.live.weights(['wte.weight']);
    await harness.choose(file);
    await harness.settled();
    expect(model.live.step).to.equal(1);
    await harness.press('Undo');
    await harness.until(() => model.live.step === 3, 'the run before');
    await harness.settled();
    expect(await model.live.weights(['wte.weight'])).to.deep.equal(weights);
    expect(model.live.history.steps).to.have.length(3);
  });

  it('says what is wrong with a file, and keeps the model', async () => {
    const {harness, model} = await shown();
    await harness.choose(new File([new Uint8Array(9)], 'pytorch_model.bin'));
    await harness.settled();
    expect(harness.error).to.contain('“pytorch_model.bin” is a PyTorch file');
    expect(model.status).to.equal('idle');
  });

  it('compares the model with a file, tensor by tensor', async () => {
    const {harness, model} = await shown();
    const file = await harness.download('Checkpoint');
    await harness.settled();
    const same = async () => harness.element.compareFiles([{path: file.name, blob: file}]);
    await same();
    await harness.element.updateComplete;
    expect(harness.readout).to.match(/^All \d+ tensors are the same as in the file, bit for bit\.$/);
    expect(harness.distances, 'no table of zeros').to.deep.equal([]);
    await model.setWeights({'ln_f.weight': {shape: [8], data: new Float32Array(8).fill(1.5)}});
    await same();
    await harness.element.updateComplete;
    expect(harness.readout).to.contain('The farthest is ln_f.weight, 50 % of its own size away');
    expect(harness.distances[0]).to.deep.equal(['ln_f.weight', '[8]', '50 %']);
    await model.setWeights({'ln_f.weight': {shape: [8], data: new Float32Array(8).fill(1.0001)}});
    await same();
    await harness.element.updateComplete;
    expect(harness.distances[0], 'not 0.0 %').to.deep.equal(['ln_f.weight', '[8]', '< 0.1 %']);
  });
});
