import type {Tensor} from '@tensorflow/tfjs-core';
import type {GPTConfig} from './config.js';
import type {Dropout} from './dropout.js';
import type {Hook} from './hooks.js';
import type {Weights} from './weights.js';

/** Everything that a transformer block needs besides its input. `forward` makes one for each layer. */
export interface BlockContext {
  config: GPTConfig;
  /** The weights of this block: `weights('attn.c_attn.weight')`. */
  weights: Weights;
  /** [T, P + T] with P cached keys before the T new ones, added to the attention scores: `causalMask` or `noMask`. */
  mask: Tensor;
  /** Index of the block, from 0. Each block draws its own dropout masks. */
  layer: number;
  /** Default: no dropout, as in inference. */
  drop?: Dropout;
  /** Records each intermediate, and replaces it where an intervention says so. */
  hook: Hook;
}
