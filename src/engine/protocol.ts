/**
 * What crosses between a page and the engine's worker: requests go up (`EngineRequests`), facts come down
 * (`EngineFact`). Only typed arrays and plain objects; no tfjs, no DOM.
 */
import type {MappedTensor} from '../checkpoint/hugging-face/tensor-map.js';
import type {CheckpointSpec} from '../checkpoint/spec.js';
import type {CorpusFacts, CorpusSpec} from '../data/corpus.js';
import type {GPTConfig, GPTConfigInput} from '../model/config.js';
import type {Intervention} from '../model/interventions.js';
import type {Precision, Rounding, WeightDtype} from '../model/memory.js';
import type {NamedTensor} from '../model/named-tensor.js';
import type {PresetName, PretrainedName} from '../model/presets.js';
import type {
  AttributionOptions,
  LensOptions,
  LensReading,
  LogitAttribution,
  PassOptions,
  PassReading,
} from '../model/readings.js';
import type {TraceOptions} from '../model/trace-options.js';
import type {TokenizerChoice, TokenizerSpec} from '../tokenizers/tokenizer.js';
import type {TrainingOptions} from '../training/options.js';
import type {EvalMetrics} from '../training/tasks/metrics.js';
import type {ReadingOptions, TaskSpec} from '../training/tasks/spec.js';
import type {WeightReading} from '../training/weight-reading.js';

export type {MappedTensor} from '../checkpoint/hugging-face/tensor-map.js';
export type {CheckpointFile, CheckpointSpec} from '../checkpoint/spec.js';
export type {CorpusFacts, CorpusSpec} from '../data/corpus.js';
export type {LabeledSets, LabeledSpec, LabeledText} from '../data/labeled.js';
export type {Intervention, InterventionPlace} from '../model/interventions.js';
export type {Rounding, WeightDtype} from '../model/memory.js';
export type {NamedTensor} from '../model/named-tensor.js';
export type {
  AttributionOptions,
  LensOptions,
  LensReading,
  LogitAttribution,
  LogitTerm,
  PassOptions,
  PassReading,
} from '../model/readings.js';
export type {TraceOptions} from '../model/trace-options.js';
export type {ClassificationTaskSpec, ReadAt, ReadingOptions, TaskSpec} from '../training/tasks/spec.js';
export type {Tune} from '../training/tasks/tune.js';

export type {WeightReading} from '../training/weight-reading.js';

export type BackendName = 'webgpu' | 'wasm' | 'webgl' | 'cpu';
export type BackendChoice = BackendName | 'auto';

/** What runs the model, and why it was chosen: always shown to the reader. */
export interface BackendFacts {
  name: BackendName;
  /** The GPU's or implementation's own description, e.g. “Apple M3”, “SwiftShader (software)”, “1 thread, SIMD”. */
  description: string;
  /** True where the work is done by a GPU and not by software. */
  hardware: boolean;
  /** One sentence: why this one. */
  reason: string;
  /** Each candidate with what became of it, in the order tried. */
  candidates: {
    name: BackendName;
    state: 'chosen' | 'slower' | 'skipped' | 'failed' | 'unavailable';
    probeMs?: number;
    message?: string;
  }[];
  /** Measured by the probe: training work in multiply-adds ×2 a second. */
  flopsPerSecond: number;
  /** The largest preset that this device trains to the end in about two minutes. */
  suggestedPreset: PresetName;
  /** Bytes that it can hold: in all, and in one tensor. Absent in records of older releases. */
  memory?: {total: number; largest: number};
  /** Where the engine runs: its own worker, or the page's main thread where no worker can start. */
  thread: 'worker' | 'main';
}

