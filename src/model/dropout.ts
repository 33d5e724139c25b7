import {mul, type Tensor, tensor} from '@tensorflow/tfjs-core';
import {dropoutMask} from '../math/dropout-mask.js';
import {key as makeKey} from '../math/rng.js';
import {sizeOf} from './named-tensor.js';

/** Dropout as a pure function: the same key drops the same values, on every backend and after every reload. */
export interface Dropout {
  /** Share of the values set to 0. */
  rate: number;
  /** A 32-bit key, e.g. from (seed, step). */
  key: number;
}

/** Drops values of x in training; passes x through where there is no dropout. */
export function dropout(x: Tensor, settings: Dropout | undefined, site: number): Tensor {
  if (!settings || settings.rate === 0) return x;
  const mask = dropoutMask(sizeOf(x.shape), settings.rate, makeKey(settings.key, site));
  return mul(x, tensor(mask, x.shape));
}
