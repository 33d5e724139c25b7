import type {CorpusSpec} from '../../data/corpus.js';
import {CORPORA, corpusEntry} from '../../data/registry.js';
import {shorten} from '../../math/shorten.js';
import {
  type BackendChoice,
  type CheckpointSpec,
  EngineError,
  type GPTConfigInput,
  type ModelSpec,
  normalizeConfig,
  PRESETS,
  PRETRAINED_NAMES,
  type PresetName,
  type PretrainedName,
  type WeightDtype,
} from '../../state/index.js';
import type {TokenizerChoice} from '../../tokenizers/tokenizer.js';

/** What an author wrote on a `<gpt-model>`, unchecked. */
export interface RequestedModel {
  /** Empty: none. */
  pretrained: string;
  /** Address of a checkpoint, or `hub:owner/name`. Empty or absent: none. */
  checkpoint?: string;
  /** Id of the model to start from. Empty or absent: none. */
  from?: string;
  /** Empty or absent: as suits the size. */
  dtype?: string;
  preset: string;
  config: string | GPTConfigInput;
  corpus: string | CorpusSpec;
  /** A text to learn from; it comes before `corpus`. */
  text: string;
  tokenizer: string | TokenizerChoice;
  seed?: number;
  trainShare?: number;
  stride?: number;
}

const BACKENDS = ['auto', 'webgpu', 'wasm', 'webgl', 'cpu'] as const satisfies readonly BackendChoice[];
const TOKENIZERS = [
  'char',
  'word',
  'gpt2',
  'cl100k_base',
  'o200k_base',
] as const satisfies readonly TokenizerChoice[];

const wrong = (message: string) => new EngineError('config', message);
const oneOf = (names: readonly string[]) => `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

/**
 * The model that an author asked for.
 * @throws {EngineError} `config`, with a sentence that names the attribute and says what it takes.
 */
export function readSpec({
  pretrained,
  checkpoint,
  from,
  dtype,
  preset,
  config,
  corpus,
  text,
  tokenizer,
  seed,
  trainShare,
  stride,
}: RequestedModel): ModelSpec {
  return {
    ...readStart({pretrained, checkpoint, from, preset}),
    ...(config !== '' && {config: readConfig(config, readPreset(preset))}),
    corpus: text ? {kind: 'text', text} : readCorpus(corpus),
    ...(dtype && {dtype: readDtype(dtype)}),
    ...(tokenizer !== '' && {tokenizer: readTokenizer(tokenizer)}),
    ...(seed !== undefined && {seed: within('seed', seed, 0, 2 ** 32 - 1)}),
    ...(trainShare !== undefined && {trainShare: readShare(trainShare)}),
    ...(stride !== undefined && {stride: within('stride', stride, 1, Number.MAX_SAFE_INTEGER)}),
  };
}

export function readBackend(backend: string): BackendChoice {
  if ((BACKENDS as readonly string[]).includes(backend)) return backend as BackendChoice;
  throw wrong(`backend="${shorten(backend)}" is not known; it can be ${oneOf(BACKENDS)}.`);
}

/** What the weights come from; a model that starts from nothing has a preset. */
function readStart({
  pretrained,
  checkpoint,
  from,
  preset,
}: Pick<RequestedModel, 'pretrained' | 'checkpoint' | 'from' | 'preset'>): Partial<ModelSpec> {
  const starts = Object.entries({pretrained, checkpoint, from}).filter(([, value]) => value);
  if (starts.length > 1)
    throw wrong(
      `${starts.map(([name, value]) => `${name}="${shorten(value!)}"`).join(' and ')} cannot be used together: a model starts from one thing.`,
    );
  if (pretrained) return {pretrained: readPretrained(pretrained)};
  if (checkpoint) return {checkpoint: readCheckpoint(checkpoint)};
  if (from) return {from};
  return {preset: readPreset(preset)};
}

const HUB_PREFIX = 'hub:';

function readCheckpoint(checkpoint: string): CheckpointSpec {
  if (checkpoint.startsWith(HUB_PREFIX)) return {kind: 'hub', repo: checkpoint.slice(HUB_PREFIX.length)};
  if (URL.canParse(checkpoint, document.baseURI))
    return {kind: 'url', url: new URL(checkpoint, document.baseURI).href};
  throw wrong(
    `checkpoint="${shorten(checkpoint)}" is not the address of a checkpoint. Write an address, or hub:owner/name.`,
  );
}

const DTYPES = ['float32', 'float16'] as const satisfies readonly WeightDtype[];

function readDtype(dtype: string): WeightDtype {
  const known = DTYPES.find((name) => name === dtype);
  if (known) return known;
  throw wrong(`dtype="${shorten(dtype)}" is not known; it can be ${oneOf(DTYPES)}.`);
}

function readPretrained(name: string): PretrainedName {
  if ((PRETRAINED_NAMES as readonly string[]).includes(name)) return name as PretrainedName;
  throw wrong(`pretrained="${shorten(name)}" is not known; it can be ${PRETRAINED_NAMES.join(', ')}.`);
}

function readPreset(preset: string): PresetName {
  if (Object.hasOwn(PRESETS, preset)) return preset as PresetName;
  throw wrong(`preset="${shorten(preset)}" is not known; it can be ${oneOf(Object.keys(PRESETS))}.`);
}

function readConfig(config: string | GPTConfigInput, preset: PresetName): GPTConfigInput {
  let input: GPTConfigInput;
  try {
    input = typeof config === 'string' ? JSON.parse(config) : config;
  } catch {
    throw wrong(`The config of this model is not valid JSON. Write it like this: config='{"emb_dim": 64}'.`);
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw wrong(`config must be an object, like this: config='{"emb_dim": 64, "n_layers": 2}'.`);
  try {
    normalizeConfig(input, PRESETS[preset].config);
  } catch (error) {
    throw wrong((error as Error).message);
  }
  return input;
}

function readCorpus(corpus: string | CorpusSpec): CorpusSpec {
  if (typeof corpus !== 'string') return corpus;
  const entry = corpusEntry(corpus);
  if (entry) return {...entry.spec};
  if (!URL.canParse(corpus, document.baseURI))
    throw wrong(
      `corpus="${shorten(corpus)}" is neither a corpus that the library knows (${CORPORA.map(({id}) => id).join(', ')}) nor the address of a text.`,
    );
  return {kind: 'url', url: new URL(corpus, document.baseURI).href};
}

function readTokenizer(tokenizer: string | TokenizerChoice): TokenizerChoice {
  if (typeof tokenizer !== 'string') return tokenizer;
  if ((TOKENIZERS as readonly string[]).includes(tokenizer)) return tokenizer as TokenizerChoice;
  throw wrong(`tokenizer="${shorten(tokenizer)}" is not known; it can be ${oneOf(TOKENIZERS)}.`);
}

function readShare(share: number): number {
  if (share > 0 && share < 1) return share;
  throw wrong(`train-share must lie between 0 and 1 (0.9 trains on nine tenths of the text), not ${share}.`);
}

function within(attribute: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw wrong(`${attribute} must be a whole number of at least ${least}, not ${value}.`);
}
