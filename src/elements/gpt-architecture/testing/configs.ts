/** The models and the text with which tests compare cells of all tensors with the reference. */
import {type GPTConfig, normalizeConfig} from '../../../model/config.js';

export const BASE = {vocabSize: 11, contextLength: 8, embDim: 12, nHeads: 3, dropRate: 0};

export const CONFIGS: readonly [name: string, config: GPTConfig][] = [
  ['2 layers, tied head', normalizeConfig({...BASE, nLayers: 2, qkvBias: true, tieWeights: true})],
  [
    '3 layers, untied head, no qkv bias',
    normalizeConfig({...BASE, nLayers: 3, qkvBias: false, tieWeights: false}),
  ],
];

export const IDS = [3, 1, 4, 1, 5, 9];

/** Cells that are compared, drawn at random. */
export const CELLS = 200;
