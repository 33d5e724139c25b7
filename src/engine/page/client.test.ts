import {expect} from '@open-wc/testing';
import type {LiveModel} from '../../state/live-model.js';
import {createModel, removeModel} from '../../state/registry.js';
import {becomes, reaches, rejection, TINY_SPEC, TINY_TRAINING} from '../testing/in-process.js';
import {setWorkerFactory} from '../worker-factory.js';

/** Counts the workers that are alive. */
function watchWorkers(): {alive: Set<Worker>; started: number} {
  const watch = {alive: new Set<Worker>(), started: 0};
  setWorkerFactory(() => {
    const worker = new Worker(new URL('../engine.worker.js', import.meta.url), {type: 'module'});
    const terminate = worker.terminate.bind(worker);
    worker.terminate = () => {
      watch.alive.delete(worker);
      terminate();
    };
    watch.alive.add(worker);
    watch.started++;
    return worker;
  });
  return watch;
}

describe('the engine in its worker', () => {
  let seed = 100; // another model each time: autosaves stay in this browser
  const models: LiveModel[] = [];
  const make = () => {
    const model = createModel('m', {...TINY_SPEC, seed: seed++}, {backend: 'wasm'});
    models.push(model);
    return model;
  };
  afterEach(async () => {
    for (const model of models.splice(0)) {
      if (model.status !== 'closed') await model.discard().catch(() => {});
      await removeModel(model);
    }
    setWorkerFactory(undefined);
  });

  it('opens, trains, traces, generates, pauses and cancels', async () => {
    const model = make();
    await model.train({...TINY_TRAINING, steps: 100_000});
    expect(model.backend).to.include({name: 'wasm', thread: 'worker'});
    await reaches(model, 3);
    const {logits} = await model.trace({text: 'one', want: ['logits']});
    expect(logits!.data)
      .to.be.instanceOf(Float32Array)
      .with.length(3 * model.config!.vocabSize);
    const abort = new AbortController();
    let text = '';
    const writing = (async () => {
      for await (const token of model.generate({prompt: 'o', maxNewTokens: 1e6, signal: abort.signal})) {
        text += token.text;
        if (text.length === 5) abort.abort();
      }
    })();
    expect((await rejection(writing)).code).to.equal('canceled');
    await model.pause();
    expect(model.status).to.equal('paused');
    const {step} = model;
    await model.resume();
    await reaches(model, step + 2);
    expect((await rejection(model.trace({ids: [1e4], want: ['logits']}))).code).to.equal('token');
  });

  it('is one for all models, and ends with the last', async () => {
    const watch = watchWorkers();
    const [first, second] = [make(), make()];
    expect(watch.started, 'nothing has been asked').to.equal(0);
    await Promise.all([first.ready, second.ready]);
    expect(first.name).not.to.equal(second.name);
    expect(watch.started).to.equal(1);
    await removeModel(first);
    expect(watch.alive.size).to.equal(1);
    expect((await second.stepOnce()).step).to.equal(1);
    await removeModel(second);
    expect(watch.alive.size).to.equal(0);
    await second.ready;
    expect(watch.started, 'asking again starts again').to.equal(2);
  });

  it('runs on the main thread where no worker can start, and says so', async () => {
    setWorkerFactory(() => {
      throw new DOMException('worker-src', 'SecurityError');
    });
    const model = make();
    await model.train({...TINY_TRAINING, steps: 2});
    await becomes(model, 'done');
    expect(model.backend!.thread).to.equal('main');
  });

  it('runs on the main thread where the worker’s script is missing', async () => {
    setWorkerFactory(() => new Worker(new URL('./nowhere.js', import.meta.url), {type: 'module'}));
    const model = make();
    await model.ready;
    expect(model.backend!.thread).to.equal('main');
  });

  it('comes back from its autosave when the worker dies while training', async () => {
    const watch = watchWorkers();
    const model = make();
    await model.train({...TINY_TRAINING, steps: 100_000, saveInterval: 1});
    await reaches(model, 4);
    const [worker] = watch.alive;
    const writing = model.generate({maxNewTokens: 1e6});
    await writing.next();
    const pending = rejection(
      (async () => {
        for await (const _ of writing);
      })(),
    );
    worker!.dispatchEvent(new ErrorEvent('error', {message: 'out of memory', cancelable: true}));
    expect((await pending).message).to.contain('out of memory');
    await new Promise((resolve) => model.addEventListener('gpt-error', resolve, {once: true}));
    expect(model.error!.message).to.match(/started again; the model continues from its autosave at step \d+/);
    const from = model.step;
    expect(from).to.be.at.least(3);
    await reaches(model, from + 2);
    expect(model.status).to.equal('training');
    expect(model.history.steps.map(({step}) => step)).to.deep.equal(
      Array.from({length: model.step}, (_, i) => i + 1),
    );
    expect(watch.alive.size).to.equal(1);
  });

  it('does not continue a finished run of an earlier visit when the worker dies in a new one', async () => {
    const watch = watchWorkers();
    const training = {...TINY_TRAINING, warmupSteps: 0};
    const earlier = make();
    await earlier.train({...training, steps: 5});
    await becomes(earlier, 'done');
    const {spec} = earlier;
    await removeModel(earlier);
    models.splice(0);

    const model = createModel('m', spec, {backend: 'wasm'});
    models.push(model);
    await model.train({...training, steps: 1000, saveInterval: 0});
    await reaches(model, 2);
    expect(model.savedFact?.step, 'what the earlier visit left').to.equal(5);
    const [worker] = watch.alive;
    const steps: number[] = [];
    const told = new Promise((resolve) => model.addEventListener('gpt-error', resolve, {once: true}));
    worker!.dispatchEvent(new ErrorEvent('error', {message: 'out of memory', cancelable: true}));
    await told;
    model.addEventListener('gpt-step', ({detail}) => steps.push(detail.step));
    expect(model.error!.message).to.contain('starts afresh');
    await reaches(model, 8);
    expect(model.history.steps.map(({step}) => step)).to.deep.equal(
      Array.from({length: model.step}, (_, i) => i + 1),
    );
  });

  it('saves steps when the page is left, and nothing over them after a reset', async () => {
    const model = make();
    await model.stepOnce();
    window.dispatchEvent(new Event('pagehide'));
    expect((await model.saved())?.step).to.equal(1);
    await model.stepOnce();
    await model.reset();
    window.dispatchEvent(new Event('pagehide'));
    expect((await model.saved())?.step, 'an untrained model was saved over the run').to.equal(1);
  });

  it('can be asked again after its worker has died too often', async () => {
    const watch = watchWorkers();
    const model = make();
    await model.ready;
    for (let deaths = 0; model.status !== 'error'; deaths++) {
      expect(deaths).to.be.below(10);
      const [worker] = watch.alive;
      const told = new Promise((resolve) => model.addEventListener('gpt-error', resolve, {once: true}));
      worker!.dispatchEvent(new ErrorEvent('error', {message: 'out of memory', cancelable: true}));
      await told;
    }
    expect(model.error!.message).to.contain('Try again');
    expect((await model.stepOnce()).step).to.equal(1);
  });
});
