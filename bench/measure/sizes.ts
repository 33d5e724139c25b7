/** How much work and memory a training step needs, whoever does it. */
import type {GPTConfig} from '../../src/model/config.js';
import {countParameters} from '../../src/model/parameters.js';
import {logitsStride} from '../../src/webgpu/kernels/head.js';

/** Of one step. Multiply-adds count two; causal attention is counted in full, as peers do. */
export function flops({nLayers: L, embDim: C, contextLength: T, vocabSize: V}: GPTConfig, B: number): number {
  const N = B * T;
  const linear = L * 24 * N * C * C + 2 * N * C * V;
  const attention = L * 4 * B * T * T * C;
  return 3 * (linear + attention); // backward is twice forward
}

/** 16 bytes a parameter (weight, gradient, two moments) and what forward must save for backward. */
export function neededBytes(config: GPTConfig, B: number): number {
  const {nLayers: L, embDim: C, contextLength: T, nHeads: H} = config;
  const block = 16 * C + H + 4;
  const saved = B * T * (L * block + 2 * C + 2 + logitsStride(config.vocabSize));
  return 16 * countParameters(config) + 4 * saved;
}
