import type {GPTConfig} from './config.js';

/**
 * Returns the names, as patterns, of the residual stream after the embeddings and after each sublayer, as the next one reads it. No tfjs.
 * @param norm where the norms stand
 */
export const streamPoints = (norm: GPTConfig['norm']): string[] =>
  norm === 'post' ? ['embed', 'h.*.ln_1', 'h.*.ln_2'] : ['embed', 'h.*.resid_mid', 'h.*.resid_post'];
