import {expect} from '@open-wc/testing';
import '@tensorflow/tfjs-backend-cpu';
import {setBackend} from '@tensorflow/tfjs-core';
import {classLabels} from '../model/classification.js';
import type {GPTConfig} from '../model/config.js';
import {type FineTuning, fineTuningLayout} from '../model/fine-tuning.js';
import {IGNORE_INDEX} from '../model/loss.js';
import {PlanError} from './program.js';
import {relativeError} from './testing/compare.js';
import {countCalls} from './testing/counts.js';
import {expectNoGpuErrors, testDevice} from './testing/gpu.js';
import {cutArenas, randomArena, randomBatch, SETTINGS, TINY} from './testing/training.js';
import {type StepSettings, TrainPlan} from './train-plan.js';
import {VARIANTS, type Variant} from './variant.js';

/** Its table has 7.2 kB, in three parts of at most 64 rows; every other parameter fits into 4 kB whole. */
const MANY_TOKENS: GPTConfig = {...TINY, vocabSize: 150};
const PIECE_BYTES = 4096;
const WHOLE = Number.POSITIVE_INFINITY;
const BATCH_SIZE = 3;
const STEPS = 4;

interface Case {
  tuning?: FineTuning;
  variant?: Variant;
  settings?: Partial<StepSettings>;
  /** Batches that count as one in each step. */
  accumulated?: number;
  pieceBytes?: number;
}

function batchFor(config: GPTConfig, {classes}: FineTuning, seed: number) {
  const batch = randomBatch(config, BATCH_SIZE, seed);
  if (classes) {
    const labels = classLabels([classes - 1, 0, seed % classes], [config.contextLength, 1, 5], batch.tokens);
    return {...batch, labels: Int32Array.from(labels)};
  }
  batch.labels[seed] = IGNORE_INDEX;
  const ends = [0, 63, 64, 127, 128, 149]; // the first and last tokens of parts
  batch.labels.set(
    ends.map((id) => Math.min(id, config.vocabSize - 1)),
    10,
  );
  return batch;
}

/** A few steps with arenas in one piece or several: the first gradient, losses and norms, and the weights at the end. */
async function train(
  config: GPTConfig,
  {tuning = {}, variant, settings, accumulated = 1}: Case,
  pieceBytes: number,
) {
  const device = await testDevice();
  const arenas = cutArenas(device, config, randomArena(config, 1, 0.2, tuning), pieceBytes, tuning);
  const dropout = settings?.dropout !== undefined;
  const plan = await TrainPlan.create({
    ...{device, config, batchSize: BATCH_SIZE, arenas, pieceBytes, dropout, variant, ...tuning},
  });
  const batches = (step: number) =>
    Array.from({length: accumulated}, (_, i) => batchFor(config, tuning, accumulated * step + i + 1));
  const {gradient} = await plan.gradient(batches(0), settings?.dropout);
  const reports = [];
  for (let step = 1; step <= STEPS; step++)
    reports.push(await plan.stepAndReport(batches(step), {...SETTINGS, step, ...settings}));
  const loss = await plan.loss(batchFor(config, tuning, 9));
  const result = {gradient, reports, loss, weights: await arenas.weights(), learning: plan.program.learning};
  plan.dispose();
  for (const buffer of Object.values(arenas.buffers())) buffer.destroy();
  return {...result, count: arenas.count};
}

/** Several buffers give what one gives, but for the order of the sums over the vocabulary and of the global norm. */
async function expectSame(config: GPTConfig, options: Case = {}) {
  const whole = await train(config, options, WHOLE);
  const cut = await train(config, options, options.pieceBytes ?? PIECE_BYTES);
  expect(cut.count).to.be.above(2);
  for (const {name, offset, size} of whole.learning.slots) {
    const [numbers, truth] = [cut, whole].map(({gradient}) => gradient.subarray(offset, offset + size));
    expect(relativeError(numbers!, truth!), name).to.be.below(2e-6);
  }
  for (const [i, {loss, gradientNorm}] of whole.reports.entries()) {
    expect(cut.reports[i]!.loss, `loss of step ${i + 1}`).to.be.closeTo(loss, 1e-5 * loss);
    expect(cut.reports[i]!.gradientNorm, `norm of step ${i + 1}`).to.be.closeTo(
      gradientNorm,
      1e-4 * gradientNorm,
    );
  }
  expect(cut.loss).to.be.closeTo(whole.loss, 1e-5 * whole.loss);
  for (const {name, offset, size} of fineTuningLayout(config, options.tuning).slots) {
    // The gradient of the keys' bias is 0 but for rounding, which AdamW makes as large as any other; nothing depends on that bias.
    if (name.endsWith('attn.c_attn.bias')) continue;
    const [numbers, truth] = [cut, whole].map(({weights}) => weights.subarray(offset, offset + size));
    expect(relativeError(numbers!, truth!), name).to.be.below(1e-4);
  }
}

