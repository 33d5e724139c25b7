import {expect} from '@open-wc/testing';
import {memory} from '@tensorflow/tfjs-core';
import {LiveModel} from '../../state/live-model.js';
import type {GeneratedToken, ModelSpec, TraceOptions} from '../protocol.js';
import {
  becomes,
  connectInProcess,
  freshAutosaves,
  reaches,
  rejection,
  TINY_SPEC,
  TINY_TRAINING,
} from '../testing/in-process.js';
import {QUICK} from '../testing/rounds.js';
import type {HostParts} from './host.js';

describe('the engine, in this thread, on the cpu backend', () => {
  const models: LiveModel[] = [];
  const make = (parts: HostParts = {}, spec: ModelSpec = TINY_SPEC): LiveModel => {
    const model = new LiveModel('m', spec, () => connectInProcess({autosaves: freshAutosaves(), ...parts}), {
      backend: 'cpu',
    });
    models.push(model);
    return model;
  };
  afterEach(() => Promise.all(models.splice(0).map((model) => model.close())));

  it('starts nothing until something is asked', async () => {
    let connections = 0;
    const model = new LiveModel('m', TINY_SPEC, () => {
      connections++;
      return connectInProcess();
    });
    expect(model.status).to.equal('closed');
    expect(() => model.encode('one')).to.throw('await “ready” first');
    expect(connections).to.equal(0);
  });

  it('says what the model is', async () => {
    const model = make();
    const facts = await model.ready;
    expect(facts.config.embDim).to.equal(16);
    expect(facts.config.vocabSize).to.equal(new Set(facts.corpus.excerpt).size);
    expect(facts.corpus.characters).to.equal(2000);
    expect(model.decode(model.encode('nine ten.'))).to.equal('nine ten.');
    expect(model.backend).to.include({name: 'cpu', thread: 'main', hardware: false});
    expect(model.status).to.equal('idle');
  });

  it('trains, evaluates, samples and saves, and tells every step once', async () => {
    const model = make();
    const steps: number[] = [];
    const statuses: string[] = [];
    model.addEventListener('gpt-step', (event) => steps.push(event.detail.step));
    model.addEventListener('gpt-status', (event) => statuses.push(event.detail.status));
    await model.train({
      ...TINY_TRAINING,
      steps: 12,
      learningRate: 1e-2,
      warmupSteps: 0,
      evalInterval: 5,
      sampleInterval: 6,
      sampleTokens: 5,
      saveInterval: 8,
    });
    await becomes(model, 'done');
    expect(steps).to.deep.equal(Array.from({length: 12}, (_, i) => i + 1));
    expect(statuses).to.deep.equal(['loading', 'idle', 'training', 'done']);
    const {evals, samples, steps: facts} = model.history;
    expect(evals.map(({step}) => step)).to.deep.equal([0, 5, 10, 12]);
    expect(samples.map(({step}) => step)).to.deep.equal([1, 6, 12]);
    expect(samples.every(({text}) => text.length === 5)).to.equal(true);
    expect(facts.at(-1)!.loss).to.be.below(facts[0]!.loss - 0.3);
    expect(facts.at(-1)).to.include({tokensSeen: 12 * 4 * 16, secondsLeft: 0});
    expect(model.savedFact?.step).to.equal(12);
  });

  it('evaluates fresh weights on one batch of each set before the first step, given weights on all of them', async () => {
    const opening = async (model: LiveModel) => {
      await model.train({...TINY_TRAINING, steps: 1, evalBatches: 3, evalInterval: 50});
      await becomes(model, 'done');
      const [first] = model.history.evals;
      expect(first!.step).to.equal(0);
      return first!.train!.loss!;
    };
    const fresh = await opening(make());
    const given = make();
    await given.setWeights(await given.weights()); // the same
    const onAll = await opening(given);
    expect(fresh).to.be.closeTo(onAll, 0.1).and.not.closeTo(onAll, 1e-6);
  });

  it('answers between two steps, from the weights as they are then', async () => {
    const model = make();
    await model.train({...TINY_TRAINING, steps: 10_000, learningRate: 1e-2, warmupSteps: 0});
    const ask = async () => (await model.trace({text: 'one two', want: ['logits']})).logits!;
    const before = await ask();
    await reaches(model, model.step + 5);
    const after = await ask();
    const fact = await model.evaluate();
    expect(before.shape).to.deep.equal([7, model.config!.vocabSize]);
    expect(after.data).not.to.deep.equal(before.data);
    expect(fact.train.loss).to.be.above(0);
    expect(model.status).to.equal('training');
  });

  it('traces with parts of the model left out', async () => {
    const model = make();
    const trace = (options?: TraceOptions) =>
      model.trace({text: 'one two', want: ['embed', 'embed.token'], options});
    const without = await trace({interventions: [{at: 'embed.position', change: 'zero'}]});
    expect(without.embed!.data).to.deep.equal(without['embed.token']!.data);
    const whole = await trace();
    expect(whole.embed!.data).not.to.deep.equal(whole['embed.token']!.data);
  });

  it('evaluates and writes with interventions, and keeps such an evaluation out of the curve', async () => {
    const model = make();
    const plain = await model.evaluate();
    const blind = [{at: 'ln_f', change: 'zero'}] as const; // every token gets the logit 0
    const changed = await model.evaluate({interventions: blind});
    const {vocabSize} = model.config!;
    expect(changed.train.loss).to.be.closeTo(Math.log(vocabSize), 1e-4);
    expect(changed.validation.loss).to.be.closeTo(Math.log(vocabSize), 1e-4);
    expect(plain.train.loss).not.to.be.closeTo(Math.log(vocabSize), 1e-3);
    expect(model.history.evals).to.deep.equal([plain]);
    for await (const token of model.generate({prompt: 'one', maxNewTokens: 2, interventions: blind}))
      expect(token.probability).to.be.closeTo(1 / vocabSize, 1e-6);
    const nowhere = [{at: 'h.9.mlp.out', change: 'zero'}] as const;
    const error = await rejection(model.evaluate({interventions: nowhere}));
    expect(error).to.include({code: 'config'});
    expect(error.message).to.contain('no place');
  });

  it('trains without a part of the model, whose weights then stay', async () => {
    const model = make();
    const interventions = [{at: 'h.0.attn.out', change: 'zero'}] as const;
    await model.ready;
    const before = (await model.weights(['h.0.attn.c_attn.weight'])).get('h.0.attn.c_attn.weight')!.data;
    await model.train({...TINY_TRAINING, steps: 2, weightDecay: 0, interventions});
    await becomes(model, 'done');
    expect(model.facts!.training.interventions).to.deep.equal(interventions);
    expect((await model.weights()).get('h.0.attn.c_attn.weight')!.data).to.deep.equal(before);
  });

  it('attributes the logits of the next token, and reads the stream by the lens', async () => {
    const model = make();
    const {nLayers, nHeads} = (await model.ready).config;
    const ids = model.encode('one two');
    const {logits} = await model.trace({ids, want: ['logits']});
    const last = logits!.data.subarray(-model.config!.vocabSize);
    const attribution = await model.attribution({ids, targets: [0, 3]});
    expect(attribution.terms).to.have.length(2 + nLayers * (nHeads + 2) + 1);
    for (const [i, target] of [0, 3].entries()) {
      const sum = attribution.terms.reduce((total, {values}) => total + values[i]!, 0);
      expect(sum).to.be.closeTo(last[target]!, 1e-4);
    }
    const lens = await model.lens({text: 'one two', count: 1});
    expect(lens.map(({at}) => at).at(-1)).to.equal(`h.${nLayers - 1}.resid_post`);
    const best = last.indexOf(Math.max(...last));
    expect(lens.at(-1)!.likeliest.at(-1)![0]!.id).to.equal(best);
  });

  it('pauses, changes settings, steps once, goes on and stops', async () => {
    const model = make();
    await model.train({...TINY_TRAINING, steps: 10_000});
    await reaches(model, 3);
    await model.pause();
    const paused = model.step;
    expect(model.status).to.equal('paused');
    expect(model.savedFact?.step).to.equal(paused);
    expect((await model.stepOnce()).step).to.equal(paused + 1);
    expect(model.history.steps.at(-1)!.step).to.equal(paused + 1);
    await model.train({learningRate: 0.005});
    expect(model.facts!.training).to.include({learningRate: 0.005, steps: 10_000});
    expect((await rejection(model.stepOnce())).message).to.contain('pause it');
    await reaches(model, paused + 3);
    await model.stop();
    expect(model.status).to.equal('idle');
    const stopped = model.step;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(model.step).to.equal(stopped);
  });

  it('generates reproducibly, and stops when it is told to', async () => {
    const model = make();
    const write = async (seed: number) => {
      const tokens: GeneratedToken[] = [];
      for await (const token of model.generate({prompt: 'one', maxNewTokens: 8, seed})) tokens.push(token);
      return tokens;
    };
    const first = await write(1);
    expect(first).to.have.length(8);
    expect(await write(1)).to.deep.equal(first);
    expect(await write(2)).not.to.deep.equal(first);
    for (const {id, candidates, text} of first) {
      expect(candidates.map((candidate) => candidate.id)).to.include(id);
      expect(model.decode([id])).to.equal(text);
    }
    const abort = new AbortController();
    let count = 0;
    const endless = (async () => {
      for await (const _ of model.generate({maxNewTokens: 1e6, signal: abort.signal}))
        if (++count === 3) abort.abort();
    })();
    expect((await rejection(endless)).code).to.equal('canceled');
    expect(count).to.be.below(6);
    // The engine is free again, so it has really stopped.
    await model.trace({text: 'one', want: ['logits']});
  });

  it('does not begin what is canceled while the model is still opening', async () => {
    const {engine, onFact, release} = connectInProcess({...QUICK, autosaves: freshAutosaves()});
    let tokens = 0;
    onFact(({type}) => type === 'token' && tokens++);
    await engine.start('cpu');
    const opening = engine.open('m', TINY_SPEC);
    const writing = engine.generate('m', {promptIds: [], maxNewTokens: 30}, 1);
    await engine.cancel(1);
    expect((await rejection(writing)).code).to.equal('canceled');
    expect(tokens).to.equal(0);
    await opening;
    release();
  });

  it('is done only when the steps are that a run was given while its end was saved', async () => {
    const autosaves = freshAutosaves();
    const save = autosaves.save.bind(autosaves);
    let goOn = () => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const saving = new Promise<void>((resolve) => {
      autosaves.save = async (...args) => {
        resolve();
        await held;
        return save(...args);
      };
    });
    const model = make({autosaves});
    await model.train({...TINY_TRAINING, steps: 2});
    await saving;
    await model.train({steps: 4});
    goOn();
    await becomes(model, 'done', 'error');
    expect(model.step).to.equal(4);
  });

  it('writes a sample after a prompt that has no tokens as after none', async () => {
    const model = make({}, {...TINY_SPEC, tokenizer: 'word'});
    await model.train({...TINY_TRAINING, steps: 1, sampleInterval: 1, sampleTokens: 2, samplePrompt: ' '});
    await becomes(model, 'done', 'error');
    expect(model.error).to.equal(undefined);
    expect(model.history.samples).to.have.length(1);
  });

  it('resets to the same fresh weights', async () => {
    const model = make();
    const fresh = (await model.weights(['wte.weight'])).get('wte.weight')!;
    await model.train({...TINY_TRAINING, steps: 3, evalInterval: 1});
    await becomes(model, 'done');
    expect((await model.weights(['wte.weight'])).get('wte.weight')!.data).not.to.deep.equal(fresh.data);
    await model.reset();
    expect((await model.weights(['wte.weight'])).get('wte.weight')!.data).to.deep.equal(fresh.data);
    expect(model.step).to.equal(0);
    expect(model.status).to.equal('idle');
    expect(model.history).to.deep.equal({steps: [], evals: [], samples: []});
  });

  it('takes weights from outside and tells the views', async () => {
    const model = make();
    await model.ready;
    const told = new Promise((resolve) => model.addEventListener('gpt-weights', resolve, {once: true}));
    const bias = {shape: [16], data: new Float32Array(16).fill(0.5)};
    await model.setWeights(new Map([['ln_f.bias', bias]]));
    await told;
    expect((await model.weights(['ln_f.bias'])).get('ln_f.bias')).to.deep.equal(bias);
    const error = await rejection(model.setWeights({'ln_f.bias': {shape: [4], data: new Float32Array(4)}}));
    expect(error.code).to.equal('config');
  });

  it('continues after a reload exactly where it would have been', async () => {
    const options = {...TINY_TRAINING, steps: 14, dropRate: 0.1, evalInterval: 7};
    const through = make();
    await through.train(options);
    await becomes(through, 'done');

    const autosaves = freshAutosaves();
    const first = make({autosaves});
    await first.train({...options, saveInterval: 1});
    await reaches(first, 6);
    await first.pause();
    const {step} = first;
    await first.close(); // the page is gone
    const second = make({autosaves});
    expect((await second.saved())?.step).to.equal(step);
    const facts = await second.restore();
    expect(facts.step).to.equal(step);
    expect(second.status).to.equal('paused');
    expect(second.history.steps.map((fact) => fact.step)).to.deep.equal(
      Array.from({length: step}, (_, i) => i + 1),
    );
    await second.resume();
    await becomes(second, 'done');

    const losses = (model: LiveModel) => model.history.steps.map(({loss}) => loss);
    expect(losses(second)).to.deep.equal(losses(through));
    expect(second.history.evals).to.deep.equal(through.history.evals);
    expect(await second.weights()).to.deep.equal(await through.weights());
  });

  it('offers no autosave of another spec, and none that was discarded', async () => {
    const autosaves = freshAutosaves();
    const model = make({autosaves});
    await model.stepOnce();
    await model.save();
    const other = make({autosaves}, {...TINY_SPEC, seed: 2});
    expect(await other.saved()).to.equal(undefined);
    expect((await rejection(other.restore())).code).to.equal('storage');
    await model.discard();
    expect(await model.saved()).to.equal(undefined);
    expect(model.savedFact).to.equal(undefined);
  });

  it('goes on training where nothing can be saved, and says so', async () => {
    const autosaves = freshAutosaves();
    autosaves.save = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    const model = make({autosaves});
    await model.train({...TINY_TRAINING, steps: 6, saveInterval: 3});
    await becomes(model, 'done');
    expect(model.history.steps).to.have.length(6);
    expect(model.error?.code).to.equal('storage');
  });

  it('refuses in sentences what cannot be', async () => {
    const model = make();
    const refused = (work: Promise<unknown>) =>
      rejection(work).then(({code, message}) => `${code}: ${message}`);
    expect(await refused(model.train({steps: -1}))).to.equal(
      'config: steps must be a whole number of at least 1 and at most 1000000000, not -1.',
    );
    expect(await refused(model.train({lr: 1} as object))).to.contain(
      'config: “lr” is not a training setting.',
    );
    expect(await refused(model.train({precision: 'half'} as object))).to.equal(
      'config: precision must be “float32” or “mixed”, not “half”.',
    );
    expect(await refused(model.train({samplePrompt: 'ONE'}))).to.contain('token: “O”, “N”, “E” do not occur');
    expect(await refused(model.trace({ids: [99], want: ['logits']}))).to.contain(
      'token: There is no token 99',
    );
    expect(await refused(model.trace({text: 'one two three four', want: []}))).to.contain(
      'context is 16 tokens',
    );
    expect(await refused(model.train({batchSize: 65_536}))).to.match(
      /^memory: Training this model .* takes about \d/,
    );
    const short = make({}, {...TINY_SPEC, corpus: {kind: 'text', text: 'too short'}});
    expect(await refused(short.ready)).to.contain('corpus: ');
    expect(short.status).to.equal('error');
    expect(short.error?.code).to.equal('corpus');
    const strange: [ModelSpec, string][] = [
      [
        {...TINY_SPEC, preset: 'giant' as 'nano'},
        'config: There is no preset “giant”. Use one of these: nano, micro, ',
      ],
      [
        {corpus: TINY_SPEC.corpus, pretrained: 'tales' as 'tiny-tales'},
        'config: There is no trained model “tales”. Use one of these: tiny-tales.',
      ],
    ];
    for (const [spec, sentence] of strange) expect(await refused(make({}, spec).ready)).to.contain(sentence);
    const odd = make({}, {...TINY_SPEC, config: {embDim: 15, nHeads: 2}});
    expect(await refused(odd.ready)).to.contain('config: embDim (15) must be divisible by nHeads (2)');
  });

  it('is another model with another spec', async () => {
    const model = make();
    await model.stepOnce();
    model.spec = {...TINY_SPEC, config: {...TINY_SPEC.config, embDim: 8}};
    expect(model.facts).to.equal(undefined);
    expect((await model.ready).config.embDim).to.equal(8);
    expect(model.step).to.equal(0);
    expect((await model.weights(['ln_f.bias'])).get('ln_f.bias')!.shape).to.deep.equal([8]);
  });

  it('holds neither more tensors nor more bytes after 200 steps', async () => {
    const model = make();
    const options = {
      ...TINY_TRAINING,
      evalInterval: 20,
      sampleInterval: 50,
      sampleTokens: 2,
      saveInterval: 50,
    };
    await model.train({...options, steps: 20});
    await becomes(model, 'done');
    await model.trace({text: 'one', want: ['*']});
    const {numTensors, numBytes} = memory();
    await model.train({steps: 220});
    await reaches(model, 100);
    await model.trace({text: 'one', want: ['*']});
    await becomes(model, 'done');
    expect(memory()).to.include({numTensors, numBytes});
    await model.close();
    expect(memory().numTensors).to.be.below(numTensors);
  });
});
