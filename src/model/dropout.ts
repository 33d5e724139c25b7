import {mul, type Tensor, tensor} from '@tensorflow/tfjs-core';
import {hash32, key as makeKey} from '../math/rng.js';
import {sizeOf} from './named-tensor.js';

/** Dropout as a pure function: the same key drops the same values, on every backend and after every reload. */
export interface Dropout {
  /** Share of the values set to 0. */
  rate: number;
  /** A 32-bit key, e.g. from (seed, step). */
  key: number;
}

/** Where in the model values are dropped: each place draws its own mask. */
export const DROPOUT_SITE = {
  embed: () => 0,
  attention: (layer: number) => 1 + 3 * layer,
  attentionOut: (layer: number) => 2 + 3 * layer,
  feedForwardOut: (layer: number) => 3 + 3 * layer,
};

/**
 * `size` entries, each 0 with probability `rate` and 1 / (1 − rate) otherwise, so that the mean stays 1.
 * One hash serves two entries: 16 bits each, so a rate is met to within 1/65,536.
 */
export function dropoutMask(size: number, rate: number, streamKey: number): Float32Array {
  const threshold = Math.round(rate * 65536);
  const keep = 1 / (1 - rate);
  const mask = new Float32Array(size);
  for (let i = 0; i < size; i += 2) {
    const bits = hash32(streamKey ^ Math.imul(i + 1, 0x9e3779b1));
    if ((bits & 0xffff) >= threshold) mask[i] = keep;
    if (bits >>> 16 >= threshold && i + 1 < size) mask[i + 1] = keep;
  }
  return mask;
}

/** Drops values of x in training; passes x through where there is no dropout. */
export function dropout(x: Tensor, settings: Dropout | undefined, site: number): Tensor {
  if (!settings || settings.rate === 0) return x;
  const mask = dropoutMask(sizeOf(x.shape), settings.rate, makeKey(settings.key, site));
  return mul(x, tensor(mask, x.shape));
}
