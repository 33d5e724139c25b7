import {expect} from '@open-wc/testing';
import {memory} from '@tensorflow/tfjs-core';
import {filesSpec} from '../../checkpoint/spec.js';
import {largestDifference} from '../../model/testing/golden.js';
import {LiveModel} from '../../state/live-model.js';
import type {CheckpointSpec, FileFormat, ModelSpec} from '../protocol.js';
import {
  becomes,
  connectInProcess,
  freshAutosaves,
  reaches,
  rejection,
  TEXT,
  TINY_SPEC,
  TINY_TRAINING,
} from '../testing/in-process.js';
import {QUICK} from '../testing/rounds.js';

const OTHER: ModelSpec = {corpus: {kind: 'text', text: 'alpha beta gamma delta. '.repeat(40)}, seed: 9};

describe('a model as a file', () => {
  const models: LiveModel[] = [];
  /** Each in an engine of its own, as in a fresh page. */
  const make = (spec: ModelSpec = TINY_SPEC, backend: 'cpu' | 'wasm' = 'cpu'): LiveModel => {
    const connect = () => connectInProcess({autosaves: freshAutosaves()});
    const model = new LiveModel('m', spec, connect, {backend});
    models.push(model);
    return model;
  };
  afterEach(() => Promise.all(models.splice(0).map((model) => model.close())));

  /** Trains single steps, so that the run ends exactly at a step. */
  const stepTo = async (model: LiveModel, step: number) => {
    while (model.step < step) await model.stepOnce();
  };
  const settings = {...TINY_TRAINING, steps: 60, dropRate: 0.1, learningRate: 1e-2};
  const begin = async (model: LiveModel) => {
    await model.train(settings);
    await model.pause();
  };
  const fileOf = async (model: LiveModel, format: FileFormat, path: string): Promise<CheckpointSpec> =>
    filesSpec([{path, blob: await model.saveFile({format})}]);
  const losses = (model: LiveModel) => model.history.steps.map(({loss}) => loss);

  for (const backend of ['cpu', 'wasm'] as const)
    it(`continues in a fresh page with the same losses and the same weights, bit for bit (${backend})`, async () => {
      const [whole, first, second] = [
        make(TINY_SPEC, backend),
        make(TINY_SPEC, backend),
        make(OTHER, backend),
      ];
      await first.ready;
      expect(first.backend!.name).to.equal(backend);
      for (const model of [whole, first]) await begin(model);
      await stepTo(whole, 60);
      await stepTo(first, 30);
      const {facts, spec} = await second.load(await fileOf(first, 'checkpoint', 'run.safetensors'));
      expect(facts.step).to.equal(30);
      expect(spec.corpus).to.deep.equal({kind: 'text', text: TEXT});
      expect(second.history.steps).to.have.length(30);
      await stepTo(second, 60);
      expect(losses(second)).to.deep.equal(losses(whole));
      const [expected, actual] = [await whole.weights(), await second.weights()];
      for (const [name, {data}] of expected) expect(actual.get(name)!.data, name).to.deep.equal(data);
    });

  it('is held in 16 bits on request, read, written with and saved, and refuses to be trained', async () => {
    const [first, half] = [make(), make()];
    await begin(first);
    await stepTo(first, 3);
    const folder = await first.saveFile({format: 'hugging-face'});
    const checkpoint = filesSpec([{path: 'folder.zip', blob: folder}]);
    half.spec = {corpus: {kind: 'text', text: TEXT}, checkpoint, dtype: 'float16'};
    const {dtype, rounding, bytes, step} = await half.ready;
    expect({dtype, step}).to.deep.equal({dtype: 'float16', step: 0});
    expect(rounding!.relative).to.be.within(1e-6, 1e-3);
    expect(bytes.weights).to.be.below(0.7 * first.facts!.bytes.weights);
    const want = ['logits'];
    const [a, b] = [await first.trace({text: 'one two', want}), await half.trace({text: 'one two', want})];
    const largest = Math.max(...a.logits!.data.map(Math.abs));
    expect(largestDifference(b.logits!.data, a.logits!.data)).to.be.below(2e-2 * largest);
    expect(b.logits!.data).not.to.deep.equal(a.logits!.data);
    const saved = await half.saveFile({format: 'hugging-face', dtype: 'F16'});
    const again = make({
      corpus: {kind: 'text', text: TEXT},
      checkpoint: filesSpec([{path: 'a.zip', blob: saved}]),
    });
    expect((await again.ready).dtype).to.equal('float32');
    const matrix = ['h.0.mlp.c_fc.weight']; // rounded before, so not again
    expect(await again.weights(matrix)).to.deep.equal(await half.weights(matrix));
    for (const change of [() => half.train({steps: 2}), () => half.reset()]) {
      const error = await rejection(change());
      expect(error.message).to.contain('held in 16 bits');
    }
    expect(half.status).to.equal('idle');
  });

  it('continues in place where the page has the same model', async () => {
    const [first, second] = [make(), make()];
    await begin(first);
    await stepTo(first, 3);
    await second.load(await fileOf(first, 'checkpoint', 'run.safetensors'));
    expect(second.spec).to.deep.equal(TINY_SPEC);
    expect(second.savedFact?.step, 'a reload continues from here').to.equal(3);
    expect(second.status).to.equal('paused');
  });

  it('offers no run of before where a file without steps was loaded over it', async () => {
    const model = make();
    await model.ready;
    const untrained = await fileOf(model, 'checkpoint', 'untrained.safetensors');
    await begin(model);
    await stepTo(model, 3);
    await model.save();
    expect(model.savedFact?.step).to.equal(3);
    const {spec} = model;
    await model.load(untrained);
    expect(model.step).to.equal(0);
    expect(model.savedFact).to.equal(undefined);
    expect(model.spec, 'for which a trainer has looked for a run already').to.equal(spec);
  });

  for (const format of ['hugging-face', 'script'] as const)
    it(`comes back from a zip file (${format}) with the same weights and tokens, on the text of the page`, async () => {
      const [first, second] = [make(), make()];
      await first.stepOnce();
      const {tensors, facts} = await second.load(await fileOf(first, format, 'model.zip'));
      expect(tensors.find(({model}) => model === 'h.0.attn.c_attn.weight')).to.include({use: 'loaded'});
      expect(second.spec.corpus).to.deep.equal(TINY_SPEC.corpus);
      expect(facts.corpusProblem).to.equal(undefined);
      const [expected, actual] = [await first.weights(), await second.weights()];
      for (const [name, {data}] of expected) expect(actual.get(name)!.data, name).to.deep.equal(data);
      expect(second.encode('nine ten')).to.deep.equal(first.encode('nine ten'));
      expect((await second.stepOnce()).step).to.equal(1);
    });

  it('can be looked at also where its tokenizer cannot write the text of the page', async () => {
    const [first, second] = [make(), make({...OTHER, ...{preset: 'nano', config: TINY_SPEC.config!}})];
    await first.ready;
    const {facts} = await second.load(await fileOf(first, 'hugging-face', 'model.zip'));
    expect(facts.corpusProblem).to.match(/cannot be trained on “pasted text”: .*“p”/);
    let written = '';
    for await (const {text} of second.generate({prompt: 'nine', maxNewTokens: 3})) written += text;
    expect(written).to.have.length(3);
    expect((await rejection(second.stepOnce())).message).to.equal(facts.corpusProblem);
  });

  const bytes = (...values: number[]) => new Blob([Uint8Array.from(values)]);
  const bad: [name: string, path: string, blob: Blob, message: RegExp][] = [
    ['a PyTorch file', 'model.pt', bytes(1), /“model.pt” is a PyTorch file.*safe_serialization=True/],
    ['a GGUF file', 'model.gguf', bytes(1), /GGUF file.*gguf_file=/],
    ['a checkpoint of Lightning', 'last.ckpt', bytes(1), /TensorFlow or Lightning/],
    ['a damaged zip file', 'model.zip', bytes(80, 75, 3, 4), /zip file/],
    ['a cut safetensors file', 'a.safetensors', bytes(9, 0, 0, 0, 0, 0, 0, 0), /header should be 9 bytes/],
    ['a text', 'a.txt', bytes(65), /no weights among the files/],
  ]; // biome-ignore format: one a line
  for (const [name, path, blob, message] of bad)
    it(`stays as it was where ${name} is loaded`, async () => {
      const model = make();
      await model.stepOnce();
      const error = await rejection(model.load(filesSpec([{path, blob}])));
      expect(error.code).to.equal('weights');
      expect(error.message).to.match(message);
      expect(model.spec).to.deep.equal(TINY_SPEC);
      expect((await model.stepOnce()).step).to.equal(2);
    });

  it('stays as it was where the last tensor of a file is not a number', async () => {
    const [first, second] = [make(), make()];
    const weights = await first.weights();
    const {shape} = weights.get('wte.weight')!;
    await first.setWeights({
      'wte.weight': {shape, data: new Float32Array(shape[0]! * shape[1]!).fill(Number.NaN)},
    });
    await second.stepOnce();
    const error = await rejection(second.load(await fileOf(first, 'hugging-face', 'nan.zip')));
    expect(error.message).to.match(/wte.weight” holds NaN/);
    expect(second.step).to.equal(1);
    expect((await second.stepOnce()).step).to.equal(2);
  });

  it('leaves a model in training where the run in the file is damaged', async () => {
    const [first, second] = [make(), make()];
    await begin(first);
    const {shape, data} = (await first.weights(['ln_f.bias'])).get('ln_f.bias')!;
    await first.setWeights({'ln_f.bias': {shape, data: data.map(() => Number.NaN)}});
    await second.train({...TINY_TRAINING, steps: 10_000});
    const error = await rejection(second.load(await fileOf(first, 'checkpoint', 'run.safetensors')));
    expect(error.message).to.contain('The model was left as it is');
    expect(second.status).to.equal('training');
    await reaches(second, second.step + 3);
    await second.pause();
    expect(second.status).to.equal('paused');
  });

  it('is not loaded where that is canceled while the model is still opening', async () => {
    const first = make();
    await begin(first);
    const file = await fileOf(first, 'checkpoint', 'run.safetensors');
    const {engine, release} = connectInProcess({...QUICK, autosaves: freshAutosaves()});
    await engine.start('cpu');
    const opening = engine.open('m', OTHER);
    const loading = engine.load('m', file, 1);
    await engine.cancel(1);
    expect((await rejection(loading)).code).to.equal('canceled');
    expect((await opening).step).to.equal(0);
    release();
  });

  it('is freed where the model in whose place it is loaded is closed meanwhile', async () => {
    const first = make();
    await first.ready;
    const file = await fileOf(first, 'hugging-face', 'model.zip');
    const {engine, release} = connectInProcess({...QUICK, autosaves: freshAutosaves()});
    await engine.start('cpu');
    const {numTensors} = memory();
    await engine.open('m', OTHER);
    expect(memory().numTensors).to.be.above(numTensors);
    const loading = engine.load('m', file, 1);
    await engine.close('m');
    expect((await rejection(loading)).code).to.equal('not-open');
    expect(memory().numTensors).to.equal(numTensors);
    release();
  });

  it('is compared tensor by tensor', async () => {
    const model = make();
    await model.ready;
    const file = await fileOf(model, 'checkpoint', 'start.safetensors');
    const {shape, data} = (await model.weights(['ln_f.weight'])).get('ln_f.weight')!;
    await model.setWeights({'ln_f.weight': {shape, data: data.map((value) => value + 0.5)}});
    const distances = await model.compare(file);
    expect(distances.map(({name}) => name)).to.include('h.0.mlp.c_fc.weight');
    const moved = distances.filter(({distance}) => distance > 0);
    expect(moved).to.deep.equal([{name: 'ln_f.weight', shape: [16], scale: 1, distance: 0.5, largest: 0.5}]);
  });
});

