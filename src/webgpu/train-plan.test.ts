import {expect} from '@open-wc/testing';
import '@tensorflow/tfjs-backend-cpu';
import {setBackend} from '@tensorflow/tfjs-core';
import type {GPTConfig} from '../model/config.js';
import type {Dropout} from '../model/dropout.js';
import {IGNORE_INDEX} from '../model/loss.js';
import {parameterLayout} from '../model/parameters.js';
import {PlanError} from './program.js';
import {relativeError} from './testing/compare.js';
import {countCalls} from './testing/counts.js';
import {expectNoGpuErrors, readBuffer, testDevice} from './testing/gpu.js';
import {
  ReferenceRun,
  randomArena,
  randomBatch,
  referenceGradient,
  SETTINGS,
  TINY,
  testArenas,
} from './testing/training.js';
import {TrainPlan} from './train-plan.js';
import {VARIANTS, type Variant} from './variant.js';

interface Case {
  batchSize?: number;
  dropout?: Dropout;
  ignore?: boolean;
  variant?: Variant;
  /** Of the weights. */
  std?: number;
  /** How far each gradient may be off, as a share of its largest entry. */
  within?: number;
}

describe('a training plan', () => {
  before(() => setBackend('cpu'));
  afterEach(expectNoGpuErrors);

  async function expectReferenceGradients(
    config: GPTConfig,
    {batchSize = 3, dropout, ignore = false, variant, std, within = 5e-6}: Case = {},
  ) {
    const device = await testDevice();
    const theta = randomArena(config, 1, std);
    const batch = randomBatch(config, batchSize);
    if (ignore) batch.labels = batch.labels.map((label, i) => (i % 3 === 0 ? IGNORE_INDEX : label));
    const plan = await TrainPlan.create({
      device,
      config,
      batchSize,
      arenas: testArenas(device, theta),
      dropout: dropout !== undefined,
      variant,
    });
    const {loss, gradient} = await plan.gradient(batch, dropout);
    const reference = referenceGradient(config, theta, batch, dropout);
    expect(loss).closeTo(reference.loss, Math.max(within, 1e-5));
    const errors: string[] = [];
    for (const {name, offset, size} of plan.program.layout.slots) {
      const error = relativeError(gradient.subarray(offset, offset + size), reference.gradients.get(name)!);
      if (!(error <= within)) errors.push(`${name}: ${error.toExponential(1)}`);
    }
    expect(errors).deep.equal([]);
    plan.dispose();
  }

  it('has the loss and every gradient of the reference', () => expectReferenceGradients(TINY));
  it('has them with a head of its own', () =>
    expectReferenceGradients({...TINY, tieWeights: false, vocabSize: 50}));
  it('has them without a qkv bias', () => expectReferenceGradients({...TINY, qkvBias: false}));
  it('has them where labels are ignored', () => expectReferenceGradients(TINY, {ignore: true}));
  it('has them with dropout', () => expectReferenceGradients(TINY, {dropout: {rate: 0.2, key: 12345}}));
  it('has them where the stream is wider than a tile, and rows end within one', () =>
    expectReferenceGradients(
      {...TINY, embDim: 40, nHeads: 2, contextLength: 13, nLayers: 1},
      {batchSize: 1},
    ));

  it('has them with the kernels for graphics cards', () =>
    expectReferenceGradients(TINY, {variant: VARIANTS.gpu, dropout: {rate: 0.2, key: 12345}}));
  it('has them with the wide tiles of large models on a CPU', () =>
    expectReferenceGradients(TINY, {variant: VARIANTS.cpuQuads, dropout: {rate: 0.2, key: 12345}}));
  it('has them with tiles in quads', () =>
    expectReferenceGradients({...TINY, tieWeights: false}, {variant: VARIANTS.quads}));
  for (const base of ['cpu', 'gpu'] as const)
    it(`has them within the precision of what is saved in 16 bits (${base})`, () =>
      expectReferenceGradients(TINY, {
        variant: {...VARIANTS[base], stored: 'f16'},
        dropout: {rate: 0.2, key: 12345},
        within: 5e-3,
      }));

  it('has them where norms are not fused and a workgroup sees to each row', () =>
    expectReferenceGradients(TINY, {variant: {...VARIANTS.cpu, team: 'workgroup', fuseNormUpTo: 0}}));

  // GPT-2 124M is too much for the reference in one piece: each of its large shapes in a slice of its own.
  const GPT2_HEAD = {...TINY, embDim: 64, nHeads: 1, nLayers: 1};
  it('has them at the width of GPT-2 124M', () => {
    const slice = {...TINY, embDim: 768, nHeads: 12, nLayers: 1, contextLength: 12, vocabSize: 501};
    return expectReferenceGradients(slice, {batchSize: 1, std: 0.02});
  });
  it('has them with the vocabulary of GPT-2', () =>
    expectReferenceGradients({...GPT2_HEAD, contextLength: 8, vocabSize: 50257}, {batchSize: 1, std: 0.05}));
  it('has them at the context length of GPT-2', () =>
    expectReferenceGradients({...GPT2_HEAD, contextLength: 1024}, {batchSize: 1, std: 0.05}));

  it('does not learn from rows whose labels are all ignored, nor at all where every label is', async () => {
    const device = await testDevice();
    const theta = randomArena(TINY);
    const arenas = testArenas(device, theta);
    const plan = await TrainPlan.create({device, config: TINY, batchSize: 3, arenas});
    const batch = randomBatch(TINY, 3);
    batch.labels.fill(IGNORE_INDEX, TINY.contextLength, 2 * TINY.contextLength); // the whole second row
    const some = await plan.gradient(batch);
    const reference = referenceGradient(TINY, theta, batch);
    expect(some.loss).closeTo(reference.loss, 1e-5);
    for (const {name, offset, size} of plan.program.learning.slots)
      expect(
        relativeError(some.gradient.subarray(offset, offset + size), reference.gradients.get(name)!),
        name,
      ).below(5e-6);

    batch.labels.fill(IGNORE_INDEX);
    const none = await plan.gradient(batch);
    expect(none.loss).equal(0);
    expect(none.gradient.every((g) => g === 0)).equal(true);
    const {gradientNorm} = await plan.stepAndReport(batch, {...SETTINGS, weightDecay: 0});
    expect(gradientNorm).equal(0);
    expect(await readBuffer(device, arenas.buffers().theta, theta.length)).deep.equal(theta);
    plan.dispose();
  });

  for (const tieWeights of [true, false])
    it(`adds the gradients of several batches up, as if they were one (${tieWeights ? 'tied' : 'untied'} head)`, async () => {
      const device = await testDevice();
      const config = {...TINY, tieWeights};
      const theta = randomArena(config);
      const arenas = testArenas(device, theta);
      const plan = await TrainPlan.create({device, config, batchSize: 1, arenas});
      const whole = randomBatch(config, 3);
      const {ids, length} = whole.tokens;
      whole.labels[3] = IGNORE_INDEX; // the parts then count differently,
      whole.labels.fill(IGNORE_INDEX, length, 2 * length); // and one of them not at all
      const parts = [0, 1, 2].map((row) => {
        const cut = (values: Int32Array) => values.subarray(row * length, (row + 1) * length);
        return {tokens: {ids: cut(ids), batchSize: 1, length}, labels: cut(whole.labels)};
      });
      await plan.gradient(parts[2]!); // what stands there from before must not count
      const {loss, gradient} = await plan.gradient(parts);
      const reference = referenceGradient(config, theta, whole);
      expect(loss).closeTo(reference.loss, 1e-5);
      for (const {name, offset, size} of plan.program.learning.slots)
        expect(
          relativeError(gradient.subarray(offset, offset + size), reference.gradients.get(name)!),
          name,
        ).below(5e-6);

      const run = new ReferenceRun(config, theta);
      for (let step = 1; step <= 3; step++) {
        const report = await plan.stepAndReport(parts, {...SETTINGS, step});
        expect(report.loss, `step ${step}`).closeTo(run.step(whole, {...SETTINGS, step}).loss, 1e-4);
      }
      plan.dispose();
    });

  it('learns as the reference does, clipping and decay included', async () => {
    const device = await testDevice();
    const theta = randomArena(TINY);
    const plan = await TrainPlan.create({
      device,
      config: TINY,
      batchSize: 3,
      arenas: testArenas(device, theta),
    });
    const reference = new ReferenceRun(TINY, theta);
    for (let step = 1; step <= 20; step++) {
      const batch = randomBatch(TINY, 3, step);
      const settings = {...SETTINGS, step};
      const report = await plan.stepAndReport(batch, settings);
      const expected = reference.step(batch, settings);
      expect(report.loss, `loss of step ${step}`).closeTo(expected.loss, 1e-4);
      expect(report.gradientNorm, `norm of step ${step}`).closeTo(expected.gradientNorm, 1e-3);
    }
    plan.dispose();
  });

  it('gives the same bits for the same steps', async () => {
    const device = await testDevice();
    const run = async () => {
      const arenas = testArenas(device, randomArena(TINY));
      const plan = await TrainPlan.create({device, config: TINY, batchSize: 3, arenas, dropout: true});
      for (let step = 1; step <= 5; step++) {
        const batch = randomBatch(TINY, 3, step);
        plan.step(batch, {...SETTINGS, step, dropout: {rate: 0.1, key: step}});
      }
      const theta = await readBuffer(device, arenas.buffers().theta, plan.program.layout.length);
      plan.dispose();
      return theta;
    };
    expect(await run()).deep.equal(await run());
  });

  it('is one pass, one submission and two writes a step, and allocates nothing', async () => {
    const device = await testDevice();
    const plan = await TrainPlan.create({
      device,
      config: TINY,
      batchSize: 3,
      arenas: testArenas(device, randomArena(TINY)),
    });
    const batch = randomBatch(TINY, 3);
    plan.step(batch, SETTINGS);
    const counts = await countCalls(() => plan.step(batch, {...SETTINGS, step: 2}));
    expect(counts).deep.equal({
      dispatches: 8 + 12 * TINY.nLayers,
      passes: 1,
      submits: 1,
      writeBuffers: 2,
      buffers: 0,
      bindGroups: 0,
      pipelines: 0,
      asyncPipelines: 0,
    });
    plan.dispose();
  });

  it('leaves the weights alone where the loss is not finite', async () => {
    const device = await testDevice();
    const theta = randomArena(TINY);
    theta[parameterLayout(TINY).slots.find(({name}) => name === 'ln_f.weight')!.offset] =
      Number.POSITIVE_INFINITY;
    const arenas = testArenas(device, theta);
    const plan = await TrainPlan.create({device, config: TINY, batchSize: 3, arenas});
    const batch = randomBatch(TINY, 3);
    const {loss} = await plan.stepAndReport(batch, SETTINGS);
    expect(Number.isFinite(loss)).equal(false);
    expect(await readBuffer(device, arenas.buffers().theta, theta.length)).deep.equal(theta);
    plan.dispose();
  });

  it('keeps the gradient of the last step when a loss is asked for', async () => {
    const device = await testDevice();
    const config = {...TINY, tieWeights: false};
    const batch = randomBatch(config, 2);
    const arenas = testArenas(device, randomArena(config, 1));
    const plan = await TrainPlan.create({device, config, batchSize: 2, arenas});
    await plan.gradient(batch);
    const gradient = await plan.readGradient('wte.weight');
    expect(gradient.some((value) => value !== 0)).to.equal(true);
    await plan.loss(batch);
    expect(await plan.readGradient('wte.weight')).to.deep.equal(gradient);
    plan.dispose();
  });

  it('says why a model cannot be planned', async () => {
    const device = await testDevice();
    const config = {...TINY, embDim: 9};
    const arenas = testArenas(device, randomArena(config));
    const refusal = await TrainPlan.create({device, config, batchSize: 1, arenas}).catch((error) => error);
    expect(refusal).instanceOf(PlanError);
    expect(refusal.message).contain('multiple of 4');
  });
});
