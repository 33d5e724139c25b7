import {withRemedy} from '../math/remedy.js';
import {shorten} from '../math/shorten.js';
import type {GPTConfig} from '../model/config.js';
import {type ParameterLayout, parameterShapes} from '../model/parameters.js';
import {loadTokenizer} from '../tokenizers/load.js';
import {type Tokenizer, TokenizerSpecError} from '../tokenizers/tokenizer.js';
import type {ByteSource} from './byte-source.js';
import {fitTokenizer} from './fit-tokenizer.js';
import {HuggingFaceError} from './hugging-face/error.js';
import {openFolder} from './hugging-face/open-folder.js';
import {
  type ReadWeightsOptions,
  readSlices,
  readWeights,
  type SliceRead,
  type WeightRead,
} from './hugging-face/read-weights.js';
import {type MappedTensor, mapTensors} from './hugging-face/tensor-map.js';
import {conversionAdvice} from './other-formats.js';
import {SafetensorsError} from './safetensors-header.js';
import {SafetensorsReader, type SliceOptions} from './safetensors-reader.js';
import {ARENA_PREFIX, type ArenaName, readTrainingFile} from './training-file.js';
import {openZip} from './zip/open-zip.js';

/** A run that was saved with its model. */
export interface OpenRun {
  /** Unchecked. */
  saved: Record<string, unknown>;
  /** Reads the slots of an arena; undefined where the file has none of them. @throws as `SafetensorsReader.readInto` */
  arena(name: ArenaName, layout: ParameterLayout, options?: SliceOptions): Promise<Float32Array | undefined>;
}

export interface OpenCheckpoint {
  config: GPTConfig;
  /** Names of the classes of a classifier, whose head is among the weights. */
  classes?: readonly string[];
  /** Has a token for each row of the model's vocabulary. */
  tokenizer: Tokenizer;
  /** Sentences for readers: what the files say that is done otherwise here. */
  notes: string[];
  /** Which tensor of the files becomes which of the model. */
  tensors: readonly MappedTensor[];
  /** Reads the weights and yields each tensor when it is done (see `readWeights`). */
  weights(options?: ReadWeightsOptions): AsyncGenerator<WeightRead, void, void>;
  /** Reads the weights a few megabytes at a time (see `readSlices`). */
  slices(options?: Omit<ReadWeightsOptions, 'into'>): AsyncGenerator<SliceRead, void, void>;
  /** Settings that the model was trained with. Unchecked. */
  training?: unknown;
  /** Where the files hold a run that can be continued. */
  run?: OpenRun;
}

const isNamed = (extension: string) => (path: string) => path.toLowerCase().endsWith(extension);

/**
 * Opens a checkpoint that was saved here, a Hugging Face folder, or a zip file of one: reads everything but the weights, and checks
 * that they fit.
 * @param files By path.
 * @throws {HuggingFaceError} where the files are of another format or incomplete; the message says what to do
 * @throws as `openFolder` and `openZip` where something is damaged
 */
export async function openCheckpoint(
  files: ReadonlyMap<string, ByteSource>,
  signal?: AbortSignal,
): Promise<OpenCheckpoint> {
  if (files.size === 0)
    throw withRemedy(new HuggingFaceError('The folder is empty.'), 'Choose the files of a model.');
  const [only] = [...files.keys()];
  if (files.size === 1 && isNamed('.zip')(only!)) {
    const inside = await openZip(files.get(only!)!, signal);
    return openFiles(new Map([...inside].filter(([path]) => !isNamed('/')(path))), signal);
  }
  return openFiles(files, signal);
}

async function openFiles(
  files: ReadonlyMap<string, ByteSource>,
  signal?: AbortSignal,
): Promise<OpenCheckpoint> {
  const paths = [...files.keys()];
  const weights = paths.filter(isNamed('.safetensors'));
  if (paths.some((path) => /(^|\/)config\.json$/.test(path))) return openHuggingFace(files, signal);
  const packed = paths.find(isNamed('.zip'));
  if (packed)
    throw withRemedy(
      new HuggingFaceError(
        `“${shorten(packed)}” lies beside other files, so it is unclear which is the model.`,
      ),
      'Choose the .zip alone, or the others without it.',
    );
  if (weights.length === 1) return openTraining(weights[0]!, files.get(weights[0]!)!, signal);
  const advice = conversionAdvice(paths);
  if (advice) throw new HuggingFaceError(advice);
  if (weights.length > 1)
    throw withRemedy(
      new HuggingFaceError(
        `There are ${weights.length} files of weights, but no config.json, which says how large the model is.`,
      ),
      'Choose the whole folder, or one checkpoint.',
    );
  throw withRemedy(
    new HuggingFaceError('There are no weights among the files.'),
    'Choose a .safetensors file that was saved here, a Hugging Face folder, or a .zip of one.',
  );
}

async function openHuggingFace(
  files: ReadonlyMap<string, ByteSource>,
  signal?: AbortSignal,
): Promise<OpenCheckpoint> {
  const {tokenizer, ...folder} = await openFolder(files, signal);
  const {config, classes} = folder;
  return {...folder, tokenizer: await fitTokenizer(tokenizer, config, {mayPad: classes !== undefined})};
}

async function openTraining(name: string, source: ByteSource, signal?: AbortSignal): Promise<OpenCheckpoint> {
  const reader = await SafetensorsReader.open(source, {name, signal});
  const {config, tokenizer: spec, run: saved, training} = readTrainingFile(name, reader);
  const own = new Set(parameterShapes(config).map(([tensor]) => tensor)); // beside moments, and what fine-tuning adds
  const map = mapTensors(config, new Map([...reader.tensors].filter(([tensor]) => own.has(tensor))));
  return {
    config: map.config,
    notes: [],
    tokenizer: await fitTokenizer(await savedTokenizer(spec), config),
    tensors: map.tensors,
    weights: (options) => readWeights(reader, map, options),
    slices: (options) => readSlices(reader, map, options),
    training,
    run: saved && {saved, arena: (arena, layout, options) => readSlots(reader, arena, layout, options)},
  };
}

/** @throws {TokenizerSpecError} where the file's tokenizer is none */
async function savedTokenizer(spec: Parameters<typeof loadTokenizer>[0]): Promise<Tokenizer> {
  try {
    return await loadTokenizer(spec);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    throw new TokenizerSpecError(`The file’s tokenizer is damaged: ${error.message}`, {cause: error});
  }
}

async function readSlots(
  reader: SafetensorsReader,
  arena: ArenaName,
  {slots, length}: ParameterLayout,
  options?: SliceOptions,
): Promise<Float32Array | undefined> {
  const nameOf = (slot: string) => `${ARENA_PREFIX[arena]}${slot}`;
  if (!slots.some(({name}) => reader.tensors.has(nameOf(name)))) return undefined;
  const other = slots.find(
    ({name, shape}) => reader.tensors.get(nameOf(name))?.shape.join() !== shape.join(),
  );
  if (other)
    throw withRemedy(
      new SafetensorsError(
        `The file’s run lacks “${shorten(nameOf(other.name))}” of the shape [${other.shape}].`,
      ),
      'Choose another file.',
    );
  const numbers = new Float32Array(length);
  for (const {name, offset, size} of slots)
    await reader.readInto(nameOf(name), numbers.subarray(offset, offset + size), options);
  return numbers;
}
