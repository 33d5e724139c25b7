import {expect} from '@open-wc/testing';
import {
  connectInProcess,
  freshAutosaves,
  reaches,
  rejection,
  TINY_SPEC,
} from '../engine/testing/in-process.js';
import {LiveModel} from './live-model.js';

describe('a live model', () => {
  const autosaves = freshAutosaves();
  const make = (spec = TINY_SPEC) =>
    new LiveModel('m', spec, () => connectInProcess({autosaves}), {backend: 'cpu'});

  it('that is closed while it opens says so to who waits, and opens again', async () => {
    const model = make();
    const waiting = rejection(model.ready);
    await model.close();
    expect((await waiting).code).to.equal('canceled');
    expect(model.status).to.equal('closed');
    expect(model.error).to.equal(undefined);
    expect((await model.ready).step).to.equal(0);
    await model.close();
  });

  it('gives who waits the model of the spec that replaced theirs', async () => {
    const model = make();
    const waiting = model.ready;
    model.spec = {...TINY_SPEC, seed: 7};
    expect((await waiting).seed).to.equal(7);
    expect(model.facts!.seed).to.equal(7);
    await model.close();
  });

  it('sets its own weights, not those of another model with the same name', async () => {
    const connection = connectInProcess({autosaves});
    const named = () => new LiveModel('same', TINY_SPEC, () => connection, {backend: 'cpu'});
    const [first, second] = [named(), named()];
    await Promise.all([first.ready, second.ready]);
    const read = async (model: LiveModel) => (await model.weights(['ln_f.bias'])).get('ln_f.bias')!;
    const {shape} = await read(first);
    await second.setWeights({'ln_f.bias': {shape, data: new Float32Array(shape[0]!).fill(3)}});
    expect([...new Set((await read(first)).data)]).to.deep.equal([0]);
    expect([...new Set((await read(second)).data)]).to.deep.equal([3]);
    await Promise.all([first.close(), second.close()]);
  });

  it('opens nothing in order to pause or stop it', async () => {
    const model = make();
    await model.pause();
    await model.stop();
    expect(model.status).to.equal('closed');
  });

  it('says that there is a saved run when it is opened again', async () => {
    const first = make();
    await first.stepOnce();
    await first.save();
    await first.close();
    const second = make();
    await second.ready;
    expect(second.savedFact?.step).to.equal(1);
    expect(second.step).to.equal(0);
    await second.close();
  });

  it('reads a relative address from the page, not from the worker', async () => {
    const model = make({...TINY_SPEC, corpus: {kind: 'url', url: '/src/state/live-model.test.ts'}});
    expect((await model.ready).corpus.excerpt).to.contain('@open-wc/testing');
    await model.close();
  });

  it('keeps its curve when it is opened, evaluated and trained by several at once', async () => {
    const model = make();
    await Promise.all([model.train({steps: 5, saveInterval: 0}), model.evaluate(), model.evaluate()]);
    await reaches(model, 5);
    expect(model.history.evals.filter(({step}) => step === 0)).to.have.length(1);
    expect(model.history.steps.map(({step}) => step)).to.deep.equal([1, 2, 3, 4, 5]);
    await model.close();
  });
});
