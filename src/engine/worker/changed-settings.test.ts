import {expect} from '@open-wc/testing';
import type {AutosaveStore} from '../../checkpoint/autosave.js';
import {LiveModel} from '../../state/live-model.js';
import type {TrainingOptions} from '../../training/options.js';
import {openBackend} from '../device/backend.js';
import type {History, StepFact} from '../protocol.js';
import {
  becomes,
  connectInProcess,
  freshAutosaves,
  reaches,
  TINY_SPEC,
  TINY_TRAINING,
} from '../testing/in-process.js';
import {type Draw, failuresOf, must, QUICK} from '../testing/rounds.js';
import type {HostParts} from './host.js';

/** The cpu backend as a device that a test can lose. */
function losable(): {parts: HostParts; lose: () => void} {
  let lose = (_reason: string) => {};
  const cpu = async () => {
    const backend = await openBackend.cpu();
    return backend && {...backend, lost: new Promise<string>((resolve) => (lose = resolve))};
  };
  return {
    parts: {...QUICK, open: {...openBackend, cpu}},
    lose: () => lose('a test'),
  };
}

/** A change of settings that shows in the numbers of a step. */
const change = (draw: Draw): Partial<TrainingOptions> =>
  [
    {learningRate: 1e-4 * (1 + draw(50))},
    {weightDecay: 0.01 * draw(50)},
    {beta1: 0.5 + 0.01 * draw(45)},
    {clipNorm: 0.1 + 0.1 * draw(8)},
    {dropRate: 0.05 * draw(8)},
    {batchSize: 2 + draw(4)},
    {warmupSteps: draw(40)},
  ][draw(7)]!;

/** Every number that was told of a step, the first time and again: they must be the same. */
function watchSteps(model: LiveModel): {told: Map<number, StepFact>; different: number[]; again: number} {
  const watch = {told: new Map<number, StepFact>(), different: [] as number[], again: 0};
  model.addEventListener('gpt-step', ({detail}) => {
    const before = watch.told.get(detail.step);
    if (before) watch.again++;
    if (before && (before.loss !== detail.loss || before.learningRate !== detail.learningRate))
      watch.different.push(detail.step);
    watch.told.set(detail.step, detail);
  });
  return watch;
}

const STEPS = 40;

/** Trains, and changes settings up to four times at drawn steps. */
async function trainWithChanges(model: LiveModel, draw: Draw, saveInterval: number): Promise<void> {
  await model.train({...TINY_TRAINING, steps: STEPS, learningRate: 1e-2, warmupSteps: 5, saveInterval});
  for (let n = 0; n < 1 + draw(4); n++) {
    await reaches(model, model.step + 1 + draw(6));
    await model.train(change(draw));
  }
}

describe('settings that change in mid-run', () => {
  it('apply from the same step again when a lost device repeats steps', async function () {
    this.timeout(300_000);
    const failures = await failuresOf(50, async (draw) => {
      const {parts, lose} = losable();
      const autosaves = freshAutosaves();
      const model = new LiveModel('m', TINY_SPEC, () => connectInProcess({...parts, autosaves}), {
        backend: 'cpu',
      });
      const watch = watchSteps(model);
      await trainWithChanges(model, draw, [0, 7, 13][draw(3)]!);
      await reaches(model, model.step + 1 + draw(5));
      lose();
      if (draw(2)) {
        await reaches(model, Math.min(STEPS, model.step + 2));
        lose();
      }
      await becomes(model, 'done', 'error');
      must(model.status === 'done', `it ended in ${model.status}: ${model.error?.message}`);
      must(watch.again > 0, 'no step was repeated');
      must(watch.different.length === 0, `${watch.different.length} of ${watch.again} repeated steps differ`);
      await model.close();
    });
    expect(failures).to.deep.equal([]);
  });

  it('apply from the same step again when a run is restored after a crash', async function () {
    this.timeout(300_000);
    const failures = await failuresOf(50, async (draw) => {
      const autosaves = freshAutosaves();
      const first = new LiveModel(
        'm',
        TINY_SPEC,
        () => connectInProcess({...QUICK, autosaves: dying(autosaves)}),
        {
          backend: 'cpu',
        },
      );
      const {told} = watchSteps(first);
      await trainWithChanges(first, draw, 6 + draw(8));
      await becomes(first, 'done', 'error');
      await first.close();
      const second = new LiveModel('m', TINY_SPEC, () => connectInProcess({...QUICK, autosaves}), {
        backend: 'cpu',
      });
      const {step} = await second.restore();
      await second.resume();
      await becomes(second, 'done', 'error');
      const different = second.history.steps.filter(({step, loss}) => told.get(step)?.loss !== loss);
      must(second.step === STEPS, `it ended at step ${second.step}: ${second.error?.message}`);
      must(different.length === 0, `${different.length} of ${STEPS - step} repeated steps differ`);
      await second.close();
    });
    expect(failures).to.deep.equal([]);
  });
});

/** The store of an engine that crashes before its second save: later ones never happen. */
function dying(store: AutosaveStore<History>): AutosaveStore<History> {
  let saves = 0;
  return new Proxy(store, {
    get(target, name) {
      const member = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name === 'save' && saves++ > 0) return async () => ({step: 0, time: 0});
      return member.bind(target);
    },
  });
}
