/**
 * LoRA (Hu et al. 2021): a large matrix W [in, out] is frozen, and a product of two thin matrices is trained beside it,
 *   y = x W + b + (α / r) · (x A) B,    A [in, r], B [r, out].
 * B starts at 0, so that the model is unchanged at first. r (in + out) numbers are trained instead of in · out. Afterwards the product can be
 * added to W, and the model is as fast as before.
 */
import {add, matMul, mul, type Tensor2D} from '@tensorflow/tfjs-core';
import {key, normals} from '../math/rng.js';
import type {GPTConfig} from './config.js';
import {type NamedShape, type ParameterLayout, parameterShapes} from './parameters.js';
import type {Weights} from './weights.js';

/** The linear layers of a block. */
export const LORA_LAYERS = ['attn.c_attn', 'attn.c_proj', 'mlp.c_fc', 'mlp.c_proj'] as const;

export type LoraLayer = (typeof LORA_LAYERS)[number];

export interface LoraOptions {
  /** r: the inner dimension of A B. */
  rank: number;
  /** α: the product is scaled by α / r, so that the learning rate need not change with r. */
  alpha: number;
  /** Which layers of every block; default: all four. */
  layers?: readonly LoraLayer[];
}

/** α / r */
export const loraScale = ({rank, alpha}: LoraOptions): number => alpha / rank;

export const loraA = (layer: string): string => `${layer}.lora_A`;
export const loraB = (layer: string): string => `${layer}.lora_B`;

/** Returns whether a parameter belongs to an adapter. */
export const isLora = (name: string): boolean => /\.lora_[AB]$/.test(name);

/** Returns the adapted layers' names: `h.0.attn.c_attn`, … */
export function loraLayerNames({nLayers}: GPTConfig, {layers = LORA_LAYERS}: LoraOptions): string[] {
  return Array.from({length: nLayers}, (_, n) => layers.map((layer) => `h.${n}.${layer}`)).flat();
}

/**
 * Returns the parameters that the adapters add to a model.
 * @throws {RangeError} where the rank is no whole number of at least 1
 */
export function loraShapes(config: GPTConfig, lora: LoraOptions): NamedShape[] {
  const {rank} = lora;
  if (!(Number.isInteger(rank) && rank >= 1))
    throw new RangeError(`LoRA’s rank must be a whole number of at least 1, not ${rank}.`);
  const shapes = new Map(parameterShapes(config));
  return loraLayerNames(config, lora).flatMap((layer): NamedShape[] => {
    const [inner, outer] = shapes.get(`${layer}.weight`) as [number, number];
    return [
      [loraA(layer), [inner, rank]],
      [loraB(layer), [rank, outer]],
    ];
  });
}

/**
 * Writes the adapters' initial values into an arena of this layout: A from normal(0, 1/√in), so that x A is about as large as x; B is 0.
 * Other slots keep their values.
 */
export function initLora({slots}: ParameterLayout, arena: Float32Array, seed: number): void {
  slots.forEach(({name, shape, size, offset}, index) => {
    if (name.endsWith('.lora_A'))
      arena.set(normals(size, 0, 1 / Math.sqrt(shape[0]!), key(seed, index)), offset);
    else if (name.endsWith('.lora_B')) arena.fill(0, offset, offset + size);
  });
}

/** Returns the same weights with W + (α / r) A B where a layer has an adapter: `forward` then computes the adapted model. */
export function loraWeights(weights: Weights, config: GPTConfig, lora: LoraOptions): Weights {
  const adapted = new Set(loraLayerNames(config, lora).map((layer) => `${layer}.weight`));
  const weight = (name: string) => {
    if (!adapted.has(name)) return weights(name);
    const layer = name.slice(0, -'.weight'.length);
    const change = matMul(weights(loraA(layer)) as Tensor2D, weights(loraB(layer)) as Tensor2D);
    return add(weights(name), mul(change, loraScale(lora)));
  };
  return Object.assign(weight, {packed: weights.packed}); // of tables alone: no adapter changes them
}

/**
 * Returns a parameter with its adapter added, where it has one: W + (α / r) A B. No tfjs.
 * @param read gives a parameter by its name; its numbers are not changed
 */
export async function mergedWeight(
  name: string,
  config: GPTConfig,
  lora: LoraOptions,
  read: (name: string) => Float32Array | Promise<Float32Array>,
): Promise<Float32Array> {
  const w = await read(name);
  const layer = name.replace(/\.weight$/, '');
  if (layer === name || !loraLayerNames(config, lora).includes(layer)) return w;
  const [a, b] = [await read(loraA(layer)), await read(loraB(layer))];
  const {rank} = lora;
  const merged = w.slice();
  const outer = b.length / rank;
  for (let i = 0; i < w.length / outer; i++)
    for (let q = 0; q < rank; q++) {
      const factor = loraScale(lora) * a[i * rank + q]!;
      for (let j = 0; j < outer; j++) merged[i * outer + j]! += factor * b[q * outer + j]!;
    }
  return merged;
}
