/**
 * Weights as a safetensors file, the format of Hugging Face: https://huggingface.co/docs/safetensors.
 *
 *     const file = writeSafetensors(weights, {dtype: 'F16', metadata: {format: 'pt'}});
 *     const {tensors, metadata} = readSafetensors(file);
 *
 * It holds numbers and names, never code. Numbers are little-endian, as in every machine that runs a browser.
 */
import {type NamedTensor, sizeOf} from '../model/named-tensor.js';
import {readHeader} from './safetensors-header.js';
import {checkReadable, decodeNumbers, encodeNumbers} from './safetensors-numbers.js';
import {checkSize, plan, type WriteOptions} from './safetensors-writer.js';

export {SafetensorsError} from './safetensors-header.js';
export type {WriteOptions} from './safetensors-writer.js';

export interface SafetensorsFile {
  tensors: Map<string, NamedTensor>;
  metadata: Map<string, string>;
}

/**
 * Reads a file that is in memory: F32, F16 and BF16 become float32. The tensors are copies; the bytes may go.
 * A large file is better read by `SafetensorsReader`, tensor by tensor.
 * @param wanted Which tensors to read. Default: all. Others may be of any dtype.
 * @throws {SafetensorsError} where the file is none, or a wanted tensor is of another dtype.
 */
export function readSafetensors(
  bytes: Uint8Array,
  wanted: (name: string) => boolean = () => true,
): SafetensorsFile {
  const {tensors, metadata, dataStart} = readHeader(bytes);
  const read = new Map<string, NamedTensor>();
  for (const [name, {dtype, shape, begin, end}] of tensors)
    if (wanted(name)) {
      checkReadable(name, dtype);
      const data = new Float32Array(sizeOf(shape));
      decodeNumbers(dtype, bytes.subarray(dataStart + begin, dataStart + end), data);
      read.set(name, {shape, data});
    }
  return {tensors: read, metadata};
}

/**
 * Writes a file into memory: the very bytes that the reference implementation writes for the same tensors.
 * A large file is better written by `safetensorsFile`, tensor by tensor.
 * @throws {RangeError} where a name comes twice, a shape does not fit its numbers, or a number does not fit F16.
 */
export function writeSafetensors(
  tensors: Iterable<[name: string, tensor: NamedTensor]>,
  {dtype = 'F32', metadata}: WriteOptions = {},
): Uint8Array<ArrayBuffer> {
  const list = Array.from(tensors, ([name, {shape, data}]) => ({name, shape, data}));
  const {sorted, head, size} = plan(list, dtype, metadata);
  const file = new Uint8Array(size);
  file.set(head);
  let end = head.length;
  for (const {name, shape, data} of sorted) {
    checkSize(name, shape, data);
    const numbers = encodeNumbers(name, data, dtype);
    file.set(numbers, end);
    end += numbers.length;
  }
  return file;
}
