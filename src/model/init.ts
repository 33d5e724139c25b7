/** Initial weights, as in GPT-2. No tfjs. */
import {key, normals} from '../math/rng.js';
import type {GPTConfig} from './config.js';
import {parameterLayout} from './parameters.js';

/** Standard deviation of a matrix's initial values. */
export const INIT_STD = 0.02;

/**
 * Returns initial weights as an arena: matrices from normal(0, 0.02), biases 0, layer norms γ = 1 and β = 0. The two projections of a block
 * that add to the residual stream are scaled by 1/√(2·nLayers), so that the stream does not grow with depth (GPT-2 paper, section 2.3).
 * The same seed gives the same numbers; each slot draws from its own stream.
 */
export function initialArena(config: GPTConfig, seed: number): Float32Array {
  const {slots, length} = parameterLayout(config);
  const arena = new Float32Array(length);
  const residualStd = INIT_STD / Math.sqrt(2 * config.nLayers);
  slots.forEach(({name, shape, size, offset}, index) => {
    if (shape.length >= 2) {
      const std = name.endsWith('.c_proj.weight') ? residualStd : INIT_STD;
      arena.set(normals(size, 0, std, key(seed, index)), offset);
    } else if (name.endsWith('.weight')) {
      arena.fill(1, offset, offset + size); // a layer norm's scale
    }
  });
  return arena;
}
