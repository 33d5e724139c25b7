import {expect} from '@open-wc/testing';
import {tensor1d, tidy} from '@tensorflow/tfjs-core';
import {SCORE_WEIGHT} from '../../model/classifier-shapes.js';
import {normalizeConfig} from '../../model/config.js';
import type {FineTuning} from '../../model/fine-tuning.js';
import type {NamedTensor} from '../../model/named-tensor.js';
import {readArena} from '../../model/parameters.js';
import {BACKENDS, checkGPUErrors, useBackend} from '../../model/testing/backends.js';
import {GOLDEN, largest, largestDifference, unpack} from '../../model/testing/golden.js';
import {SessionError} from '../errors.js';
import golden from '../golden/classification.json';
import {lossAndGradient} from '../gradient.js';
import {DEFAULT_TRAINING, type TrainingOptions} from '../options.js';
import {TrainingSession} from '../session.js';
import {type ClassExample, ClassificationTask, classLoss} from './classification.js';

const {adamw, config} = GOLDEN.tied;
const EXAMPLES: ClassExample[] = golden.texts.map((ids, i) => ({ids, label: golden.classes[i]!}));
const OPTIONS: TrainingOptions = {
  ...DEFAULT_TRAINING,
  ...adamw,
  learningRate: golden.learningRate,
  batchSize: EXAMPLES.length, // every batch holds all texts, in some order
  minLearningRateShare: 1, // a constant learning rate
  warmupSteps: 0,
  dropRate: 0,
};

const {rank, alpha} = golden.lora;
const TUNINGS: Record<keyof typeof golden.runs, FineTuning> = {
  all: {},
  last: {trainable: (name) => /^(h\.1|ln_f|score)\./.test(name)},
  lora: {lora: {rank, alpha, layers: ['attn.c_attn', 'mlp.c_fc']}},
};

const taskFor = (tuning: FineTuning, more: {readAt?: 'last-position'} = {}) =>
  new ClassificationTask({
    train: EXAMPLES,
    validation: EXAMPLES.slice(0, 2),
    classes: 3,
    contextLength: config.contextLength,
    padId: golden.padId,
    tuning,
    seed: 1,
    ...more,
  });

/** A session of the golden model with the golden head and adapters. */
function sessionFor(task: ClassificationTask): TrainingSession {
  const added: [string, NamedTensor][] = [
    [SCORE_WEIGHT, unpack(golden.score)],
    ...(task.tuning.lora
      ? Object.entries(golden.adapters).map(([name, packed]): [string, NamedTensor] => [name, unpack(packed)])
      : []),
  ];
  const own = Object.entries(GOLDEN.tied.weights).map(([name, packed]): [string, NamedTensor] => [
    name,
    unpack(packed),
  ]);
  return new TrainingSession({config, options: OPTIONS, task, seed: 1, weights: [...own, ...added]});
}

for (const backend of BACKENDS)
  describe(`classification on ${backend}`, () => {
    before(() => useBackend(backend));
    afterEach(checkGPUErrors);

    for (const [name, expected] of Object.entries(golden.runs) as [
      keyof typeof golden.runs,
      (typeof golden.runs)['all'],
    ][])
      it(`computes and trains what PyTorch does, over padded texts (trained: ${name})`, async () => {
        const task = taskFor(TUNINGS[name]);
        const session = sessionFor(task);
        expect(session.kernels).to.equal(backend === 'webgpu' ? 'plan' : 'reference');
        const probs = await task.classify(session, EXAMPLES);
        const logits = unpack(expected.logits).data;
        for (const [i, row] of probs.entries()) {
          const exponents = [...logits.subarray(3 * i, 3 * i + 3)].map(Math.exp);
          const total = exponents.reduce((sum, value) => sum + value, 0);
          expect(
            largestDifference(
              row,
              exponents.map((value) => value / total),
            ),
          ).to.be.lessThan(1e-5);
        }
        const {train} = await session.evaluate();
        expect(train.loss).to.be.closeTo(expected.loss, 1e-5);
        const right = probs.filter((row, i) => row[golden.classes[i]!] === Math.max(...row)).length;
        expect(train.accuracy).to.equal(right / EXAMPLES.length);

        for (const [i, loss] of expected.trajectory.losses.entries()) {
          const result = await session.step();
          expect(result.loss, `loss of step ${i + 1}`).to.be.closeTo(loss, 1e-5);
          const norm = expected.trajectory.gradientNorms[i]!;
          expect(result.gradientNorm / norm, `norm of step ${i + 1}`).to.be.closeTo(1, 1e-3);
        }
        const weights = await session.weights();
        for (const [slot, packed] of Object.entries(expected.trajectory.final))
          expect(largestDifference(weights.get(slot)!.data, unpack(packed).data), slot).to.be.lessThan(1e-5);
        for (const [slot, packed] of Object.entries(GOLDEN.tied.weights))
          if (!Object.hasOwn(expected.gradients, slot))
            expect(weights.get(slot)!.data, `${slot} is frozen`).to.deep.equal(unpack(packed).data);
        session.dispose();
      });
  });