describe('a fork', () => {
  it('starts from the weights and tokenizer of its base, which stays as it is', async () => {
    const connection = connectInProcess({autosaves: freshAutosaves()});
    const named = (name: string, spec: ModelSpec) =>
      new LiveModel(name, spec, () => connection, {backend: 'cpu'});
    const base = named('base', TINY_SPEC);
    await base.stepOnce();
    const before = await base.weights();
    const fork = named('fork', {from: 'base', corpus: TINY_SPEC.corpus, seed: 3});
    await fork.ready;
    for (const [name, {data}] of await fork.weights())
      expect(data, name).to.deep.equal(before.get(name)!.data);
    await fork.train({...TINY_TRAINING, steps: 2});
    await becomes(fork, 'done');
    expect((await base.weights()).get('wte.weight')!.data).to.deep.equal(before.get('wte.weight')!.data);
    expect((await fork.weights()).get('wte.weight')!.data).not.to.deep.equal(before.get('wte.weight')!.data);
    const moved = named('moved', {from: 'base', corpus: TINY_SPEC.corpus, config: {norm: 'post'}});
    expect((await moved.ready).config).to.include({norm: 'post', embDim: 16});
    const larger = named('larger', {from: 'base', corpus: TINY_SPEC.corpus, config: {embDim: 32}});
    expect((await rejection(larger.ready)).message).to.match(/has its own size/);
    const lost = named('lost', {from: 'lost', corpus: TINY_SPEC.corpus});
    expect((await rejection(lost.ready)).message).to.match(/“lost” starts from itself/);
    const stray = named('stray', {from: 'nobody', corpus: TINY_SPEC.corpus});
    expect((await rejection(stray.ready)).message).to.match(/no model “nobody”/);
    await connection.engine.close('fork');
    await base.close();
  });
});