/** What a `<gpt-model>` is made from. */
export interface ModelSpec {
  /** Starts from the weights of a model that ships trained; its size and tokenizer are then fixed. */
  pretrained?: PretrainedName;
  /** Starts from the weights in files; size and tokenizer are then the files'. A run that was saved with them goes on where it is one of this corpus and seed. */
  checkpoint?: CheckpointSpec;
  /** Starts from the weights of another model of the page as they are when this one is opened; size and tokenizer are then its own. */
  from?: string;
  preset?: PresetName;
  /** Overrides single numbers of the preset. `vocabSize` follows from the tokenizer. */
  config?: GPTConfigInput;
  corpus: CorpusSpec;
  /** What the model is trained on. Default: language modeling on the corpus. */
  task?: TaskSpec;
  /**
   * How loaded weights are held: in 32 bits, or in 16, to be read only. Default: in 32 up to 128 MiB. A model that starts from random
   * weights, continues a run or learns another task has 32 bits.
   */
  dtype?: WeightDtype;
  tokenizer?: TokenizerChoice;
  /** Fixes initial weights, batches, dropout and samples. */
  seed?: number;
  /** Share of the corpus that is trained on; the rest is held back for validation. */
  trainShare?: number;
  /** Tokens between the starts of two neighboring windows. Default: the context length. */
  stride?: number;
}

export interface ModelFacts {
  config: GPTConfig;
  tokenizer: TokenizerSpec;
  corpus: CorpusFacts;
  /** Why the model cannot be trained on its corpus, where it came from files that know another text. */
  corpusProblem?: string;
  training: TrainingOptions;
  seed: number;
  /** The model that ships trained, as which this one was opened; absent once it was reset or another run restored. */
  pretrained?: PretrainedName;
  parameters: number;
  /** Bytes of the weights alone, and of weights + gradients + AdamW moments + activations of a training step. */
  bytes: {weights: number; training: number};
  /** What computes a training step: planned WGSL kernels, or the reference in plain tfjs operations. */
  kernels: 'plan' | 'reference';
  /** How a training step keeps what its forward pass saves for the backward pass: as asked for in `training`, or `float32` where that cannot be. */
  precision?: Precision;
  /** What writes texts: the same choice, made apart, since a device may refuse one of the two. */
  writingKernels?: 'plan' | 'reference';
  /** How the weights are held; in 16 bits the model cannot be trained. */
  dtype?: WeightDtype;
  /** What rounding the weights to 16 bits has changed. */
  rounding?: Rounding;
  /** Training steps done. */
  step: number;
  /** Tells this run from others of the same spec: a reset starts another run, a restore continues the saved one. */
  runId?: string;
  /** Of a model whose task is classification. */
  classification?: ClassificationFacts;
}

export interface ClassificationFacts {
  /** K */
  classes: number;
  /** Texts in each set. */
  examples: Readonly<Record<'train' | 'validation', number>>;
  /** T of the training rows: the longest text, at most the context. */
  length: number;
  /** Texts of both sets that are longer than the context and lose their end. */
  cut: number;
  /** How many parameters are trained. */
  trainable: number;
  /** Whether its head came trained, from the files of a classifier. */
  hasLoadedHead: boolean;
  /** How many there are, the head and adapters included. */
  parameters: number;
}

export type TrainingStatus = 'idle' | 'training' | 'paused' | 'done' | 'error';

export interface StepFact {
  /** 1-based: steps done, this one included. */
  step: number;
  /** Mean cross-entropy of this step's batch, nats per token. */
  loss: number;
  learningRate: number;
  /** Global gradient norm before clipping. */
  gradientNorm: number;
  /** Tokens trained on since step 0. */
  tokensSeen: number;
  tokensPerSecond: number;
  /** Seconds until the run's last step at the present speed. */
  secondsLeft: number;
}

/** The metrics of the model's task on both sets, by name: `train.loss`, `validation.loss`, … */
export interface EvalFact extends EvalMetrics {
  step: number;
  tokensSeen: number;
}

export interface SampleFact {
  step: number;
  prompt: string;
  text: string;
}

export interface SavedFact {
  step: number;
  /** Milliseconds since 1970. */
  time: number;
  /** The run that was saved; absent in autosaves of older releases. */
  runId?: string;
}

