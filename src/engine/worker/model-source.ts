import {loadCorpus} from '../../data/loaders.js';
import {type PreparedCorpus, prepareCorpus} from '../../data/prepare.js';
import {ConfigError, type GPTConfig, normalizeConfig} from '../../model/config.js';
import type {NamedTensor} from '../../model/named-tensor.js';
import {DEFAULT_PRESET, PRESETS} from '../../model/presets.js';
import {loadTokenizer} from '../../tokenizers/load.js';
import type {Tokenizer, TokenizerChoice} from '../../tokenizers/tokenizer.js';
import {DEFAULT_TRAINING, type TrainingOptions} from '../../training/options.js';
import {RECOMMENDED_TRAINING} from '../../training/recommended.js';
import type {ModelSpec} from '../protocol.js';
import {loadPretrained} from './pretrained.js';
import {mergeTraining} from './training-options.js';

/** Everything that a spec stands for, before any tensor exists. */
export interface ModelSource {
  config: GPTConfig;
  tokenizer: Tokenizer;
  corpus: PreparedCorpus;
  training: TrainingOptions;
  seed: number;
  /** Of a model that ships trained: its weights, and the settings that suit a start from nothing. */
  pretrained?: {weights: Map<string, NamedTensor>; fromScratch: Partial<TrainingOptions>};
}

export type Progress = (message: string, done: number, total: number) => void;

/**
 * Loads the corpus, the tokenizer and the weights that it starts from, and settles the configuration.
 * @throws {CorpusError} {@link ConfigError} {@link UnknownTokenError} {@link EngineError} as the rooms below do
 */
export async function loadSource(
  spec: ModelSpec,
  progress: Progress,
  signal?: AbortSignal,
): Promise<ModelSource> {
  const plan = await (spec.pretrained ? planPretrained : planFresh)(spec, progress, signal);
  progress('Reading the corpus', 0, 0);
  const corpus = await loadCorpus(spec.corpus, {
    signal,
    onProgress: ({done, total}) => progress('Reading the corpus', done, total ?? 0),
  });
  progress('Turning the text into tokens', 0, 0);
  const tokenizer = await loadTokenizer(plan.tokenizer, corpus.text);
  const config = normalizeConfig({vocabSize: tokenizer.vocabSize}, plan.config);
  const {contextLength, dropRate} = config;
  return {
    config,
    tokenizer,
    corpus: prepareCorpus(corpus, tokenizer, {
      contextLength,
      stride: spec.stride,
      trainShare: spec.trainShare,
    }),
    training: mergeTraining(DEFAULT_TRAINING, {...plan.training, dropRate}),
    seed: spec.seed ?? 0,
    pretrained: plan.pretrained,
  };
}

/** What is known before there is a text. */
interface Plan extends Pick<ModelSource, 'config' | 'pretrained'> {
  tokenizer: TokenizerChoice;
  training: Partial<TrainingOptions>;
}

/** Complains of an impossible configuration before anything is fetched. */
async function planFresh({preset = DEFAULT_PRESET, config, tokenizer = 'char'}: ModelSpec): Promise<Plan> {
  return {
    config: normalizeConfig(config ?? {}, PRESETS[preset].config),
    tokenizer,
    training: RECOMMENDED_TRAINING[preset],
  };
}

async function planPretrained(
  {pretrained: name, config, tokenizer}: ModelSpec,
  progress: Progress,
  signal?: AbortSignal,
): Promise<Plan> {
  if (config || tokenizer)
    throw new ConfigError(
      'A model that comes trained has its own size and its own tokenizer: leave “config” and “tokenizer” out, or “pretrained”.',
    );
  progress('Fetching the trained model', 0, 0);
  const model = await loadPretrained(
    name!,
    (done, total) => progress('Fetching the trained model', done, total),
    signal,
  );
  const {weights, training: fromScratch} = model;
  return {...model, training: {...fromScratch, ...TRAINING_ON}, pretrained: {weights, fromScratch}};
}

/** A model that has learned takes smaller steps, so that it keeps what it knows. */
const TRAINING_ON: Partial<TrainingOptions> = {steps: 500, learningRate: 3e-4, warmupSteps: 20};
