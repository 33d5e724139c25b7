import {withRemedy} from '../math/remedy.js';
import {shorten, show} from '../math/shorten.js';
import {sizeOf} from '../model/named-tensor.js';
import {type ByteSource, readExactly} from './byte-source.js';
import {
  type Dtype,
  headerLength,
  readHeader,
  SafetensorsError,
  type SafetensorsHeader,
} from './safetensors-header.js';
import {checkReadable, decodeNumbers, type ReadDtype} from './safetensors-numbers.js';

/** What a file's header says about a tensor. */
export interface TensorInfo {
  dtype: Dtype;
  shape: number[];
  /** Bytes of its numbers in the file. */
  bytes: number;
}

export interface ByteProgress {
  /** Bytes that have been read. */
  done: number;
  total: number;
}

export interface ReadOptions {
  /** Which tensors to read. Default: all. Others may be of any dtype. */
  wanted?: (name: string) => boolean;
  /** Gives the array that a tensor is read into, of just its size. Default: a new one for each tensor. */
  into?: (name: string, shape: readonly number[]) => Float32Array;
  signal?: AbortSignal;
  onProgress?: (progress: ByteProgress) => void;
}

export interface TensorRead {
  name: string;
  shape: number[];
  /** Row-major, as float32. */
  data: Float32Array;
}

export interface SliceOptions {
  signal?: AbortSignal;
  /** Called with the bytes of each slice that was read. */
  onBytes?: (bytes: number) => void;
}

/** A part of a tensor's numbers, as they lie in the file. */
interface Slice {
  dtype: ReadDtype;
  bytes: Uint8Array;
  /** Index of its first number in the tensor. */
  first: number;
  count: number;
}

interface OpenFile {
  source: ByteSource;
  header: SafetensorsHeader;
}

/** A tensor is read in slices of this size, so that memory holds one slice beside the tensor. A multiple of any number's. */
const SLICE_BYTES = 4 * 2 ** 20;
const FILE_NAME = /^[^/\\]+\.safetensors$/;

/**
 * Reads safetensors files tensor by tensor; a file is never in memory as a whole.
 *
 *     const reader = await SafetensorsReader.open(blobSource(file));
 *     for await (const {name, shape, data} of reader.read()) …
 */
export class SafetensorsReader {
  /** In the order in which they are read: the order of their data. */
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** Of the first file, where there are several. */
  readonly metadata: ReadonlyMap<string, string>;
  readonly #files: readonly OpenFile[];

  private constructor(files: readonly OpenFile[]) {
    const tensors = new Map<string, TensorInfo>();
    for (const {header} of files)
      for (const [name, {dtype, shape, begin, end}] of header.tensors) {
        if (tensors.has(name))
          throw new SafetensorsError(`Two of the files hold a tensor “${shorten(name)}”.`);
        tensors.set(name, {dtype, shape, bytes: end - begin});
      }
    this.tensors = tensors;
    this.metadata = files[0]?.header.metadata ?? new Map();
    this.#files = files;
  }

  /**
   * Opens one file: reads its header.
   * @param options.name of the file, for the message where it is none
   * @throws {SafetensorsError} where it is none. @throws {SourceError} where it cannot be read.
   */
  static async open(
    source: ByteSource,
    {name, signal}: {name?: string; signal?: AbortSignal} = {},
  ): Promise<SafetensorsReader> {
    return new SafetensorsReader([await openFile(source, name, signal)]);
  }

  /**
   * Opens a model that was saved as several files with an index, `model.safetensors.index.json`.
   * @param index The content of the index.
   * @param fileOf Gives the file of a name; undefined where there is none.
   * @throws {SafetensorsError} where the index and the files do not agree. @throws {SourceError} where one cannot be read.
   */
  static async openShards(
    index: string,
    fileOf: (name: string) => ByteSource | undefined,
    signal?: AbortSignal,
  ): Promise<SafetensorsReader> {
    const names = readIndex(index);
    const files: OpenFile[] = [];
    for (const [fileName, listed] of names) {
      const source = fileOf(fileName);
      if (!source)
        throw withRemedy(
          new SafetensorsError(
            `The model lies in ${names.size} files, and “${shorten(fileName)}” is not there.`,
          ),
          'Add it.',
        );
      const file = await openFile(source, fileName, signal);
      const {tensors} = file.header;
      const missing = [...listed].find((name) => !tensors.has(name));
      const extra = [...tensors.keys()].find((name) => !listed.has(name));
      if (missing !== undefined || extra !== undefined)
        throw withRemedy(
          new SafetensorsError(
            `“${shorten(fileName)}” and the index do not belong together: ${
              missing !== undefined
                ? `it lacks “${shorten(missing)}”.`
                : `the index does not list its “${shorten(extra!)}”.`
            }`,
          ),
          'Load all files of the model again.',
        );
      files.push(file);
    }
    return new SafetensorsReader(files);
  }

