/**
 * The configuration of a GPT: the handful of numbers that fix every shape in the model.
 * No tfjs here: the page's main thread uses it to count parameters before anything is allocated.
 */
import {shorten, show} from '../math/shorten.js';

export interface GPTConfig {
  /** V: how many different tokens there are. */
  vocabSize: number;
  /** T: the longest sequence that the model can look at, in tokens. */
  contextLength: number;
  /** C: the width of the residual stream. */
  embDim: number;
  /** H: attention heads a layer; each is D = C / H wide. */
  nHeads: number;
  /** L: transformer blocks. */
  nLayers: number;
  /** Probability of dropping a value in training: embeddings, attention weights, residual branches. */
  dropRate: number;
  /** Whether the query/key/value projection has a bias (OpenAI's GPT-2: yes; GPT_CONFIG_124M: no). */
  qkvBias: boolean;
  /** Whether `lm_head` shares its matrix with `wte` (as OpenAI's GPT-2 does). */
  tieWeights: boolean;
  /**
   * `false`: attention sees the whole text, its future included. Such a model cannot write: it has learned to look its answer
   * up. It is there to show what the mask is for. Absent in every GPT.
   */
  causal?: boolean;
  /**
   * `post`: each norm stands after the sum, as in the first Transformer (Vaswani et al. 2017), and not before the sublayer. Only the
   * reference computes it. The final norm stays, so that both kinds have the same parameters. Absent in every GPT.
   */
  norm?: 'pre' | 'post';
}

/** The dictionary as the field writes it in Python. */
export interface GPTConfigDict {
  vocab_size: number;
  context_length: number;
  emb_dim: number;
  n_heads: number;
  n_layers: number;
  drop_rate: number;
  qkv_bias: boolean;
  tie_weights: boolean;
}

/** Either spelling, in part: what is missing is filled from the base configuration. */
export type GPTConfigInput = Partial<GPTConfig> & Partial<GPTConfigDict>;

export {LAYER_NORM_EPSILON} from '../math/layer-norm.js';

const SNAKE: Record<keyof GPTConfigDict, keyof GPTConfig> = {
  vocab_size: 'vocabSize',
  context_length: 'contextLength',
  emb_dim: 'embDim',
  n_heads: 'nHeads',
  n_layers: 'nLayers',
  drop_rate: 'dropRate',
  qkv_bias: 'qkvBias',
  tie_weights: 'tieWeights',
};

/** The GPT-2 "small" of the course, with an untied head and no qkv bias: 163,009,536 parameters. */
export const GPT_CONFIG_124M: Readonly<GPTConfig> = Object.freeze({
  vocabSize: 50257,
  contextLength: 1024,
  embDim: 768,
  nHeads: 12,
  nLayers: 12,
  dropRate: 0.1,
  qkvBias: false,
  tieWeights: false,
});

/**
 * The most that each number may be. Larger ones are mistakes: lists as long as these would freeze a page before anything could say
 * that the memory does not suffice. GPT-3, for comparison: 50,257 · 2,048 · 12,288 · 96 · 96.
 */
const LIMITS = {
  vocabSize: 2 ** 20,
  contextLength: 2 ** 17,
  embDim: 2 ** 16,
  nHeads: 2 ** 12,
  nLayers: 1000,
} as const satisfies Partial<Record<keyof GPTConfig, number>>;

/** A configuration that no model can have. The message says which number to change. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Accepts both spellings, fills what is missing from `base`, checks every number.
 * @throws {ConfigError} on an unknown key, or a number that makes no model.
 */
export function normalizeConfig(input: GPTConfigInput, base: GPTConfig = GPT_CONFIG_124M): GPTConfig {
  const config: GPTConfig = {...base};
  for (const [key, value] of Object.entries(input)) {
    const name = (Object.hasOwn(SNAKE, key) ? SNAKE[key as keyof GPTConfigDict] : key) as keyof GPTConfig;
    if (!Object.hasOwn(base, name) && name !== 'causal' && name !== 'norm')
      throw new ConfigError(
        `“${shorten(key)}” is not part of a GPT configuration. Known: ${Object.keys(base).join(', ')}.`,
      );
    if (value !== undefined) Object.assign(config, {[name]: value});
  }
  for (const [key, most] of Object.entries(LIMITS) as [keyof typeof LIMITS, number][])
    if (!Number.isInteger(config[key]) || config[key] < 1 || config[key] > most)
      throw new ConfigError(
        `${key} must be a whole number from 1 to ${most.toLocaleString('en')}, not ${show(config[key])}.`,
      );
  if (config.embDim % config.nHeads !== 0)
    throw new ConfigError(
      `embDim (${config.embDim}) must be divisible by nHeads (${config.nHeads}): each head takes an equal slice of it.`,
    );
  if (typeof config.dropRate !== 'number' || !(config.dropRate >= 0 && config.dropRate < 1))
    throw new ConfigError(`dropRate must be at least 0 and below 1, not ${show(config.dropRate)}.`);
  if (config.norm !== undefined && config.norm !== 'pre' && config.norm !== 'post')
    throw new ConfigError(`norm must be “pre” or “post”, not ${show(config.norm)}.`);
  return config;
}

/** The same configuration under the field's Python names. */
export function configToDict(config: GPTConfig): GPTConfigDict {
  return Object.fromEntries(
    Object.entries(SNAKE).map(([snake, camel]) => [snake, config[camel]]),
  ) as unknown as GPTConfigDict;
}
