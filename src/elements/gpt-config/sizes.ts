/** What a configuration costs: numbers to learn, bytes, operations. */
import {
  type CacheEstimate,
  countParameters,
  estimateCache,
  estimateMemory,
  flopsPerToken,
  GPT_CONFIG_124M,
  type GPTConfig,
  parameterShapes,
  type TokenFlops,
} from '../../state/sizes.js';

export interface SizePreset {
  name: string;
  config: GPTConfig;
}

const gpt2 = (embDim: number, nHeads: number, nLayers: number): GPTConfig => ({
  ...GPT_CONFIG_124M,
  embDim,
  nHeads,
  nLayers,
  qkvBias: true,
  tieWeights: true,
});

/**
 * From the model of this course to the largest GPT-2 (Radford et al. 2019), all with tied weights and biases; and GPT-2 small as
 * `GPT_CONFIG_124M` has it, with a head of its own and without biases of queries, keys and values.
 */
export const SIZE_PRESETS: readonly SizePreset[] = [
  {name: 'tiny-tales', config: {...gpt2(96, 4, 2), vocabSize: 601, contextLength: 64, dropRate: 0}},
  {name: 'GPT-2 small', config: gpt2(768, 12, 12)},
  {name: '… untied', config: {...GPT_CONFIG_124M}},
  {name: 'GPT-2 medium', config: gpt2(1024, 16, 24)},
  {name: 'GPT-2 large', config: gpt2(1280, 20, 36)},
  {name: 'GPT-2 XL', config: gpt2(1600, 25, 48)},
];

/** A kind of parameters, over all blocks. */
export interface Part {
  name: string;
  kind: 'tokens' | 'positions' | 'attention' | 'mlp' | 'norms' | 'head';
  parameters: number;
}

const KINDS: readonly {kind: Part['kind']; name: string; matches: RegExp}[] = [
  {kind: 'tokens', name: 'token embedding', matches: /^wte/},
  {kind: 'positions', name: 'position embedding', matches: /^wpe/},
  {kind: 'attention', name: 'attention', matches: /\.attn\./},
  {kind: 'mlp', name: 'feed-forward', matches: /\.mlp\./},
  {kind: 'norms', name: 'layer norms', matches: /ln_/},
  {kind: 'head', name: 'output head', matches: /^lm_head/},
];

/** The parameters of a model by kind; they add up to `countParameters`. */
export function partsOf(config: GPTConfig): Part[] {
  const shapes = parameterShapes(config);
  return KINDS.map(({kind, name, matches}) => ({
    kind,
    name,
    parameters: shapes
      .filter(([shape]) => matches.test(shape))
      .reduce((sum, [, shape]) => sum + shape.reduce((product, side) => product * side), 0),
  }));
}

export interface Sizes {
  config: GPTConfig;
  /** Windows in a training step. */
  batchSize: number;
  parameters: number;
  parts: readonly Part[];
  /** Bytes in float32. */
  weights: number;
  training: number;
  cache: CacheEstimate;
  flops: TokenFlops;
}

/** @param batchSize Windows a training step. */
export function sizesOf(config: GPTConfig, batchSize: number): Sizes {
  const {weights, training} = estimateMemory(config, batchSize, {kernels: 'plan', dropRate: config.dropRate});
  return {
    config,
    batchSize,
    parameters: countParameters(config),
    parts: partsOf(config),
    weights,
    training,
    cache: estimateCache(config),
    flops: flopsPerToken(config),
  };
}
