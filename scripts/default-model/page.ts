/** The browser's part of `train.mjs`: trains the default model with the library's own engine, and measures it. */
import {readSafetensors, writeSafetensors} from '../../src/checkpoint/safetensors.js';
import {tinyTales} from '../../src/data/tiny-tales/index.js';
import {type Backend, openBackend} from '../../src/engine/device/backend.js';
import type {BackendName} from '../../src/engine/protocol.js';
import {type GPTConfig, normalizeConfig} from '../../src/model/config.js';
import {INIT_STD, initialArena} from '../../src/model/init.js';
import type {NamedTensor} from '../../src/model/named-tensor.js';
import {countParameters, parameterLayout, readArena} from '../../src/model/parameters.js';
import {trainBPE} from '../../src/tokenizers/bpe/index.js';
import {loadTokenizer} from '../../src/tokenizers/load.js';
import type {Tokenizer} from '../../src/tokenizers/tokenizer.js';
import {DEFAULT_TRAINING, type TrainingOptions} from '../../src/training/options.js';
import {type Snapshot, TrainingSession} from '../../src/training/session.js';
import type {StepResult} from '../../src/training/step-queue.js';
import {LanguageTask} from '../../src/training/tasks/language.js';
import {headScores, pronouns, taleLoss, write} from './measure.js';
import {type TextOptions, trainingText} from './training-text.js';

export interface Request {
  backend: BackendName;
  /** Without the vocabulary's size, which follows from the tokenizer. */
  config: Omit<GPTConfig, 'vocabSize'>;
  options: Partial<TrainingOptions>;
  text: TextOptions;
  /** Merges to learn at most; the tokenizer ends early where every word is one token. */
  merges: number;
  stride: number;
  seed: number;
}

/** A snapshot as JSON: arenas in base64. */
type Packed = Omit<Snapshot, 'theta' | 'm' | 'v'> & {theta: string; m: string; v: string};

let backend: Backend;
let tokenizer: Tokenizer;
let session: TrainingSession;
let tokens: Int32Array;

const toBase64 = (bytes: Uint8Array): string => {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
};
const pack = (floats: Float32Array): string => toBase64(new Uint8Array(floats.buffer));
const unpack = (text: string): Float32Array =>
  new Float32Array(Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0)).buffer);

/**
 * GPT-2's first weights, those of the blocks wider: normal(0, 1/√C) where GPT-2 has 0.02, which suits its C = 768 and leaves a
 * small model's heads with hardly a preference to learn from. Heads that look for repetition appear several times sooner.
 */
function widerStart(config: GPTConfig, seed: number): [string, NamedTensor][] {
  const wider = 1 / Math.sqrt(config.embDim) / INIT_STD;
  return [...readArena(parameterLayout(config), initialArena(config, seed))].map(([name, {shape, data}]) => [
    name,
    {shape, data: name.startsWith('h.') && shape.length === 2 ? data.map((weight) => weight * wider) : data},
  ]);
}

/** Trains on all of the text: the model is measured on whole tales instead. */
const task = (contextLength: number, stride: number, seed: number): LanguageTask =>
  new LanguageTask({
    trainTokens: tokens,
    validationTokens: new Int32Array(0),
    contextLength,
    stride,
    seed,
  });

const defaultModel = {
  async open({backend: name, config: shape, options, text: textOptions, merges, stride, seed}: Request) {
    const opened = await openBackend[name]();
    if (!opened) throw new Error(`This browser has no ${name}.`);
    backend = opened;
    const text = trainingText(textOptions);
    // The tokenizer knows tales only: songs are made of the same words.
    const bpe = await trainBPE(tinyTales({seed: textOptions.seed}).text, {merges});
    tokenizer = bpe;
    tokens = Int32Array.from(bpe.encode(text));
    const config = normalizeConfig({...shape, vocabSize: bpe.vocabSize});
    session = new TrainingSession({
      config,
      options: {...DEFAULT_TRAINING, ...options},
      task: task(config.contextLength, stride, seed),
      seed,
      weights: widerStart(config, seed),
    });
    return {
      backend: `${opened.name}, ${opened.description}`,
      parameters: countParameters(config),
      vocabSize: bpe.vocabSize,
      characters: text.length,
      tokens: tokens.length,
      windows: session.task.examples.train,
    };
  },

  /** Takes the weights of a file, in base64, to be measured. */
  async read(name: BackendName, file: string) {
    const opened = await openBackend[name]();
    if (!opened) throw new Error(`This browser has no ${name}.`);
    backend = opened;
    const {tensors, metadata} = readSafetensors(Uint8Array.from(atob(file), (unit) => unit.charCodeAt(0)));
    tokenizer = await loadTokenizer(JSON.parse(metadata.get('tokenizer')!));
    const config = normalizeConfig(JSON.parse(metadata.get('config')!));
    tokens = Int32Array.from(tokenizer.encode(trainingText({seed: 2, tales: 10, talesPerSong: 4})));
    session = new TrainingSession({
      config,
      options: DEFAULT_TRAINING,
      task: task(config.contextLength, config.contextLength, 1),
      seed: 1,
      weights: tensors,
    });
  },

  /** Goes on with another arrangement of the text: the weights stay, AdamW's moments start afresh. */
  async settle({text, options, stride, seed}: Pick<Request, 'text' | 'options' | 'stride' | 'seed'>) {
    const {config} = session;
    const weights = await session.weights();
    session.dispose();
    tokens = Int32Array.from(tokenizer.encode(trainingText(text)));
    session = new TrainingSession({
      config,
      options: {...DEFAULT_TRAINING, ...options},
      task: task(config.contextLength, stride, seed),
      seed,
      weights,
    });
  },

  async steps(count: number): Promise<StepResult[]> {
    const results: StepResult[] = [];
    for (let i = 0; i < count; i++) results.push(await session.step());
    const complaints = backend.takeErrors();
    if (complaints.length > 0) throw new Error(`The GPU complained: ${complaints.join(' ')}`);
    return results;
  },

  taleLoss: (tales: number) => taleLoss({session, tokenizer}, tales),
  write: (tales: number, temperature: number) => write({session, tokenizer}, tales, temperature),
  headScores: (tales: number, repeated: number) => headScores({session, tokenizer}, tales, repeated),
  pronouns: (tales: number) => pronouns({session, tokenizer}, tales),

  async snapshot(): Promise<Packed> {
    const {theta, m, v, ...rest} = await session.snapshot();
    return {...rest, theta: pack(theta), m: pack(m), v: pack(v)};
  },

  /** Continues the same run where a snapshot was taken. */
  restore({theta, m, v, ...rest}: Packed): void {
    session.dispose();
    session = TrainingSession.restore(
      {...rest, theta: unpack(theta), m: unpack(m), v: unpack(v)},
      session.task,
    );
  },

  /** The file that the package ships, in base64; from here on the model has the rounded weights that the file has. */
  async exportF16(metadata: Record<string, string>): Promise<string> {
    const weights = await session.weights();
    const file = writeSafetensors(weights as Map<string, NamedTensor>, {
      dtype: 'F16',
      metadata: {
        format: 'pt',
        ...metadata,
        config: JSON.stringify(session.config),
        tokenizer: JSON.stringify(tokenizer.spec),
      },
    });
    await session.setWeights(readSafetensors(file).tensors);
    return toBase64(file);
  },
};

Object.assign(globalThis, {defaultModel});
export type DefaultModelPage = typeof defaultModel;
