import {GPT_CONFIG_124M, type GPTConfig} from './config.js';

/** Sizes from “learns while you watch on any laptop” to GPT-2 small. `vocabSize` is replaced by the tokenizer's. */
export type PresetName = 'nano' | 'micro' | 'mini' | 'small' | 'gpt2-124M';

/** Models that ship with the library, trained (docs/model-card.md). */
export type PretrainedName = 'tiny-tales';
export const PRETRAINED_NAMES: readonly PretrainedName[] = ['tiny-tales'];

export interface Preset {
  /** For the reader, e.g. “nano”. */
  label: string;
  config: GPTConfig;
}

// As many characters as tiny-tales has: what is said of a size before the text is there is then true of the default text.
const tiny = {vocabSize: 42, dropRate: 0, qkvBias: true, tieWeights: true};

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  nano: {
    label: 'nano',
    config: {...tiny, contextLength: 64, embDim: 48, nHeads: 4, nLayers: 2},
  },
  micro: {
    label: 'micro',
    config: {...tiny, contextLength: 64, embDim: 64, nHeads: 4, nLayers: 4},
  },
  mini: {
    label: 'mini',
    config: {...tiny, contextLength: 128, embDim: 128, nHeads: 4, nLayers: 4},
  },
  small: {
    label: 'small',
    config: {...tiny, contextLength: 256, embDim: 384, nHeads: 6, nLayers: 6, dropRate: 0.1},
  },
  'gpt2-124M': {
    label: 'GPT-2 small',
    config: {...GPT_CONFIG_124M, tieWeights: true, qkvBias: true},
  },
};

export const DEFAULT_PRESET: PresetName = 'nano';
