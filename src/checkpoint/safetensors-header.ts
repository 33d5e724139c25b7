/**
 * The header of a safetensors file, read as what it may be: somebody's attempt to break the reader.
 *
 *     8 bytes    N, little-endian, unsigned
 *     N bytes    JSON: {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …, "__metadata__": {"key": "text"}}
 *     the rest   the numbers, little-endian, row by row; offsets count from here
 *
 * Format: https://huggingface.co/docs/safetensors. As the reference implementation does, this refuses files whose tensors
 * overlap, leave a gap, or do not fill the file.
 */

import {inThousands, shorten, show} from '../math/shorten.js';

export interface TensorEntry {
  dtype: Dtype;
  shape: number[];
  /** Bytes from the start of the data, the end exclusive. */
  begin: number;
  end: number;
}

export interface SafetensorsHeader {
  /** In the order of the data. */
  tensors: Map<string, TensorEntry>;
  metadata: Map<string, string>;
  /** Where in the file the data begins, in bytes. */
  dataStart: number;
}

/** Bytes a number. */
const DTYPES = {
  ...{F64: 8, F32: 4, F16: 2, BF16: 2, F8_E4M3: 1, F8_E5M2: 1},
  ...{I64: 8, I32: 4, I16: 2, I8: 1, U64: 8, U32: 4, U16: 2, U8: 1, BOOL: 1},
} as const;
export type Dtype = keyof typeof DTYPES;

/** As in the reference implementation: a longer header is an attack, not a model. */
export const MAX_HEADER_BYTES = 100_000_000;
const MAX_DIMENSIONS = 16;
/** Under this name the header holds texts, not a tensor. */
export const METADATA = '__metadata__';

/** A file that is no safetensors file, is cut short, or contradicts itself. The message is for readers. */
export class SafetensorsError extends Error {
  override name = 'SafetensorsError';
}
const wrong = (message: string, cause?: unknown) =>
  new SafetensorsError(`This is not a valid safetensors file: ${message}`, {cause});

/**
 * Reads the header.
 * @param bytes The file's beginning, at least up to the end of the header.
 * @param fileLength Bytes of the whole file. Default: as many as are given.
 * @throws {SafetensorsError} where anything about it is not as the format says.
 */
export function readHeader(bytes: Uint8Array, fileLength: number = bytes.length): SafetensorsHeader {
  const length = headerLength(bytes, bytes.length);
  const json = parse(bytes.subarray(8, 8 + length));
  const tensors: [string, TensorEntry][] = [];
  let metadata = new Map<string, string>();
  for (const [name, value] of Object.entries(json)) {
    if (name === METADATA) metadata = readMetadata(value);
    else tensors.push([name, readEntry(name, value)]);
  }
  tensors.sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  checkCoverage(tensors, fileLength - 8 - length);
  return {tensors: new Map(tensors), metadata, dataStart: 8 + length};
}

/**
 * Returns how many bytes of header follow the first 8 bytes.
 * @param bytes The file's beginning.
 * @param available Bytes of the file in which the header must end.
 * @throws {SafetensorsError} where that is more than there is, or than the format allows.
 */
export function headerLength(bytes: Uint8Array, available: number): number {
  if (bytes.length < 8) throw wrong('it is shorter than the 8 bytes that say how long its header is.');
  const announced = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (announced > BigInt(MAX_HEADER_BYTES) && bytes.subarray(0, 8).every(isPrintable))
    throw wrong(`it begins with the text “${String.fromCharCode(...bytes.subarray(0, 8))}”.`);
  if (announced > BigInt(MAX_HEADER_BYTES))
    throw wrong(
      `it announces a header of ${inThousands(announced)} bytes; at most ${inThousands(MAX_HEADER_BYTES)} are allowed.`,
    );
  const length = Number(announced);
  if (8 + length > available)
    throw wrong(
      `its header should be ${inThousands(length)} bytes long, but only ${inThousands(available - 8)} follow. It may be cut short.`,
    );
  return length;
}

