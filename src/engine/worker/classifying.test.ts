import {expect} from '@open-wc/testing';
import {blobSource, readExactly, readText} from '../../checkpoint/byte-source.js';
import {readSafetensors} from '../../checkpoint/safetensors.js';
import {filesSpec} from '../../checkpoint/spec.js';
import {openZip} from '../../checkpoint/zip/open-zip.js';
import {LiveModel} from '../../state/live-model.js';
import type {ModelSpec} from '../protocol.js';
import {
  becomes,
  connectInProcess,
  freshAutosaves,
  reaches,
  rejection,
  TINY_SPEC,
  TINY_TRAINING,
} from '../testing/in-process.js';

const texts = (words: string[], label: number) => words.map((text) => ({text, label}));
const DATA = {
  kind: 'texts' as const,
  classes: ['low', 'high'],
  train: [...texts(['one', 'two', 'three', 'four'], 0), ...texts(['seven', 'eight', 'nine', 'ten'], 1)],
  validation: [...texts(['one two'], 0), ...texts(['nine ten'], 1)],
};
const TASK = {kind: 'classification' as const, data: DATA, tune: 'all' as const};
const SPEC: ModelSpec = {...TINY_SPEC, task: TASK};
const TRAINING = {...TINY_TRAINING, steps: 30, batchSize: 8, learningRate: 0.01, warmupSteps: 0};

