import {withRemedy} from '../../math/remedy.js';
import {shorten} from '../../math/shorten.js';
import type {GPTConfig} from '../../model/config.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import {type ByteSource, readText} from '../byte-source.js';
import {SafetensorsReader} from '../safetensors-reader.js';
import {readConfig} from './config.js';
import {HuggingFaceError} from './error.js';
import {
  type ReadWeightsOptions,
  readSlices,
  readWeights,
  type SliceRead,
  type WeightRead,
} from './read-weights.js';
import {type MappedTensor, mapTensors} from './tensor-map.js';
import {readTokenizer} from './tokenizer-files.js';
import {checkVocabulary} from './write-folder.js';

export interface OpenFolder {
  config: GPTConfig;
  /** Names of the classes of a classifier. */
  classes?: readonly string[];
  /** Sentences for readers: what the folder says that is done otherwise here. */
  notes: string[];
  /** Undefined where the folder has none. It may have fewer tokens than the model. */
  tokenizer: Tokenizer | undefined;
  /** Which tensor of the files becomes which of the model. */
  tensors: readonly MappedTensor[];
  /** Reads the weights and yields each tensor when it is done (see `readWeights`). */
  weights(options?: ReadWeightsOptions): AsyncGenerator<WeightRead, void, void>;
  /** Reads the weights a few megabytes at a time (see `readSlices`). */
  slices(options?: Omit<ReadWeightsOptions, 'into'>): AsyncGenerator<SliceRead, void, void>;
}

const CONFIG = 'config.json';
const WEIGHTS = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';
const CONFIG_BYTES = 1e6;
const INDEX_BYTES = 64e6;
/** Weights in formats that run code when they are read, or that hold other models. */
const OTHER_FORMATS = /\.(bin|pt|pth|ckpt|h5|msgpack|gguf|onnx)$/;

/**
 * Opens a Hugging Face folder of a GPT-2: reads everything but the weights, and checks that they fit.
 * @param files By path. They may lie in a folder, as a dropped folder or a zip has them.
 * @throws {HuggingFaceError} where a file is missing or of a kind that cannot be loaded; the message says what to do
 * @throws {ConfigError | TokenizerSpecError | SafetensorsError | WeightsError | SourceError} where a file is damaged or the
 *   files do not belong together
 */
export async function openFolder(
  files: ReadonlyMap<string, ByteSource>,
  signal?: AbortSignal,
): Promise<OpenFolder> {
  const folder = modelFolder(files);
  const {
    config: described,
    notes,
    classes,
  } = readConfig(await readText(CONFIG, folder.get(CONFIG)!, CONFIG_BYTES, signal));
  const reader = await openWeights(folder, signal);
  const map = mapTensors(described, reader.tensors, classes?.length);
  const tokenizer = await readTokenizer(folder, signal);
  checkVocabulary(map.config, tokenizer);
  return {
    config: map.config,
    classes,
    notes,
    tokenizer,
    tensors: map.tensors,
    weights: (options) => readWeights(reader, map, options),
    slices: (options) => readSlices(reader, map, options),
  };
}

/** Returns the files beside the one `config.json`, by their names without folders. */
function modelFolder(files: ReadonlyMap<string, ByteSource>): Map<string, ByteSource> {
  const places = [...files.keys()]
    .filter((path) => path === CONFIG || path.endsWith(`/${CONFIG}`))
    .map((path) => path.slice(0, -CONFIG.length));
  if (places.length === 0)
    throw withRemedy(
      new HuggingFaceError('There is no config.json among the files, which says how large the model is.'),
      'Add it from the same folder.',
    );
  const depth = (place: string) => place.split('/').length;
  const [place, other] = places.sort((a, b) => depth(a) - depth(b)) as [string, string?];
  if (other !== undefined && depth(other) === depth(place))
    throw withRemedy(
      new HuggingFaceError(
        `There are several models among the files, in “${shorten(place)}” and “${shorten(other)}”.`,
      ),
      'Choose the folder of one.',
    );
  const inside = [...files].filter(
    ([path]) => path.startsWith(place) && !path.slice(place.length).includes('/'),
  );
  return new Map(inside.map(([path, source]) => [path.slice(place.length), source]));
}

async function openWeights(
  folder: ReadonlyMap<string, ByteSource>,
  signal?: AbortSignal,
): Promise<SafetensorsReader> {
  const whole = folder.get(WEIGHTS);
  if (whole) return SafetensorsReader.open(whole, {name: WEIGHTS, signal});
  const index = folder.get(INDEX);
  if (index)
    return SafetensorsReader.openShards(
      await readText(INDEX, index, INDEX_BYTES, signal),
      (name) => folder.get(name),
      signal,
    );
  const other = [...folder.keys()].find((name) => OTHER_FORMATS.test(name));
  if (other === undefined)
    throw withRemedy(
      new HuggingFaceError(`There is no ${WEIGHTS} among the files, which holds the weights.`),
      'Add it from the same folder.',
    );
  throw new HuggingFaceError(
    `The weights lie in “${shorten(other)}”, a format that cannot be read here. Load the model in Python and save it with ` +
      'model.save_pretrained(folder, safe_serialization=True), which writes model.safetensors.',
  );
}
