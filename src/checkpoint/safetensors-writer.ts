import {shorten} from '../math/shorten.js';
import {sizeOf} from '../model/named-tensor.js';
import type {FileToWrite} from './file-to-write.js';
import {METADATA} from './safetensors-header.js';
import {encodeNumbers, WRITTEN_BYTES, type WrittenDtype} from './safetensors-numbers.js';

export interface WriteOptions {
  /** Bits a number. F16 halves the file and keeps three significant digits. Default: F32. */
  dtype?: WrittenDtype;
  /** Texts that travel along. Hugging Face expects `format: 'pt'`. */
  metadata?: Readonly<Record<string, string>>;
}

export interface TensorToWrite {
  name: string;
  shape: readonly number[];
  /** Called when the tensor is written, so that its numbers need not be in memory before. */
  read(): Float32Array | Promise<Float32Array>;
}

/** Numbers that are encoded at a time. */
const SLICE = 2 ** 20;

/**
 * Returns a safetensors file that is written tensor by tensor: the very bytes that the reference implementation writes for
 * the same tensors.
 * @throws {RangeError} where a name comes twice. Writing throws it where a shape does not fit its numbers, or a number does
 *   not fit F16.
 */
export function safetensorsFile(
  tensors: Iterable<TensorToWrite>,
  {dtype = 'F32', metadata}: WriteOptions = {},
): FileToWrite {
  const {sorted, head, size} = plan([...tensors], dtype, metadata);
  return {
    size,
    async *chunks() {
      yield head;
      for (const {name, shape, read} of sorted) {
        const data = await read();
        checkSize(name, shape, data);
        for (let from = 0; from < data.length; from += SLICE)
          yield encodeNumbers(name, data.subarray(from, from + SLICE), dtype);
      }
    },
  };
}

/** Lays a file out: the order of the tensors, its first bytes (the header), and its size. */
export function plan<T extends {name: string; shape: readonly number[]}>(
  tensors: readonly T[],
  dtype: WrittenDtype,
  metadata: Readonly<Record<string, string>> | undefined,
): {sorted: T[]; head: Uint8Array<ArrayBuffer>; size: number} {
  const sorted = tensors.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const header = new Map<string, unknown>(metadata && [[METADATA, metadata]]);
  let end = 0;
  for (const {name, shape} of sorted) {
    if (name === METADATA || header.has(name))
      throw new RangeError(`“${shorten(name)}” cannot name a tensor here.`);
    const begin = end;
    end += sizeOf(shape) * WRITTEN_BYTES[dtype];
    header.set(name, {dtype, shape, data_offsets: [begin, end]});
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const length = Math.ceil(json.length / 8) * 8; // padded, so that the numbers are aligned
  const head = new Uint8Array(8 + length).fill(0x20, 8);
  new DataView(head.buffer).setBigUint64(0, BigInt(length), true);
  head.set(json, 8);
  return {sorted, head, size: head.length + end};
}

/** @throws {RangeError} where a shape does not fit its numbers. */
export function checkSize(name: string, shape: readonly number[], data: Float32Array): void {
  const size = sizeOf(shape);
  if (size !== data.length)
    throw new RangeError(
      `“${shorten(name)}” has the shape [${shape}], which is ${size} numbers, but holds ${data.length}.`,
    );
}
