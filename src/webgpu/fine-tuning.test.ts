import {expect} from '@open-wc/testing';
import '@tensorflow/tfjs-backend-cpu';
import {setBackend} from '@tensorflow/tfjs-core';
import {classLabels} from '../model/classification.js';
import type {GPTConfig} from '../model/config.js';
import type {Dropout} from '../model/dropout.js';
import {type FineTuning, fineTuningLayout, learns} from '../model/fine-tuning.js';
import {trainProgram} from './planner/train-program.js';
import {PlanError} from './program.js';
import {relativeError} from './testing/compare.js';
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

const UNTIED: GPTConfig = {...TINY, tieWeights: false};
const BATCH_SIZE = 3;

/** Texts of different lengths, padded, each with a class. */
function classBatch(config: GPTConfig, classes: number, seed = 1) {
  const {tokens} = randomBatch(config, BATCH_SIZE, seed);
  const labels = classLabels([classes - 1, 0, seed % classes], [config.contextLength, 1, 5], tokens);
  return {tokens, labels: Int32Array.from(labels)};
}

const batchFor = (config: GPTConfig, {classes}: FineTuning, seed = 1) =>
  classes ? classBatch(config, classes, seed) : randomBatch(config, BATCH_SIZE, seed);

describe('fine-tuning as a plan', () => {
  before(() => setBackend('cpu'));
  afterEach(expectNoGpuErrors);

  async function planFor(config: GPTConfig, tuning: FineTuning, dropout?: Dropout, variant?: Variant) {
    const device = await testDevice();
    const theta = randomArena(config, 1, 0.2, tuning);
    const arenas = testArenas(device, theta);
    const plan = await TrainPlan.create({
      device,
      config,
      batchSize: BATCH_SIZE,
      arenas,
      dropout: dropout !== undefined,
      variant,
      ...tuning,
    });
    const weights = () => readBuffer(device, arenas.buffers().theta, theta.length);
    return {plan, theta, weights};
  }

  /** Gradients of what learns are the reference's; a step changes that and nothing else, as the reference does. */
  async function expectReference(
    config: GPTConfig,
    tuning: FineTuning,
    dropout?: Dropout,
    variant?: Variant,
  ) {
    const {plan, theta, weights} = await planFor(config, tuning, dropout, variant);
    const batch = batchFor(config, tuning);
    const {loss, gradient} = await plan.gradient(batch, dropout);
    const reference = referenceGradient(config, theta, batch, dropout, tuning);
    expect(loss).closeTo(reference.loss, 1e-5);
    const {layout, learning} = plan.program;
    const learned = layout.slots.map(({name}) => name).filter((name) => learns(name, tuning));
    expect(learning.slots.map(({name}) => name)).deep.equal(learned);
    const errors: string[] = [];
    for (const {name, offset, size} of learning.slots) {
      const error = relativeError(gradient.subarray(offset, offset + size), reference.gradients.get(name)!);
      if (!(error <= 5e-6)) errors.push(`${name}: ${error.toExponential(1)}`);
    }
    expect(errors).deep.equal([]);

    const run = new ReferenceRun(config, theta, tuning);
    for (let step = 1; step <= 3; step++) {
      const settings = {...SETTINGS, step, ...(dropout ? {dropout} : {})};
      const other = batchFor(config, tuning, step);
      const report = await plan.stepAndReport(other, settings);
      const expected = run.step(other, settings);
      expect(report.loss, `loss of step ${step}`).closeTo(expected.loss, 1e-4);
      expect(report.gradientNorm, `norm of step ${step}`).closeTo(expected.gradientNorm, 1e-3);
    }
    const after = await weights();
    for (const {name, offset, size} of layout.slots) {
      const same = after.subarray(offset, offset + size).every((value, i) => value === theta[offset + i]);
      expect(same, name).equal(!learned.includes(name));
    }
    const backward = plan.program.dispatches
      .map(({label}) => label)
      .filter((label) => /backward$/.test(label));
    plan.dispose();
    return backward;
  }

  describe('with frozen parameters', () => {
    const trained = (pattern: RegExp): FineTuning => ({trainable: (name) => pattern.test(name)});

    it('goes back no further than to what learns', async () => {
      const backward = await expectReference(UNTIED, trained(/^h\.1\.attn|^ln_f/));
      expect(backward).deep.equal([
        'head backward',
        'ln_f backward',
        'h.1.mlp.c_proj backward',
        'h.1.mlp.c_fc backward',
        'h.1.ln_2 backward',
        'h.1.attn.c_proj backward',
        'h.1.attn backward',
        'h.1.attn.c_attn backward',
        'embedding backward',
      ]);
    });
    it('asks the head alone, where only that learns', async () => {
      expect(await expectReference(UNTIED, trained(/^lm_head/))).deep.equal(['head backward']);
    });
    it('trains biases by themselves', () => expectReference(TINY, trained(/bias$/)));
    it('trains gains by themselves', () => expectReference(TINY, trained(/ln_\w+\.weight$/)));
    it('trains matrices without their biases', () => expectReference(TINY, trained(/c_\w+\.weight$/)));
    it('trains positions by themselves', () => expectReference(TINY, trained(/^wpe/)));
    it('trains an embedding that is the head too', () => expectReference(TINY, trained(/^wte/)));
    it('trains an embedding that is not the head', () => expectReference(UNTIED, trained(/^wte/)));
    it('keeps gradient and moments only for what learns', async () => {
      const {plan} = await planFor(UNTIED, trained(/^ln_f/));
      expect(plan.program.buffers.get('gradient')).equal(128); // two slots of 64
      expect(plan.program.dispatches.at(-1)!.buffers.m!.length).equal(128);
      plan.dispose();
    });
    it('refuses to train nothing', async () => {
      const refusal = await planFor(TINY, trained(/^nothing/)).catch((error) => error);
      expect(refusal).instanceOf(PlanError);
    });
  });

  describe('for classes', () => {
    it('asks the last real token of each text (tied weights)', () => expectReference(TINY, {classes: 2}));
    it('leaves a head that is not asked alone', () => expectReference(UNTIED, {classes: 5}));
    it('drops as the reference does', () => expectReference(TINY, {classes: 3}, {rate: 0.2, key: 7}));
    it('works by workgroups too', () =>
      expectReference(TINY, {classes: 3}, undefined, {...VARIANTS.gpu, heads: 'alone'}));
    it('trains a last block and the head, as in the book', () =>
      expectReference(UNTIED, {classes: 2, trainable: (name) => /^(h\.1|ln_f|score)\./.test(name)}));
  });

  describe('with LoRA', () => {
    const lora = {rank: 4, alpha: 6};

    it('trains the adapters alone, through every linear layer', async () => {
      const backward = await expectReference(TINY, {lora});
      expect(backward.at(-1)).equal('h.0.attn.c_attn.lora_A backward'); // nothing below it learns
    });
    it('adapts the chosen layers', async () => {
      const backward = await expectReference(TINY, {lora: {rank: 8, alpha: 8, layers: ['attn.c_attn']}});
      expect(backward.filter((label) => label.includes('lora'))).length(2 * 2);
    });
    it('drops as the reference does', () => expectReference(TINY, {lora}, {rate: 0.2, key: 7}));
    it('works by workgroups too', () =>
      expectReference(TINY, {lora}, undefined, {...VARIANTS.gpu, heads: 'alone'}));
    it('trains beside everything else', () => expectReference(TINY, {lora, trainable: () => true}));
    it('trains a class head with the adapters', () => expectReference(UNTIED, {lora, classes: 2}));
    for (const rank of [1, 3, 5])
      it(`takes rank ${rank}, with two dispatches more`, async () => {
        const tuning = {lora: {rank, alpha: 6}};
        await expectReference(TINY, tuning);
        const count = (rank: number) =>
          trainProgram({
            config: TINY,
            batchSize: 2,
            dropout: false,
            variant: VARIANTS.cpu,
            lora: {rank, alpha: 6},
          }).dispatches.length;
        expect(count(rank) - count(4)).equal(2);
      });
    it('takes any rank beside everything else, in chosen layers, with half of an adapter frozen', () =>
      expectReference(TINY, {
        lora: {rank: 3, alpha: 6, layers: ['attn.c_attn', 'mlp.c_proj']},
        trainable: (name) => !name.endsWith('lora_A'),
      }));
    it('adds up the gradients of padded adapters, too', async () => {
      const {plan, theta} = await planFor(TINY, {lora: {rank: 3, alpha: 6}});
      const batches = [batchFor(TINY, {}, 1), batchFor(TINY, {}, 2)];
      const {gradient} = await plan.gradient(batches);
      const [a, b] = batches.map((batch) =>
        referenceGradient(TINY, theta, batch, undefined, {lora: {rank: 3, alpha: 6}}),
      );
      for (const {name, offset, size} of plan.program.learning.slots) {
        const mean = a!.gradients.get(name)!.map((g, i) => (g + b!.gradients.get(name)![i]!) / 2);
        expect(relativeError(gradient.subarray(offset, offset + size), mean), name).below(5e-6);
      }
      plan.dispose();
    });
    it('adds no parameters where everything else stands', () => {
      const plain = fineTuningLayout(TINY).slots;
      expect(fineTuningLayout(TINY, {lora, classes: 2}).slots.slice(0, plain.length)).deep.equal(plain);
    });
  });
});
