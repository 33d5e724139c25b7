/** Initial weights, as in GPT-2. No tfjs. */
import {key, normals} from '../math/rng.js';
import type {GPTConfig} from './config.js';
import {parameterLayout} from './parameters.js';

/** Standard deviation of a matrix's initial values. */
export const INIT_STD = 0.02;

/**
 * Returns the standard deviation of a parameter's initial values: 0.02 for a matrix, 0.02 / √(2·nLayers) for the two projections of a block
 * that add to the residual stream, so that the stream does not grow with depth (GPT-2 paper, section 2.3). Undefined for a vector, whose
 * values all start equal.
 */
export function initialDeviation(
  name: string,
  shape: readonly number[],
  nLayers: number,
): number | undefined {
  if (shape.length < 2) return undefined;
  return name.endsWith('.c_proj.weight') ? INIT_STD / Math.sqrt(2 * nLayers) : INIT_STD;
}

/** Returns the key of a parameter's initial numbers. @param index Of its slot in the model's layout */
export const initialKey = (seed: number, index: number): number => key(seed, index);

/**
 * Returns initial weights as an arena: matrices from normal(0, σ) with `initialDeviation`, biases 0, layer norms γ = 1 and β = 0.
 * The same seed gives the same numbers; each slot draws from its own stream.
 */
export function initialArena(config: GPTConfig, seed: number): Float32Array {
  const {slots, length} = parameterLayout(config);
  const arena = new Float32Array(length);
  slots.forEach(({name, shape, size, offset}, index) => {
    const std = initialDeviation(name, shape, config.nLayers);
    if (std !== undefined) {
      arena.set(normals(size, 0, std, initialKey(seed, index)), offset);
    } else if (name.endsWith('.weight')) {
      arena.fill(1, offset, offset + size); // a layer norm's scale
    }
  });
  return arena;
}