describe('a classification task', () => {
  before(() => useBackend('cpu'));

  it('has the gradients of PyTorch for what is trained, and for nothing else', () => {
    for (const [name, expected] of Object.entries(golden.runs) as [
      keyof typeof golden.runs,
      (typeof golden.runs)['all'],
    ][]) {
      const task = taskFor(TUNINGS[name]);
      const session = sessionFor(task);
      const {layout, learning} = session.arenas;
      const {theta} = session.arenas.whole();
      const arena = tidy(() => {
        const {gradient} = lossAndGradient(
          layout,
          tensor1d(theta.dataSync() as Float32Array),
          (weights) => classLoss(session.arenas.adapted(weights), config, task.batch(1, EXAMPLES.length)),
          learning,
        );
        return gradient.dataSync() as Float32Array;
      });
      const gradients = readArena(learning, arena);
      expect([...gradients.keys()].sort()).to.deep.equal(Object.keys(expected.gradients).sort());
      for (const [slot, packed] of Object.entries(expected.gradients)) {
        const {data} = unpack(packed);
        const relative = largestDifference(gradients.get(slot)!.data, data) / largest(data);
        expect(relative, `${name}: ${slot}`).to.be.lessThan(1e-3);
      }
      session.dispose();
    }
  });

  it('gives a text the same class whatever the padding, unless it reads the last position', async () => {
    const long = normalizeConfig({vocabSize: 17, contextLength: 12, embDim: 12, nHeads: 3, nLayers: 2});
    const probsAt = async (length: number, readAt: 'last-token' | 'last-position') => {
      const task = new ClassificationTask({
        train: [
          {ids: [3, 5, 7], label: 0},
          {ids: new Array(length).fill(2), label: 1},
        ],
        validation: [],
        classes: 2,
        contextLength: 12,
        padId: 0,
        readAt,
        seed: 1,
      });
      const session = new TrainingSession({config: long, options: OPTIONS, task, seed: 2});
      const [probs] = await task.classify(session, [{ids: [3, 5, 7]}]);
      session.dispose();
      return probs!;
    };
    const without = await probsAt(3, 'last-token');
    for (let length = 4; length <= 12; length++)
      expect(largestDifference(await probsAt(length, 'last-token'), without), `${length}`).to.be.lessThan(
        1e-5,
      );
    const flawed = await probsAt(12, 'last-position');
    expect(largestDifference(flawed, without)).to.be.greaterThan(1e-4);
    expect(await probsAt(3, 'last-position')).to.deep.equal(without);
  });

  it('is continued from a snapshot with the same next steps', async () => {
    const task = taskFor(TUNINGS.last);
    const session = sessionFor(task);
    for (let n = 0; n < 3; n++) await session.step();
    const restored = TrainingSession.restore(await session.snapshot(), task);
    for (let n = 0; n < 2; n++) expect((await restored.step()).loss).to.equal((await session.step()).loss);
    session.dispose();
    restored.dispose();
  });

  it('refuses data in which there is nothing to tell apart', () => {
    const make = (train: ClassExample[], classes = 2) =>
      new ClassificationTask({train, validation: [], classes, contextLength: 8, padId: 0, seed: 1});
    expect(() => make([])).to.throw(SessionError, 'no text to train on');
    expect(() => make([{ids: [1], label: 0}], 1)).to.throw(SessionError, 'two classes');
    expect(() => make([{ids: [], label: 0}])).to.throw(SessionError, 'empty');
    expect(() => make([{ids: [1], label: 2}])).to.throw(SessionError, 'from 0 to 1');
  });
});
