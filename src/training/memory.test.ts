import {expect} from '@open-wc/testing';
import '@tensorflow/tfjs-backend-cpu';
import {profile, setBackend} from '@tensorflow/tfjs-core';
import {normalizeConfig} from '../model/config.js';
import {estimateMemory} from '../model/memory.js';
import {parameterLayout} from '../model/parameters.js';
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
        const variant = {...VARIANTS.gpu, stored};
        const program = trainProgram({config, batchSize, dropout: dropRate > 0, variant});
        let words = 3 * parameterLayout(config).length; // weights and moments
        for (const size of program.buffers.values()) words += size;
        const {training} = estimateMemory(config, batchSize, {kernels: 'plan', precision, dropRate});
        expect(training / (4 * words)).to.be.within(0.88, 1.04); // slots are aligned, which tells in a small model
      });
  }
});