describe('a classifier in the engine', () => {
  const models: LiveModel[] = [];
  const autosaves = freshAutosaves();
  const make = (spec: ModelSpec, name = 'classifier') => {
    const model = new LiveModel(name, spec, () => connectInProcess({autosaves}), {backend: 'cpu'});
    models.push(model);
    return model;
  };
  afterEach(async () => {
    for (const model of models.splice(0)) await model.close();
  });

  it('says what it is trained on, and how many of its parameters are trained', async () => {
    const {classification} = await make(SPEC).ready;
    const {parameters} = classification!;
    expect(classification).to.deep.include({
      classes: 2,
      examples: {train: 8, validation: 2},
      cut: 0,
      length: 8,
    });
    expect(classification!.trainable).to.equal(parameters);
    const {classification: head} = await make({...SPEC, task: {...TASK, tune: 'head'}}, 'head').ready;
    expect(head!.trainable).to.equal(2 * 16);
    const {classification: none} = await make(TINY_SPEC, 'language').ready;
    expect(none).to.equal(undefined);
  });

  it('learns its classes, returns to where it began, and learns the same again', async () => {
    const model = make(SPEC);
    const before = await model.classify({texts: ['two', 'ten']});
    for (const row of before) expect(row[0]! + row[1]!).to.be.closeTo(1, 1e-6);
    await model.train(TRAINING);
    await becomes(model, 'done');
    const after = await model.classify({texts: ['two', 'ten']});
    expect(after[0]![0]).to.be.above(0.9);
    expect(after[1]![1]).to.be.above(0.9);
    const last = model.history.evals.at(-1)!;
    expect(last.train.accuracy).to.equal(1);
    expect(last.validation).to.have.keys('loss', 'accuracy');
    await model.reset();
    expect(await model.classify({texts: ['two', 'ten']})).to.deep.equal(before);
    await model.train(TRAINING);
    await becomes(model, 'done');
    expect(await model.classify({texts: ['two', 'ten']})).to.deep.equal(after);
  });

  it('goes on after a pause, and from its autosave after it was closed, as if nothing had been', async () => {
    const whole = make(SPEC, 'whole');
    await whole.train(TRAINING);
    await becomes(whole, 'done');
    const expected = await whole.classify({texts: ['three']});
    await whole.discard();

    const parts = make(SPEC, 'parts');
    await parts.train(TRAINING);
    await reaches(parts, 3);
    await parts.pause();
    expect(parts.step).to.be.below(TRAINING.steps);
    await parts.close();
    await parts.restore();
    expect(parts.step).to.be.at.least(3);
    await parts.resume();
    await becomes(parts, 'done');
    expect(await parts.classify({texts: ['three']})).to.deep.equal(expected);
  });

  it('starts from the weights of another model of the page and leaves that one as it is', async () => {
    const host = connectInProcess({autosaves});
    const held = {...host, release: () => {}};
    const base = new LiveModel('base', TINY_SPEC, () => held, {backend: 'cpu'});
    const fork = new LiveModel(
      'fork',
      {from: 'base', corpus: TINY_SPEC.corpus, seed: 5, task: TASK},
      () => held,
    );
    const wte = (await base.weights(['wte.weight'])).get('wte.weight')!.data;
    expect((await fork.weights(['wte.weight'])).get('wte.weight')!.data).to.deep.equal(wte);
    await fork.train(TRAINING);
    await becomes(fork, 'done');
    expect((await fork.weights(['wte.weight'])).get('wte.weight')!.data).not.to.deep.equal(wte);
    await fork.reset();
    expect((await fork.weights(['wte.weight'])).get('wte.weight')!.data).to.deep.equal(wte);
    expect((await base.weights(['wte.weight'])).get('wte.weight')!.data).to.deep.equal(wte);
    await fork.close();
    await base.close();
    host.release();
  });

  it('gives a text the same class at every row length, unless it reads the last position', async () => {
    const model = make(SPEC);
    await model.train(TRAINING);
    await becomes(model, 'done');
    const words = DATA.train.map(({text}) => text);
    const alone = await model.classify({texts: words});
    let furthest = 0;
    for (let length = 5; length <= 16; length++) {
      const padded = await model.classify({texts: words, length});
      const flawed = await model.classify({texts: words, length, readAt: 'last-position'});
      for (const [n, [low]] of alone.entries()) {
        expect(padded[n]![0], `${words[n]} at ${length} positions`).to.be.closeTo(low!, 1e-5);
        furthest = Math.max(furthest, Math.abs(flawed[n]![0]! - low!));
      }
    }
    expect(furthest).to.be.above(1e-3);
  });

  it('leaves as a GPT2ForSequenceClassification, with adapters added to the matrices', async () => {
    const model = make({...SPEC, task: {...TASK, tune: 'lora'}});
    await model.train({...TRAINING, steps: 3});
    await becomes(model, 'done');
    const files = await openZip(blobSource(await model.saveFile({format: 'script'})));
    expect(await readText('classify.py', files.get('classify.py')!, 1e5)).to.include('GPT2ForSequence');
    const config = JSON.parse(await readText('config.json', files.get('config.json')!, 1e5));
    expect(config.architectures).to.deep.equal(['GPT2ForSequenceClassification']);
    expect(config.id2label).to.deep.equal({0: 'low', 1: 'high'});
    const file = files.get('model.safetensors')!;
    const {tensors} = readSafetensors(await readExactly(file, 0, file.size));
    const own = await model.weights();
    const saved = (name: string) => tensors.get(name)!.data as Float32Array;
    expect(saved('score.weight')).to.deep.equal(own.get('score.weight')!.data);
    const [a, b, w] = ['lora_A', 'lora_B', 'weight'].map((part) => own.get(`h.0.mlp.c_fc.${part}`)!);
    const [rank, outer] = b!.shape as [number, number];
    let change = 0; // of the first number: (α / r) A B, with α / r = 2
    for (let q = 0; q < rank; q++) change += 2 * a!.data[q]! * b!.data[q * outer]!;
    expect(change).not.to.equal(0);
    expect(saved('transformer.h.0.mlp.c_fc.weight')[0]).to.be.closeTo(w!.data[0]! + change, 1e-6);
  });

  it('comes back from its own files with the same answers, where it is to tell the same classes apart', async () => {
    const model = make(SPEC);
    await model.train({...TRAINING, steps: 10});
    await becomes(model, 'done');
    const question = {texts: ['two', 'nine ten']};
    const before = await model.classify(question);
    const blob = await model.saveFile({format: 'script'});
    const checkpoint = filesSpec([{path: 'classifier.zip', blob}]);
    const again = make({corpus: SPEC.corpus, checkpoint, task: TASK}, 'again');
    expect((await again.ready).classification!.hasLoadedHead).to.equal(true);
    const after = await again.classify(question);
    for (const [i, row] of after.entries()) expect(row[0]).to.be.closeTo(before[i]![0]!, 1e-6);
    const data = {...DATA, classes: ['high', 'low']};
    const other = make({corpus: SPEC.corpus, checkpoint, task: {...TASK, data}}, 'other');
    expect((await rejection(other.ready)).message).to.include('knows the classes “low”, “high”');
    const writer = make({corpus: SPEC.corpus, checkpoint}, 'writer');
    expect((await rejection(writer.ready)).message).to.include('which writes no text');
  });

  it('starts from weights in files, also where those of a model that writes are held in 16 bits', async () => {
    const blob = await make(TINY_SPEC, 'source').saveFile({format: 'hugging-face'});
    const checkpoint = filesSpec([{path: 'gpt2.zip', blob}]);
    const base = make({corpus: SPEC.corpus, checkpoint, dtype: 'float16'}, 'gpt2');
    expect((await base.ready).dtype).to.equal('float16');
    const model = make({corpus: SPEC.corpus, checkpoint, task: TASK}, 'from-gpt2');
    expect((await model.ready).dtype).to.equal('float32');
    await model.train({...TRAINING, steps: 3});
    await becomes(model, 'done');
    expect(model.step).to.equal(3);
  });

  it('says what is wrong with a question or a task', async () => {
    const language = make(TINY_SPEC);
    expect((await rejection(language.classify({texts: ['one']}))).message).to.include('classification task');
    const classifier = make(SPEC, 'classifier-2');
    expect((await rejection(classifier.classify({texts: ['']}))).message).to.include('empty text');
    const noTexts = make({...SPEC, task: {...TASK, data: {...DATA, train: []}}}, 'none');
    expect((await rejection(noTexts.ready)).code).to.equal('corpus');
    const strange = make({...SPEC, task: {...TASK, tune: 'some' as 'all'}}, 'strange');
    expect((await rejection(strange.ready)).message).to.include('no choice “tune” “some”');
  });
});
