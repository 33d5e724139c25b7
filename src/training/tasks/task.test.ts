import {expect} from '@open-wc/testing';
import {ConfigError, normalizeConfig} from '../../model/config.js';
import {useBackend} from '../../model/testing/backends.js';
import {singleSequence} from '../../model/tokens.js';
import type {LabeledBatch} from '../batches.js';
import {DEFAULT_TRAINING} from '../options.js';
import {TrainingSession} from '../session.js';
import {LanguageTask, nextTokenLoss} from './language.js';
import {normalizeTask, type TaskSpec} from './spec.js';
import type {EvaluatedModel, SetName, Task} from './task.js';

const config = normalizeConfig({vocabSize: 5, contextLength: 4, embDim: 8, nHeads: 2, nLayers: 1});
const options = {...DEFAULT_TRAINING, batchSize: 3, learningRate: 1e-2, warmupSteps: 0};

/** Repeats one token: a task that has nothing in common with a text, with a second metric. */
class RepeatTask implements Task {
  readonly examples = {train: 5, validation: 0};
  readonly loss = nextTokenLoss;
  readonly tuning = {};
  readonly isPlannable = false;

  batch(step: number, batchSize: number): LabeledBatch {
    const ids = Int32Array.from({length: batchSize * 4}, (_, i) => (step + Math.floor(i / 4)) % 5);
    return {tokens: {ids, batchSize, length: 4}, labels: ids};
  }

  async evaluate(model: EvaluatedModel, set: SetName) {
    if (set === 'validation') return {loss: Number.NaN, certainty: Number.NaN};
    const ids = Int32Array.of(1, 1, 1, 1);
    const loss = await model.loss({tokens: singleSequence(ids), labels: ids});
    return {loss, certainty: Math.exp(-loss)};
  }
}

describe('a training session', () => {
  it('trains, evaluates and restores a task that it knows nothing of', async () => {
    await useBackend('wasm');
    const task = new RepeatTask();
    const session = new TrainingSession({config, options, task, seed: 1});
    const before = await session.evaluate();
    for (let n = 0; n < 20; n++) await session.step();
    const {train, validation} = await session.evaluate();
    expect(train.loss).to.be.below(before.train.loss);
    expect(train.certainty).to.be.above(before.train.certainty!);
    expect(train.certainty).to.be.closeTo(Math.exp(-train.loss), 1e-12);
    expect(validation).to.deep.equal({loss: Number.NaN, certainty: Number.NaN});
    const restored = TrainingSession.restore(await session.snapshot(), task);
    expect((await restored.step()).loss).to.equal((await session.step()).loss);
    session.dispose();
    restored.dispose();
  });

  it('leaves a task without a plan to the reference, also on WebGPU', async () => {
    await useBackend('webgpu');
    const text = Int32Array.from({length: 40}, (_, i) => i % 5);
    const language = new LanguageTask({trainTokens: text, validationTokens: text, contextLength: 4, seed: 1});
    for (const [task, kernels] of [
      [new RepeatTask(), 'reference'],
      [language, 'plan'],
    ] as const) {
      const session = new TrainingSession({config, options, task, seed: 1});
      expect(session.kernels).to.equal(kernels);
      session.dispose();
    }
  });
});

describe('language modeling', () => {
  it('makes the batch of a step from the seed and the step alone', () => {
    const text = Int32Array.from({length: 400}, (_, i) => (i * i) % 5);
    const make = (seed: number) =>
      new LanguageTask({trainTokens: text, validationTokens: text, contextLength: 4, seed});
    const [task, same, other] = [make(1), make(1), make(2)];
    const batches = [1, 2, 3].map((step) => task.batch(step, 3));
    expect(same.batch(3, 3), 'without the steps before').to.deep.equal(batches[2]);
    expect(other.batch(3, 3)).not.to.deep.equal(batches[2]);
    for (const {tokens, labels} of batches)
      expect(Array.from(tokens.ids.subarray(1, 4)), 'each label is the next token').to.deep.equal(
        Array.from(labels.subarray(0, 3)),
      );
  });

  it('is the default, and an unknown kind of task is refused by name', () => {
    expect(normalizeTask()).to.deep.equal({kind: 'language'});
    for (const kind of ['poetry', '', undefined, null, 1])
      expect(() => normalizeTask({kind} as unknown as TaskSpec)).to.throw(ConfigError, `no task “${kind}”`);
  });
});
