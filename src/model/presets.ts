import {GPT_CONFIG_124M, type GPTConfig} from './config.js';
import type {TrainingOptions} from '../training/options.js';

/** Sizes from “learns while you watch on any laptop” to GPT-2 small. `vocabSize` is replaced by the tokenizer's. */
export type PresetName = 'nano' | 'micro' | 'mini' | 'small' | 'gpt2-124M';

export interface Preset {
  /** For the reader, e.g. “nano · 50 thousand parameters”. */
  label: string;
  config: GPTConfig;
  /** What works well for this size. */
  training: Partial<TrainingOptions>;
}

const tiny = {vocabSize: 65, dropRate: 0, qkvBias: true, tieWeights: true};

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  nano: {
    label: 'nano',
    config: {...tiny, contextLength: 64, embDim: 48, nHeads: 4, nLayers: 2},
    training: {steps: 1500, batchSize: 16, learningRate: 4e-3, warmupSteps: 50},
  },
  micro: {
    label: 'micro',
    config: {...tiny, contextLength: 64, embDim: 64, nHeads: 4, nLayers: 4},
    training: {steps: 2000, batchSize: 16, learningRate: 3e-3, warmupSteps: 100},
  },
  mini: {
    label: 'mini',
    config: {...tiny, contextLength: 128, embDim: 128, nHeads: 4, nLayers: 4},
    training: {steps: 3000, batchSize: 16, learningRate: 1e-3, warmupSteps: 100},
  },
  small: {
    label: 'small',
    config: {...tiny, contextLength: 256, embDim: 384, nHeads: 6, nLayers: 6, dropRate: 0.1},
    training: {steps: 5000, batchSize: 16, learningRate: 6e-4, warmupSteps: 200},
  },
  'gpt2-124M': {
    label: 'GPT-2 small',
    config: {...GPT_CONFIG_124M, tieWeights: true, qkvBias: true},
    training: {steps: 10000, batchSize: 4, learningRate: 4e-4, warmupSteps: 500},
  },
};

export const DEFAULT_PRESET: PresetName = 'nano';