describe('a training plan whose arenas lie in several buffers', () => {
  before(() => setBackend('cpu'));
  afterEach(expectNoGpuErrors);

  it('learns what it learns in one, with a table in parts', () => expectSame(MANY_TOKENS));
  it('does so with a head of its own', () => expectSame({...MANY_TOKENS, tieWeights: false}));
  it('does so with dropout and without clipping', () =>
    expectSame(MANY_TOKENS, {settings: {clipNorm: 0, dropout: {rate: 0.2, key: 12345}}}));
  it('does so with sizes that fill no tile, and no qkv bias', () =>
    expectSame(
      {...MANY_TOKENS, vocabSize: 131, embDim: 20, nHeads: 5, contextLength: 13, qkvBias: false},
      {pieceBytes: 8000},
    ));
  for (const name of ['gpu', 'cpuQuads'] as const)
    it(`does so with the kernels “${name}”`, () =>
      expectSame({...MANY_TOKENS, tieWeights: false}, {variant: VARIANTS[name]}));
  for (const tieWeights of [true, false])
    it(`adds the gradients of several batches up (${tieWeights ? 'tied' : 'untied'} head)`, () =>
      expectSame({...MANY_TOKENS, tieWeights}, {accumulated: 2}));
  it('trains a classifier', () => expectSame(MANY_TOKENS, {tuning: {classes: 3}}));
  it('trains a last block and the head of a classifier', () =>
    expectSame(
      {...MANY_TOKENS, tieWeights: false},
      {tuning: {classes: 2, trainable: (name) => /^(h\.1|ln_f|score)\./.test(name)}},
    ));
  it('trains frozen models’ tables and norms', () =>
    expectSame(MANY_TOKENS, {tuning: {trainable: (name) => /^(wte|h\.0\.ln_2)/.test(name)}}));
  for (const rank of [3, 4])
    it(`trains adapters of rank ${rank}`, () => expectSame(MANY_TOKENS, {tuning: {lora: {rank, alpha: 6}}}));
  it('trains adapters beside everything else', () =>
    expectSame(MANY_TOKENS, {tuning: {lora: {rank: 3, alpha: 6}, trainable: () => true}}));

  it('learns the same bits where no table is cut and nothing is clipped', async () => {
    const options = {settings: {clipNorm: 0}};
    const whole = await train(TINY, options, WHOLE);
    const cut = await train(TINY, options, PIECE_BYTES);
    expect(cut.count).to.be.above(2);
    expect(cut.gradient).to.deep.equal(whole.gradient);
    expect(cut.weights).to.deep.equal(whole.weights);
    expect(cut.reports.map(({loss}) => loss)).to.deep.equal(whole.reports.map(({loss}) => loss));
  });

  it('has logits in several buffers where one would be too large', async () => {
    const config = {...MANY_TOKENS, vocabSize: 600, nLayers: 1};
    const pieceBytes = 30_000; // the weights take 39 kB, the logits of 27 tokens 65
    const whole = await train(config, {}, WHOLE);
    const cut = await train(config, {}, pieceBytes);
    expect(cut.reports.at(-1)!.loss).to.be.closeTo(whole.reports.at(-1)!.loss, 1e-4);
    const device = await testDevice();
    const arenas = cutArenas(device, config, randomArena(config), pieceBytes);
    const plan = await TrainPlan.create({device, config, batchSize: BATCH_SIZE, arenas, pieceBytes});
    const logits = [...plan.program.buffers].filter(([name]) => name.startsWith('logits'));
    expect(logits).to.have.length(3);
    for (const [, words] of logits) expect(4 * words).to.be.at.most(pieceBytes);
    plan.dispose();
  });

  it('is one pass and one submission a step all the same', async () => {
    const device = await testDevice();
    const arenas = cutArenas(device, MANY_TOKENS, randomArena(MANY_TOKENS), PIECE_BYTES);
    const plan = await TrainPlan.create({
      ...{device, config: MANY_TOKENS, batchSize: BATCH_SIZE, arenas, pieceBytes: PIECE_BYTES},
    });
    const batch = randomBatch(MANY_TOKENS, BATCH_SIZE);
    plan.step(batch, SETTINGS);
    const counts = await countCalls(() => plan.step(batch, {...SETTINGS, step: 2}));
    expect(counts).to.include({passes: 1, submits: 1, writeBuffers: 2, buffers: 0, bindGroups: 0});
    expect(counts.dispatches).to.equal(plan.dispatches);
    plan.dispose();
  });

  it('changes nothing where the loss is not finite', async () => {
    const device = await testDevice();
    const theta = randomArena(MANY_TOKENS);
    theta[0] = Number.NaN;
    const arenas = cutArenas(device, MANY_TOKENS, theta, PIECE_BYTES);
    const plan = await TrainPlan.create({
      ...{device, config: MANY_TOKENS, batchSize: BATCH_SIZE, arenas, pieceBytes: PIECE_BYTES},
    });
    const {loss} = await plan.stepAndReport(randomBatch(MANY_TOKENS, BATCH_SIZE), SETTINGS);
    expect(loss).to.be.NaN;
    expect(await arenas.weights()).to.deep.equal(theta);
    plan.dispose();
  });

  it('is refused where a parameter that cannot be cut is larger than the device binds', async () => {
    const device = await testDevice();
    const config = {...TINY, embDim: 3072, nHeads: 24, nLayers: 1};
    const arenas = {buffers: () => ({}), flush: () => undefined, changed: () => undefined};
    const pieceBytes = 2 ** 27;
    const limits = {...{maxBufferSize: 2 ** 28, maxStorageBufferBindingSize: 2 ** 27}};
    const small = new Proxy(device, {
      get: (target, key) => (key === 'limits' ? limits : Reflect.get(target, key)),
    });
    const refusal = await TrainPlan.create({
      ...{device: small, config, batchSize: 1, arenas, pieceBytes, variant: VARIANTS.cpu},
    }).catch((error) => error);
    expect(refusal).to.be.instanceOf(PlanError);
    expect(refusal.message).to.contain('this device shows at most 134 MB');
  });
});