/** What was loaded from files. */
export interface LoadedFact {
  /** What the model is made from now. */
  spec: ModelSpec;
  facts: ModelFacts;
  history: History;
  /** Sentences for readers: what the files say that is done otherwise here. */
  notes: string[];
  /** Which tensor of the files became which of the model. */
  tensors: MappedTensor[];
}

/**
 * - `checkpoint`: a safetensors file from which training continues with the same next loss;
 * - `hugging-face`: a zip file of a folder that `transformers` loads;
 * - `script`: the same folder with a Python script that loads it and writes.
 */
export type FileFormat = 'checkpoint' | 'hugging-face' | 'script';

export interface SaveOptions {
  format: FileFormat;
  /** Bits a number. Checkpoints always have F32. Default: F32. */
  dtype?: 'F32' | 'F16';
}

/** How far a tensor of the model lies from that of a file. */
export interface TensorDistance {
  name: string;
  shape: number[];
  /** Root mean square of the file's numbers. */
  scale: number;
  /** Root mean square of the differences. */
  distance: number;
  /** The largest difference. */
  largest: number;
}

/** The curve of a run: everything the charts need, also after a reload. */
export interface History {
  steps: StepFact[];
  evals: EvalFact[];
  samples: SampleFact[];
}

export interface Candidate {
  id: number;
  text: string;
  /** After temperature, top-k and top-p. */
  probability: number;
}

export interface GeneratedToken {
  id: number;
  text: string;
  probability: number;
  /** The likeliest tokens at this position, likeliest first; the one that was drawn is always among them. */
  candidates: Candidate[];
}

export interface GenerateOptions {
  /** Token ids of the prompt. Empty: the model starts as after the end of a line. */
  promptIds: number[];
  maxNewTokens: number;
  /** 0 is greedy. */
  temperature?: number;
  topK?: number;
  topP?: number;
  seed?: number;
  /** Changes to every forward pass. The reference then writes, whichever kernels the model otherwise uses. */
  interventions?: readonly Intervention[];
}

/** Every error that reaches a reader: a code for the program, a sentence for the reader. */
export interface EngineErrorFact {
  code:
    | 'canceled'
    | 'corpus'
    | 'config'
    | 'memory'
    | 'token'
    | 'backend'
    | 'device-lost'
    | 'numeric'
    | 'not-open'
    | 'storage'
    | 'weights'
    | 'internal';
  message: string;
}

/** Which model a fact is about: its name, and the instance that `open` was called with. */
interface OfModel {
  model: string;
  /**
   * A model that is opened anew under the same name is another instance; facts of the one before may still be on their
   * way, and must be ignored.
   */
  instance: number;
}

/** Facts: what has happened. A view never assumes that what it asked for has. */
export type EngineFact =
  | {type: 'backend'; backend: BackendFacts}
  | {type: 'token'; request: number; token: GeneratedToken}
  | ModelFact;

export type ModelFact = OfModel &
  (
    | {type: 'loading'; message: string; done: number; total: number}
    /** A tensor of the files that are being loaded was read. */
    | {type: 'tensor'; tensor: MappedTensor}
    | {type: 'model'; facts: ModelFacts}
    | {type: 'status'; status: TrainingStatus; message?: string}
    /** Some steps at once, at most about 20 times a second; none is left out. */
    | {type: 'steps'; facts: StepFact[]}
    | {type: 'eval'; fact: EvalFact}
    | {type: 'sample'; fact: SampleFact}
    /** The whole curve anew: after a reset, a restore or a restart of the engine. */
    | {type: 'history'; history: History}
    /** The weights changed; at most about 10 times a second, and always after the last change. */
    | {type: 'weights'; step: number}
    /** The autosave of this model's spec; no `fact`: there is none any more. */
    | {type: 'saved'; fact?: SavedFact}
    | {type: 'error'; error: EngineErrorFact}
    /** The engine no longer has this model: it must be opened again before anything else is asked of it. */
    | {type: 'gone'; error: EngineErrorFact}
  );

