/**
 * Weights as a safetensors file, the format of Hugging Face: https://huggingface.co/docs/safetensors.
 *
 *     const file = writeSafetensors(weights, {dtype: 'F16', metadata: {format: 'pt'}});
 *     const {tensors, metadata} = readSafetensors(file);
 *
 * It holds numbers and names, never code. Numbers are little-endian, as in every machine that runs a browser.
 */
import {shorten} from '../math/shorten.js';
import type {NamedTensor} from '../model/named-tensor.js';
import {decodeBF16, decodeF16, toF16} from './float16.js';
import {METADATA, readHeader, SafetensorsError, type TensorEntry} from './safetensors-header.js';

export {SafetensorsError} from './safetensors-header.js';

export interface SafetensorsFile {
  tensors: Map<string, NamedTensor>;
  metadata: Map<string, string>;
}

/**
 * Reads a file: F32, F16 and BF16 become float32. The tensors are copies; the bytes may go.
 * @param wanted Which tensors to read. Default: all. Others may be of any dtype.
 * @throws {SafetensorsError} where the file is none, or a wanted tensor is of another dtype.
 */
export function readSafetensors(
  bytes: Uint8Array,
  wanted: (name: string) => boolean = () => true,
): SafetensorsFile {
  const {tensors, metadata, dataStart} = readHeader(bytes);
  const read = new Map<string, NamedTensor>();
  for (const [name, entry] of tensors)
    if (wanted(name)) {
      // A copy, so that it begins at an address that typed arrays can start from.
      const {buffer} = bytes.slice(dataStart + entry.begin, dataStart + entry.end);
      read.set(name, {shape: entry.shape, data: decode(name, entry, buffer)});
    }
  return {tensors: read, metadata};
}

function decode(name: string, {dtype}: TensorEntry, buffer: ArrayBuffer): Float32Array {
  if (dtype === 'F32') return new Float32Array(buffer);
  if (dtype === 'F16') return decodeF16(new Uint16Array(buffer));
  if (dtype === 'BF16') return decodeBF16(new Uint16Array(buffer));
  throw new SafetensorsError(
    `The tensor “${shorten(name)}” holds numbers of the type ${dtype}; F32, F16 and BF16 can be read.`,
  );
}

export interface WriteOptions {
  /** Bits a number. F16 halves the file and keeps three significant digits. Default: F32. */
  dtype?: 'F32' | 'F16';
  /** Texts that travel along. Hugging Face expects `format: 'pt'`. */
  metadata?: Readonly<Record<string, string>>;
}

/**
 * Writes a file: the very bytes that the reference implementation writes for the same tensors.
 * @throws {RangeError} where a name comes twice, a shape does not fit its numbers, or a number does not fit F16.
 */
export function writeSafetensors(
  tensors: Iterable<[name: string, tensor: NamedTensor]>,
  {dtype = 'F32', metadata}: WriteOptions = {},
): Uint8Array<ArrayBuffer> {
  const sorted = [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));
  const header = new Map<string, unknown>(metadata && [[METADATA, metadata]]);
  let end = 0;
  const parts = sorted.map(([name, tensor]) => {
    if (name === METADATA || header.has(name))
      throw new RangeError(`“${shorten(name)}” cannot name a tensor here.`);
    const data = encode(name, tensor, dtype);
    header.set(name, {dtype, shape: tensor.shape, data_offsets: [end, (end += data.byteLength)]});
    return data;
  });
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerLength = Math.ceil(json.length / 8) * 8; // padded, so that the numbers are aligned
  const file = new Uint8Array(8 + headerLength + end).fill(0x20, 8, 8 + headerLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.set(json, 8);
  let at = 8 + headerLength;
  for (const part of parts) {
    file.set(part, at);
    at += part.byteLength;
  }
  return file;
}

function encode(name: string, {shape, data}: NamedTensor, dtype: 'F32' | 'F16'): Uint8Array {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== data.length)
    throw new RangeError(
      `“${shorten(name)}” has the shape [${shape}], which is ${size} numbers, but holds ${data.length}.`,
    );
  if (dtype === 'F32') return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const halves = Uint16Array.from(data, toF16);
  const lost = data.findIndex((value, i) => Number.isFinite(value) && (halves[i]! & 0x7c00) === 0x7c00);
  if (lost >= 0)
    throw new RangeError(`“${shorten(name)}” holds ${data[lost]}, which F16 cannot: write it as F32.`);
  return new Uint8Array(halves.buffer);
}
