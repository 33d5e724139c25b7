import {mul, type Tensor, tensor} from '@tensorflow/tfjs-core';
import {dropoutMask} from '../math/dropout-mask.js';
import {key as makeKey} from '../math/rng.js';
import {sizeOf} from './named-tensor.js';

/** Dropout as a pure function: the same key drops the same values, on every backend and after a reload. */
export interface Dropout {
  /** Probability that a value is set to 0. */
  rate: number;
  /** A 32-bit key, e.g. from (seed, step). */
  key: number;
}

/**
 * Returns x with some values set to 0 and the others scaled by 1 / (1 − rate), or x itself where there is no dropout.
 * @param site one of `DROPOUT_SITE`: each draws its own mask from the key
 */
export function dropout(x: Tensor, settings: Dropout | undefined, site: number): Tensor {
  if (!settings || settings.rate === 0) return x;
  const mask = dropoutMask(sizeOf(x.shape), settings.rate, makeKey(settings.key, site));
  return mul(x, tensor(mask, x.shape));
}
