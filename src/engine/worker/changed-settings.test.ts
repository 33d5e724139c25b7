import {expect} from '@open-wc/testing';
import type {AutosaveStore} from '../../checkpoint/autosave.js';
import {LiveModel} from '../../state/live-model.js';
import type {TrainingOptions} from '../../training/options.js';
import {openBackend} from '../device/backend.js';
import type {History, StepFact} from '../protocol.js';
import {connectInProcess, freshAutosaves, reaches, TINY_SPEC, TINY_TRAINING} from '../testing/in-process.js';
import {type Draw, failuresOf, must, QUICK} from '../testing/rounds.js';
import type {HostParts} from './host.js';

/** A backend that stands for a device, which a test can lose. */
function losable(): {parts: HostParts; lose: () => void} {
  let lose = (_reason: string) => {};
  const wasm = async () => {
    const backend = await openBackend.wasm();
    return backend && {...backend, lost: new Promise<string>((resolve) => (lose = resolve))};
  };
  return {
    parts: {...QUICK, open: {...openBackend, wasm}},
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

/** Trains without an end, and changes settings up to four times in mid-run. */
async function trainWithChanges(model: LiveModel, draw: Draw, saveInterval: number): Promise<void> {
  await model.train({...TINY_TRAINING, steps: 1e6, learningRate: 1e-2, warmupSteps: 5, saveInterval});
  const changes = 1 + draw(4);
  for (let n = 0; n < changes; n++) {
    await reaches(model, model.step + 1 + draw(6));
    await model.train(change(draw));
  }
  await reaches(model, model.step + 1 + draw(5));
}

/** Resolves when steps are repeated, up to the last one that was told before. */
async function repeats(model: LiveModel, watch: {told: Map<number, StepFact>}): Promise<void> {
  await reaches(model, Math.max(...watch.told.keys()) + 1);
}

describe('settings that change in mid-run', () => {
  it('apply from the same step again when a lost device repeats steps', async () => {
    const failures = await failuresOf(25, async (draw) => {
      const {parts, lose} = losable();
      const autosaves = freshAutosaves();
      const model = new LiveModel('m', TINY_SPEC, () => connectInProcess({...parts, autosaves}), {
        backend: 'wasm',
      });
      const watch = watchSteps(model);
      try {
        await trainWithChanges(model, draw, [0, 1000, 7, 13][draw(4)]!);
        for (let losses = 1 + draw(2); losses > 0; losses--) {
          lose();
          await repeats(model, watch);
        }
        must(model.status === 'training', `it ended in ${model.status}: ${model.error?.message}`);
        must(
          watch.different.length === 0,
          `${watch.different.length} of ${watch.again} repeated steps differ`,
        );
      } finally {
        await model.close();
      }
    });
    expect(failures).to.deep.equal([]);
  });

  it('apply from the same step again when a run is restored after a crash', async () => {
    const failures = await failuresOf(25, async (draw) => {
      const autosaves = freshAutosaves();
      const make = (store: AutosaveStore<History>) =>
        new LiveModel('m', TINY_SPEC, () => connectInProcess({...QUICK, autosaves: store}), {
          backend: 'wasm',
        });
      const first = make(dying(autosaves));
      const watch = watchSteps(first);
      const second = make(autosaves);
      try {
        const saved = new Promise((resolve) => first.addEventListener('gpt-saved', resolve, {once: true}));
        await Promise.all([trainWithChanges(first, draw, 1 + draw(8)), saved]);
        await first.close();
        await second.restore();
        await second.resume();
        await repeats(second, watch);
        const repeated = second.history.steps.filter(({step}) => watch.told.has(step));
        const different = repeated.filter(({step, loss}) => watch.told.get(step)!.loss !== loss);
        must(different.length === 0, `${different.length} of ${repeated.length} repeated steps differ`);
      } finally {
        await Promise.all([first.close(), second.close()]);
      }
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
