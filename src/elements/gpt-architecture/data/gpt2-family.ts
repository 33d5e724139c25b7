/** The four sizes of GPT-2 (Radford et al. 2019), by their configurations: no weights are needed to know how large they are. */
import type {Config} from './architecture-data.js';
import {partSizes} from './sizes.js';

export interface FamilyMember {
  name: string;
  config: Config;
  parameters: number;
  /** Multiplications and additions for one token, the last of a full context. */
  flops: number;
  /** What it is made of, from the first to the last: parameters of the embeddings, and of each block. */
  embedding: number;
  block: number;
}

const SIZES: readonly [name: string, nLayers: number, nHeads: number, embDim: number][] = [
  ['small', 12, 12, 768],
  ['medium', 24, 16, 1024],
  ['large', 36, 20, 1280],
  ['XL', 48, 25, 1600],
];

export const gpt2Family = (): FamilyMember[] =>
  SIZES.map(([name, nLayers, nHeads, embDim]) => {
    const config: Config = {
      vocabSize: 50257,
      contextLength: 1024,
      embDim,
      nHeads,
      nLayers,
      dropRate: 0,
      qkvBias: true,
      tieWeights: true,
    };
    const sizes = partSizes(config, config.contextLength);
    const sum = (of: 'parameters' | 'flops', kind: RegExp): number =>
      sizes.filter(({part}) => kind.test(part)).reduce((total, size) => total + size[of], 0);
    const parameters = sum('parameters', /./);
    const embedding = sum('parameters', /^embed/);
    return {
      name: `GPT-2 ${name}`,
      config,
      parameters,
      flops: sum('flops', /./),
      embedding,
      block: (parameters - embedding) / nLayers,
    };
  });
