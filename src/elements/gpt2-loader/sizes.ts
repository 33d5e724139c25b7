import {countParameters, type GPTConfig, normalizeConfig} from '../../state/index.js';

export interface Size {
  name: string;
  config: GPTConfig;
  parameters: number;
}

export interface Gpt2Size extends Size {
  repo: string;
  /** Bytes of its file on the hub: 32 bits per number, with the causal masks that older files hold. */
  file: number;
  /** Bytes of its weights in memory: 16 bits per number. */
  memory: number;
}

const size = (name: string, repo: string, embDim: number, nHeads: number, nLayers: number): Gpt2Size => {
  const config = normalizeConfig({embDim, nHeads, nLayers, tieWeights: true, qkvBias: true});
  const parameters = countParameters(config);
  const masks = nLayers * config.contextLength ** 2;
  return {
    ...{name, repo, config, parameters},
    file: 4 * (parameters + masks),
    memory: 2 * parameters,
  };
};

/** OpenAI's models as they lie on the hub. */
export const GPT2_SIZES: readonly Gpt2Size[] = [
  size('GPT-2 small', 'openai-community/gpt2', 768, 12, 12),
  size('GPT-2 medium', 'openai-community/gpt2-medium', 1024, 16, 24),
  size('GPT-2 large', 'openai-community/gpt2-large', 1280, 20, 36),
  size('GPT-2 XL', 'openai-community/gpt2-xl', 1600, 25, 48),
];

const tinyTales = normalizeConfig({
  ...{vocabSize: 601, contextLength: 64, embDim: 96, nHeads: 4, nLayers: 2},
  ...{tieWeights: true, qkvBias: true},
});

/** The model that comes with the library, to compare with. */
export const TINY_TALES: Size = {
  name: 'tiny-tales',
  config: tinyTales,
  parameters: countParameters(tinyTales),
};

export interface Room {
  /** What the device can hold. Undefined before the engine has started. */
  memory?: {
    /** Bytes, in all. */
    total: number;
  };
  /** Gigabytes that the browser says the machine has; undefined where it does not say. */
  toldMemory?: number;
  /** Bytes that the browser still stores for this page; undefined where it does not say. */
  storage?: number;
}

const GB = 2 ** 30;

/** Bytes that every way of computing can hold on such a machine (engine/device/backend.ts); undefined where nothing is known. */
const heldByAll = (told: number | undefined): number => (told === undefined ? 0 : Math.min(2, told / 2) * GB);

/** Returns whether so many bytes of weights fit into the device's memory; undefined where only the engine will know. */
export function fitsMemory(bytes: number, {memory, toldMemory}: Room): boolean | undefined {
  if (memory) return bytes <= memory.total;
  return bytes <= heldByAll(toldMemory) || undefined;
}

/** Returns whether the browser can keep a file of so many bytes; undefined where it does not say. */
export const fitsStorage = (bytes: number, {storage}: Room): boolean | undefined =>
  storage === undefined ? undefined : bytes <= storage;