/** Whether a byte is a character of ASCII that is visible, or a space. */
const isPrintable = (byte: number): boolean => byte >= 0x20 && byte < 0x7f;

function parse(bytes: Uint8Array): object {
  let text: string;
  try {
    text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch (cause) {
    throw wrong('its header is not UTF-8 text.', cause);
  }
  if (!text.startsWith('{')) throw wrong('its header does not begin with “{”.');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw wrong(`its header is not JSON (${shorten((cause as Error).message)}).`, cause);
  }
  const twice = repeatedKey(text);
  if (twice !== undefined) throw wrong(`its header names “${shorten(twice)}” twice.`);
  return json as object;
}

/** `JSON.parse` silently takes the last of two equal keys: whoever checks one may use the other. The text is known to be JSON. */
function repeatedKey(text: string): string | undefined {
  const open: Set<string>[] = []; // the keys so far of each object that is not yet closed
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{') open.push(new Set());
    else if (text[i] === '}') open.pop();
    else if (text[i] === '"') {
      const end = endOfString(text, i);
      if (isKey(text, end)) {
        const key = JSON.parse(text.slice(i, end)) as string;
        if (open.at(-1)!.has(key)) return key;
        open.at(-1)!.add(key);
      }
      i = end - 1;
    }
  }
  return undefined;
}

/** Where the string that begins at `start` is over. A regular expression would run out of memory on one of megabytes. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i + 1;
}

/** Whether a colon follows. */
function isKey(text: string, end: number): boolean {
  while (' \t\n\r'.includes(text[end] ?? ':')) end++;
  return text[end] === ':';
}

function readMetadata(value: unknown): Map<string, string> {
  if (!isObject(value)) throw wrong(`“${METADATA}” is not an object.`);
  const entries = Object.entries(value);
  for (const [key, text] of entries)
    if (typeof text !== 'string') throw wrong(`“${shorten(key)}” in “${METADATA}” is not a text.`);
  return new Map(entries as [string, string][]);
}

function readEntry(name: string, value: unknown): TensorEntry {
  const its = (message: string) => wrong(`the tensor “${shorten(name)}” ${message}`);
  if (!isObject(value)) throw its('is not described by an object.');
  const {dtype, shape, data_offsets: offsets, ...rest} = value as Record<string, unknown>;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw its(`has an entry “${shorten(unknown)}” that the format does not know.`);
  if (typeof dtype !== 'string' || !Object.hasOwn(DTYPES, dtype))
    throw its(`has the dtype ${show(dtype)}, which the format does not know.`);
  if (!isCounts(shape) || shape.length > MAX_DIMENSIONS)
    throw its(`has the shape ${show(shape)}, which is none.`);
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!)
    throw its(`has the data_offsets ${show(offsets)}, which are none.`);
  const [begin, end] = offsets as [number, number];
  const size = shape.reduce((product, length) => product * length, DTYPES[dtype as Dtype]);
  // A product too large to be exact is larger than any file.
  if (!Number.isSafeInteger(size) || size !== end - begin)
    throw its(
      `of shape [${shape}] and dtype ${dtype} takes ${inThousands(size)} bytes, but its data has ${inThousands(end - begin)}.`,
    );
  return {dtype: dtype as Dtype, shape, begin, end};
}

/** @param tensors Sorted by where they begin. */
function checkCoverage(tensors: readonly [string, TensorEntry][], dataLength: number): void {
  let covered = 0;
  for (const [name, {begin, end}] of tensors) {
    if (begin < covered) throw wrong(`the data of “${shorten(name)}” overlaps that of another tensor.`);
    if (begin > covered)
      throw wrong(
        `before the data of “${shorten(name)}” lie ${inThousands(begin - covered)} bytes of no tensor.`,
      );
    covered = end;
  }
  if (covered > dataLength)
    throw wrong(
      `its tensors take ${inThousands(covered)} bytes, but only ${inThousands(dataLength)} follow. It may be cut short.`,
    );
  if (covered < dataLength)
    throw wrong(`after its tensors lie ${inThousands(dataLength - covered)} bytes of no tensor.`);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
