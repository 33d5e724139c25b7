import {expect} from '@open-wc/testing';
import {LiveModel} from '../../state/live-model.js';
import type {TrainingOptions} from '../../training/options.js';
import type {ModelSpec} from '../protocol.js';
import {
  becomes,
  connectInProcess,
  freshAutosaves,
  rejection,
  TEXT,
  TINY_SPEC,
  TINY_TRAINING,
} from '../testing/in-process.js';
import {QUICK} from '../testing/rounds.js';

/** A text in which one window has a “Z”, and a model whose head does not share the embedding of “Z”. */
const SPEC: ModelSpec = {
  ...TINY_SPEC,
  config: {...TINY_SPEC.config, tieWeights: false},
  corpus: {kind: 'text', text: `${TEXT.slice(0, 200)}Z${TEXT.slice(0, 200)}`},
};
const SETTINGS = {...TINY_TRAINING, batchSize: 1, minLearningRateShare: 1, warmupSteps: 0};

describe('a run whose numbers overflow', () => {
  const models: LiveModel[] = [];
  const make = (backend: 'cpu' | 'webgpu') => {
    const parts = {...QUICK, autosaves: freshAutosaves()};
    const model = new LiveModel('tiny', SPEC, () => connectInProcess(parts), {backend});
    models.push(model);
    return model;
  };
  /** Makes the loss NaN at the step whose batch has the “Z”. */
  const breakZ = async (model: LiveModel) => {
    await model.ready;
    const wte = (await model.weights(['wte.weight'])).get('wte.weight')!;
    const [id] = model.encode('Z');
    wte.data.fill(Number.NaN, id! * 16, (id! + 1) * 16);
    await model.setWeights({'wte.weight': wte});
  };
  afterEach(() => Promise.all(models.splice(0).map((model) => model.close())));

  for (const backend of ['cpu', 'webgpu'] as const)
    it(`names what was not finite, and keeps the weights of the last good step on ${backend}`, async () => {
      const failed = make(backend);
      await breakZ(failed);
      await failed.train({...SETTINGS, steps: 200});
      await becomes(failed, 'error', 'done');
      const message =
        /^Step (\d+) was not applied: its loss is NaN, .+ The weights are those of step (\d+)\./;
      expect(failed.statusMessage).to.match(message);
      expect(failed.error?.code).to.equal('numeric');
      const [, step, last] = message.exec(failed.statusMessage!)!.map(Number) as [number, number, number];
      expect(step, 'some steps are good').to.be.above(1);
      expect(last).to.equal(step - 1);
      expect(failed.step).to.equal(last);
      expect(failed.history.steps.at(-1)!.step).to.equal(last);
      const weights = await failed.weights();
      await failed.close();

      const stopped = make(backend);
      await breakZ(stopped);
      await stopped.train({...SETTINGS, steps: last});
      await becomes(stopped, 'error', 'done');
      expect(stopped.status, 'a run of the good steps alone').to.equal('done');
      for (const [name, {data}] of await stopped.weights()) {
        expect(weights.get(name)!.data, name).to.deep.equal(data);
        const broken = data.filter((value) => !Number.isFinite(value)).length;
        expect(broken, `numbers of ${name} that are not finite`).to.equal(name === 'wte.weight' ? 16 : 0);
      }
    });

  const NO_RUN: Partial<TrainingOptions>[] = [
    {beta1: 1},
    {beta2: 1},
    {epsilon: 0},
    {learningRate: 1e39},
    {weightDecay: 1e39},
  ];
  for (const settings of NO_RUN)
    it(`is refused before it starts: ${JSON.stringify(settings)}`, async () => {
      const model = make('cpu');
      const [name] = Object.keys(settings);
      const error = await rejection(model.train({...TINY_TRAINING, ...settings}));
      expect(error.code).to.equal('config');
      expect(error.message).to.match(new RegExp(`^${name} must be a number of at least .+, not`));
      expect(model.status).to.equal('idle');
    });
});
