import type {
  AttributionOptions,
  EngineErrorFact,
  EvalFact,
  Intervention,
  LensOptions,
  MappedTensor,
  PassOptions,
  ReadingOptions,
  SampleFact,
  SavedFact,
  StepFact,
  TraceOptions,
  TrainingStatus,
} from '../engine/protocol.js';

/** `closed`: nothing has asked for the model yet. `loading`: corpus, weights and engine are on their way. */
export type LiveStatus = TrainingStatus | 'closed' | 'loading';

export interface LoadingFact {
  message: string;
  done: number;
  /** 0 where the total is not known. */
  total: number;
}

/** What a model reads: at most `contextLength` tokens. */
interface TextOrIds {
  /** Either a text … */
  text?: string;
  /** … or token ids. */
  ids?: ArrayLike<number>;
  signal?: AbortSignal;
}

export interface AttributionRequest extends TextOrIds, AttributionOptions {
  /** Token ids that may come next. */
  targets: readonly number[];
}

export interface LensRequest extends TextOrIds, LensOptions {}

export interface PassRequest extends TextOrIds, PassOptions {}

export interface ClassifyRequest extends ReadingOptions {
  /** Either texts … */
  texts?: readonly string[];
  /** … or token ids. */
  ids?: readonly ArrayLike<number>[];
  signal?: AbortSignal;
}

export interface TraceRequest extends TextOrIds {
  /** Names of intermediates; `*` is a wildcard, e.g. `h.*.attn.probs`. */
  want: string[];
  /** Changes to the forward pass. Default: none. */
  options?: TraceOptions;
}

export interface GenerateRequest {
  /** A text to continue. Empty: the model starts as after the end of a line. */
  prompt?: string;
  /** The prompt's token ids, instead of its text: encoded again, a text may split into other tokens. */
  promptIds?: ArrayLike<number>;
  /** Default: 100. */
  maxNewTokens?: number;
  /** Divides the logits; 0 always takes the likeliest token. Default: 1. */
  temperature?: number;
  topK?: number;
  topP?: number;
  seed?: number;
  /** Changes to every forward pass; the reference then writes. Default: none. */
  interventions?: readonly Intervention[];
  signal?: AbortSignal;
}

export interface EvaluateRequest {
  /** Changes to every forward pass. Default: none. */
  interventions?: readonly Intervention[];
  signal?: AbortSignal;
}

/** The events of a model. Elements pass them on under the same names. */
export interface LiveModelEventMap {
  'gpt-status': CustomEvent<{status: LiveStatus; message?: string}>;
  'gpt-step': CustomEvent<StepFact>;
  'gpt-eval': CustomEvent<EvalFact>;
  'gpt-sample': CustomEvent<SampleFact>;
  'gpt-error': CustomEvent<EngineErrorFact>;
  /** The weights are others than before: views trace again. */
  'gpt-weights': CustomEvent<{step: number}>;
  /** `facts`, `spec`, `backend` or the whole `history` are others than before. */
  'gpt-facts': CustomEvent<undefined>;
  /** No detail: there is no autosave any more. */
  'gpt-saved': CustomEvent<SavedFact | undefined>;
  'gpt-loading': CustomEvent<LoadingFact>;
  /** A tensor of the files that are being loaded was read. */
  'gpt-tensor': CustomEvent<MappedTensor>;
}

export type LiveModelEvent = keyof LiveModelEventMap;
