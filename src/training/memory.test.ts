import {expect} from '@open-wc/testing';
import '@tensorflow/tfjs-backend-cpu';
import {profile, setBackend} from '@tensorflow/tfjs-core';
import {GPT_CONFIG_124M, type GPTConfig, normalizeConfig} from '../model/config.js';
import {estimateCache, estimateMemory} from '../model/memory.js';
import {parameterLayout} from '../model/parameters.js';
import {cacheName, decodeProgram} from '../webgpu/planner/decode-program.js';
import {trainProgram} from '../webgpu/planner/train-program.js';
import {VARIANTS} from '../webgpu/variant.js';
import {DEFAULT_TRAINING} from './options.js';
import {TrainingSession} from './session.js';
import {LanguageTask} from './tasks/language.js';

/** Shapes in which another term leads each time. */
const SHAPES = {
  small: {batchSize: 4},
  'a large vocabulary': {vocabSize: 600, batchSize: 4},
  'a long context': {contextLength: 48, batchSize: 2},
  'many heads': {contextLength: 32, nHeads: 8, embDim: 32, batchSize: 2},
  'a wide model': {embDim: 64, batchSize: 4},
  'a deep model': {nLayers: 5, batchSize: 4},
  'with dropout': {contextLength: 24, batchSize: 4, dropRate: 0.1},
};

describe('the memory of a training step', () => {
  for (const [name, {batchSize, ...changes}] of Object.entries(SHAPES)) {
    const config = normalizeConfig({
      vocabSize: 11,
      contextLength: 8,
      embDim: 16,
      nHeads: 2,
      nLayers: 2,
      dropRate: 0,
      qkvBias: true,
      tieWeights: true,
      ...changes,
    });
    const {dropRate} = config;

    it(`of the reference is estimated: ${name}`, async () => {
      await setBackend('cpu');
      const options = {...DEFAULT_TRAINING, batchSize, dropRate};
      const trainTokens = Int32Array.from({length: 200}, (_, i) => i % 11);
      const session = new TrainingSession({
        config,
        options,
        task: new LanguageTask({
          trainTokens,
          validationTokens: new Int32Array(),
          contextLength: config.contextLength,
          seed: 1,
        }),
        seed: 1,
      });
      const {peakBytes} = await profile(async () => {
        await session.step();
        return [] as never;
      });
      session.dispose();
      const {training} = estimateMemory(config, batchSize, {kernels: 'reference', dropRate});
      expect(training / peakBytes).to.be.within(0.93, 1.07);
    });

    for (const [precision, stored] of [
      ['float32', 'f32'],
      ['mixed', 'f16'],
    ] as const)
      it(`of the plan is estimated: ${name}, ${precision}`, () => {
        const {training} = estimateMemory(config, batchSize, {kernels: 'plan', precision, dropRate});
        const share = training / plannedBytes(config, batchSize, stored);
        expect(share).to.be.within(0.9, 1.04); // slots are aligned, which tells in a small model
      });
  }

  it('of the plan is estimated within 1 % for the shipped model and for GPT-2 small', () => {
    const gpt2 = {...GPT_CONFIG_124M, dropRate: 0, qkvBias: true, tieWeights: true};
    const shipped = {...gpt2, vocabSize: 601, contextLength: 64, embDim: 96, nHeads: 4, nLayers: 2};
    for (const [config, batchSize] of [
      [shipped, 16],
      [gpt2, 2],
    ] as const) {
      const {training} = estimateMemory(config, batchSize, {kernels: 'plan'});
      expect(training / plannedBytes(config, batchSize, 'f32')).to.be.within(0.99, 1.01);
    }
  });
});

/** What a plan allocates: its buffers, and the arenas of weights and moments that it is given. */
function plannedBytes(config: GPTConfig, batchSize: number, stored: 'f32' | 'f16'): number {
  const variant = {...VARIANTS.gpu, stored};
  const {buffers} = trainProgram({config, batchSize, dropout: config.dropRate > 0, variant});
  let words = 3 * parameterLayout(config).length;
  for (const size of buffers.values()) words += size;
  return 4 * words;
}

describe('the memory of writing', () => {
  for (const [name, {batchSize: _, dropRate: __, ...changes}] of Object.entries<Record<string, number>>(
    SHAPES,
  ))
    it(`the cache of keys and values is estimated: ${name}`, () => {
      const config = normalizeConfig({
        embDim: 16,
        nHeads: 2,
        nLayers: 2,
        vocabSize: 11,
        contextLength: 8,
        ...changes,
      });
      const {buffers} = decodeProgram(config, VARIANTS.gpu);
      let words = 0;
      for (let n = 0; n < config.nLayers; n++) words += buffers.get(cacheName(n))!;
      const {allocated, keysAndValues} = estimateCache(config);
      expect(allocated / (4 * words)).to.be.within(0.9, 1.1);
      expect(keysAndValues * 1.5).to.equal(allocated);
    });
});
