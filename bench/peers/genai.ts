/**
 * A training step of @genai-fi/nanogpt: a model of the same sizes by its own trainer. Not quite the same model: RMS norm without bias instead
 * of layer norm, no biases in the linear layers, and the head is the embedding, so its losses are not compared. Learned positions are on, its
 * default rotary ones off. Its dist brings a patched tfjs: it needs a page where no other tfjs runs.
 */
import {tensor} from '@tensorflow/tfjs-core'; // only makes tensors: all copies of tfjs in a page share one engine
import type {Batch} from '../../src/webgpu/train-plan.js';
import {BATCH, CONFIG, settings} from '../measure/config.js';
import {selectBackend} from '../node_modules/@genai-fi/nanogpt/dist/backend.js';
import NanoGPTV1 from '../node_modules/@genai-fi/nanogpt/dist/models/NanoGPTV1.js';
import BasicTrainer from '../node_modules/@genai-fi/nanogpt/dist/training/BasicTrainer.js';
import type {Contestant} from './contestant.js';

/** Its step is for subclasses. */
class StepByStep extends BasicTrainer {
  once({tokens, labels}: Batch) {
    const xs = tensor(tokens.ids, [BATCH, CONFIG.contextLength], 'int32');
    const ys = tensor(labels, [BATCH, CONFIG.contextLength], 'int32');
    const loss = this.trainStep({}, {xs, ys});
    xs.dispose();
    ys.dispose();
    return loss;
  }
}

export async function openGenai(): Promise<Contestant> {
  await selectBackend('webgpu');
  const model = new NanoGPTV1({
    modelType: 'GenAI_NanoGPT_v1',
    vocabSize: CONFIG.vocabSize,
    blockSize: CONFIG.contextLength,
    nLayer: CONFIG.nLayers,
    nHead: CONFIG.nHeads,
    nEmbed: CONFIG.embDim,
    mlpFactor: 4,
    useRope: false,
  });
  const {learningRate, beta1, beta2, epsilon, weightDecay, clipNorm} = settings(1);
  const constant = {warmupSteps: 0, decayEpochs: 1, epochSteps: 1e9, minLearningRate: learningRate};
  const trainer = new StepByStep(model, undefined as never, {
    ...constant,
    learningRate,
    beta1,
    beta2,
    epsilon,
    weightDecay,
    clipNorm,
    lossScaling: 1,
  });
  return {
    async step(batch) {
      const loss = trainer.once(batch);
      const [number] = await loss.data();
      loss.dispose();
      return number!;
    },
  };
}
