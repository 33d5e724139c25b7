/** Numbers of a safetensors file to and from float32, a slice of a tensor at a time. */

import {decodeBF16, decodeF16, encodeF16} from '../math/float16.js';
import {shorten} from '../math/shorten.js';
import {type Dtype, SafetensorsError} from './safetensors-header.js';

/** Types of numbers that can be written. */
export type WrittenDtype = 'F32' | 'F16';
export const WRITTEN_BYTES: Readonly<Record<WrittenDtype, number>> = {F32: 4, F16: 2};

/** Types of numbers that can be read. */
export type ReadDtype = 'F32' | 'F16' | 'BF16';

/** @throws {SafetensorsError} where numbers of this type cannot be read as float32. */
export function checkReadable(name: string, dtype: Dtype): asserts dtype is ReadDtype {
  if (dtype !== 'F32' && dtype !== 'F16' && dtype !== 'BF16')
    throw new SafetensorsError(
      `The tensor “${shorten(name)}” holds numbers of the type ${dtype}; F32, F16 and BF16 can be read.`,
    );
}

/** Widens numbers to float32, exactly. `bytes` may begin at any address. */
export function decodeNumbers(dtype: ReadDtype, bytes: Uint8Array, into: Float32Array): void {
  if (dtype === 'F32') {
    new Uint8Array(into.buffer, into.byteOffset, into.byteLength).set(bytes);
    return;
  }
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice();
  const halves = new Uint16Array(aligned.buffer, aligned.byteOffset, into.length);
  if (dtype === 'F16') decodeF16(halves, into);
  else decodeBF16(halves, into);
}

/**
 * Returns the numbers as the bytes of a file; of F32 a view, not a copy.
 * @throws {RangeError} where a number does not fit F16.
 */
export function encodeNumbers(name: string, data: Float32Array, dtype: WrittenDtype): Uint8Array {
  if (dtype === 'F32') return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const halves = new Uint16Array(data.length);
  encodeF16(data, halves);
  const lost = data.findIndex((value, i) => Number.isFinite(value) && (halves[i]! & 0x7c00) === 0x7c00);
  if (lost >= 0)
    throw new RangeError(`“${shorten(name)}” holds ${data[lost]}, which F16 cannot: write it as F32.`);
  return new Uint8Array(halves.buffer);
}
