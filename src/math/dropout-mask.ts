/** Dropout as a pure function of a key: the same values are dropped on every backend and in every view. */
import {hash32} from './rng.js';

/** Where in the model values are dropped: each site draws its own mask. */
export const DROPOUT_SITE = {
  embed: () => 0,
  attention: (layer: number) => 1 + 3 * layer,
  attentionOut: (layer: number) => 2 + 3 * layer,
  feedForwardOut: (layer: number) => 3 + 3 * layer,
};

// #region dropout-mask
/**
 * Returns `size` entries, each 0 with probability `rate` and 1 / (1 − rate) otherwise, so that the mean stays 1.
 * One hash gives two entries of 16 bits each, so that the rate is exact to 1/65,536.
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
// #endregion