  /**
   * Yields the wanted tensors in the order of their data. Leaving the loop stops reading.
   * @throws {SafetensorsError} before anything is read, where a wanted tensor is of a type that cannot be read
   * @throws {SourceError} where the file is cut short or can no longer be read
   * @throws {RangeError} where `into` gives an array of another size
   */
  async *read({
    wanted = () => true,
    into,
    signal,
    onProgress,
  }: ReadOptions = {}): AsyncGenerator<TensorRead, void, void> {
    let total = 0;
    for (const [name, {dtype, bytes}] of this.tensors)
      if (wanted(name)) {
        checkReadable(name, dtype);
        total += bytes;
      }
    let done = 0;
    for (const [name, {shape}] of this.tensors) {
      if (!wanted(name)) continue;
      const data = into?.(name, shape) ?? new Float32Array(sizeOf(shape));
      await this.readInto(name, data, {
        signal,
        onBytes: (bytes) => onProgress?.({done: (done += bytes), total}),
      });
      yield {name, shape, data};
    }
  }

  /**
   * Reads one tensor into an array of its size.
   * @throws as `read`
   */
  async readInto(name: string, into: Float32Array, options: SliceOptions = {}): Promise<void> {
    const size = sizeOf(this.#info(name).shape);
    if (into.length !== size)
      throw new RangeError(`“${shorten(name)}” has ${size} numbers; the array for it has ${into.length}.`);
    for await (const {dtype, bytes, first, count} of this.#slices(name, options))
      decodeNumbers(dtype, bytes, into.subarray(first, first + count));
  }

  /**
   * Yields the numbers of one tensor in slices, for what needs them only once. Each is overwritten by the next.
   * @throws as `read`
   */
  async *slices(name: string, options: SliceOptions = {}): AsyncGenerator<Float32Array, void, void> {
    let numbers = new Float32Array(0);
    for await (const {dtype, bytes, count} of this.#slices(name, options)) {
      if (numbers.length < count) numbers = new Float32Array(count);
      decodeNumbers(dtype, bytes, numbers.subarray(0, count));
      yield numbers.subarray(0, count);
    }
  }

  #info(name: string): TensorInfo {
    const info = this.tensors.get(name);
    if (!info) throw new RangeError(`The file holds no tensor “${shorten(name)}”.`);
    return info;
  }

  async *#slices(name: string, {signal, onBytes}: SliceOptions): AsyncGenerator<Slice, void, void> {
    const {shape} = this.#info(name);
    const {source, header} = this.#files.find((file) => file.header.tensors.has(name))!;
    const {dtype, begin, end} = header.tensors.get(name)!;
    checkReadable(name, dtype);
    const width = (end - begin) / sizeOf(shape);
    for (let from = begin; from < end; from += SLICE_BYTES) {
      const to = Math.min(end, from + SLICE_BYTES);
      const bytes = await readExactly(source, header.dataStart + from, header.dataStart + to, signal);
      onBytes?.(bytes.length);
      yield {dtype, bytes, first: (from - begin) / width, count: bytes.length / width};
    }
  }
}

async function openFile(
  source: ByteSource,
  name: string | undefined,
  signal: AbortSignal | undefined,
): Promise<OpenFile> {
  try {
    return await openUnnamed(source, signal);
  } catch (error) {
    if (name === undefined || !(error instanceof SafetensorsError)) throw error;
    if (source.size === 0)
      throw withRemedy(
        new SafetensorsError(`“${shorten(name)}” is empty.`, {cause: error}),
        'Get the file again from where the model comes from.',
      );
    throw withRemedy(
      new SafetensorsError(`“${shorten(name)}” cannot be read. ${error.message}`, {cause: error}),
      'Choose a file that was saved here or by save_pretrained in Python.',
    );
  }
}

async function openUnnamed(source: ByteSource, signal?: AbortSignal): Promise<OpenFile> {
  const start = await readExactly(source, 0, Math.min(8, source.size), signal);
  const bytes = await readExactly(source, 0, 8 + headerLength(start, source.size), signal);
  return {source, header: readHeader(bytes, source.size)};
}

/**
 * Returns the names of a sharded model's files in order, each with the tensors that it should hold.
 * @param json the content of `model.safetensors.index.json`
 * @throws {SafetensorsError} where it is no index
 */
export function readIndex(json: string): Map<string, Set<string>> {
  const wrong = (message: string, cause?: unknown) =>
    new SafetensorsError(`The index of the model’s files is not valid: ${message}`, {cause});
  let index: unknown;
  try {
    index = JSON.parse(json);
  } catch (cause) {
    throw withRemedy(wrong('it is not JSON.', cause), 'Get the file again from where the model comes from.');
  }
  const map = (index as {weight_map?: unknown} | null)?.weight_map;
  if (typeof map !== 'object' || map === null || Array.isArray(map))
    throw wrong('it has no “weight_map”, which says in which file a tensor lies.');
  const files = new Map<string, Set<string>>();
  for (const [tensor, file] of Object.entries(map)) {
    if (typeof file !== 'string' || !FILE_NAME.test(file))
      throw wrong(
        `“${shorten(tensor)}” should lie in ${show(file)}, which is no name of a safetensors file.`,
      );
    files.set(file, (files.get(file) ?? new Set()).add(tensor));
  }
  return files;
}
