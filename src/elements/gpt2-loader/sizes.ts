import {countParameters, type GPTConfig, normalizeConfig} from '../../state/index.js';

export interface Gpt2Size {
  name: string;
  repo: string;
  config: GPTConfig;
  parameters: number;
  /** Bytes of its file on the hub: 32 bits a number, with the causal masks that older files hold. */
  file: number;
  /** Bytes of its weights in memory: 16 bits a number. */
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

export interface Room {
  /** What the device can hold. Undefined before the engine has started. */
  memory?: {
    /** Bytes, in all. */
    total: number;
  };
  /** Bytes that the browser still stores for this page; undefined where it does not say. */
  storage?: number;
}

export type Verdict = 'fits' | 'memory' | 'storage';

/** Returns whether a model of this size can be kept and run. */
export function verdict({file, memory}: Gpt2Size, room: Room): Verdict {
  if (room.memory && memory > room.memory.total) return 'memory';
  if (room.storage !== undefined && file > room.storage) return 'storage';
  return 'fits';
}