/**
 * Requests. `model` is the name under which `open` was called; a `request` number makes a call cancellable.
 * What changes a model (open, close, train, step, reset, …) is done in the order in which it was asked; what only reads
 * it waits for the changes that were asked before, and runs beside later ones.
 */
export interface EngineRequests {
  /** Chooses the backend (once) and says what runs. */
  start(choice: BackendChoice): Promise<BackendFacts>;
  /**
   * Makes the model with fresh weights; the same spec and instance again return what is there.
   * @param instance Comes back in every fact about this model. Default: 0.
   * @throws `canceled` where the model was closed, or opened as another, before it was loaded
   */
  open(model: string, spec: ModelSpec, instance?: number): Promise<ModelFacts>;
  close(model: string): Promise<void>;
  /** Runs the forward pass on one sequence and returns the named intermediates (`*` is a wildcard). */
  trace(
    model: string,
    ids: number[],
    want: string[],
    options: TraceOptions,
    request: number,
  ): Promise<Record<string, NamedTensor>>;
  /** Returns what each part of the model adds to the logits of some tokens. */
  attribution(
    model: string,
    ids: number[],
    targets: number[],
    options: AttributionOptions,
    request: number,
  ): Promise<LogitAttribution>;
  /** Returns what the model would predict at each point of the residual stream. */
  lens(model: string, ids: number[], options: LensOptions, request: number): Promise<LensReading[]>;
  /** Returns one forward pass with all that is shown of it: everything is from the weights of one step. */
  pass(model: string, ids: number[], options: PassOptions, request: number): Promise<PassReading>;
  /** Ends when all tokens have come down as facts. */
  generate(model: string, options: GenerateOptions, request: number): Promise<void>;
  /** Starts a run, or changes the settings of one under way; facts tell how it goes. */
  train(model: string, options: Partial<TrainingOptions>): Promise<void>;
  pause(model: string): Promise<void>;
  resume(model: string): Promise<void>;
  /** One training step. */
  step(model: string): Promise<StepFact>;
  /** Ends the run; the weights stay. */
  stop(model: string): Promise<void>;
  /** Step 0, an empty history, and fresh weights from the seed; a classifier returns to the weights that it was made from. */
  reset(model: string): Promise<ModelFacts>;
  /**
   * Evaluates the model and adds the result to its curve. With interventions, the reference computes it, and it stays out of the curve.
   */
  evaluate(model: string, request: number, interventions?: readonly Intervention[]): Promise<EvalFact>;
  /**
   * Returns the probability of each class for each text, [texts][K].
   * @param texts token ids; each has at least one
   * @throws `config` where the model is no classifier
   */
  classify(model: string, texts: number[][], options: ReadingOptions, request: number): Promise<number[][]>;
  weights(model: string, names?: string[]): Promise<Record<string, NamedTensor>>;
  /** Returns a tensor's statistics and a sample of it, with gradient and update of the last step. */
  inspect(model: string, name: string, request: number): Promise<WeightReading>;
  setWeights(model: string, weights: Record<string, NamedTensor>): Promise<void>;
  history(model: string): Promise<History>;
  /** The autosave that belongs to this model's spec, if there is one. */
  saved(model: string): Promise<SavedFact | undefined>;
  save(model: string): Promise<SavedFact>;
  /** Continues from the autosave: weights, moments, step, settings and history. */
  restore(model: string): Promise<ModelFacts>;
  discard(model: string): Promise<void>;
  /**
   * Replaces the model by what lies in files. It is read and checked before the model is touched; where that fails, the model goes on.
   * @throws `weights`, `config`, `storage`, `memory` … with a sentence that says what to do
   */
  load(model: string, checkpoint: CheckpointSpec, request: number): Promise<LoadedFact>;
  /** Writes the model as a file. Training waits meanwhile. */
  saveFile(model: string, options: SaveOptions, request: number): Promise<Blob>;
  /** Returns how far each tensor lies from that of the same name in files. */
  compare(model: string, checkpoint: CheckpointSpec, request: number): Promise<TensorDistance[]>;
  cancel(request: number): Promise<void>;
}
