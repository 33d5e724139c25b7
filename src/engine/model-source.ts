import {loadCorpus} from '../data/loaders.js';
import {type PreparedCorpus, prepareCorpus} from '../data/prepare.js';
import {type GPTConfig, normalizeConfig} from '../model/config.js';
import {DEFAULT_PRESET, PRESETS} from '../model/presets.js';
import {loadTokenizer} from '../tokenizers/load.js';
import type {Tokenizer} from '../tokenizers/tokenizer.js';
import {DEFAULT_TRAINING, type TrainingOptions} from '../training/options.js';
import {RECOMMENDED_TRAINING} from '../training/recommended.js';
import type {ModelSpec} from './protocol.js';
import {mergeTraining} from './training-options.js';

/** Everything that a spec stands for, before any tensor exists. */
export interface ModelSource {
  config: GPTConfig;
  tokenizer: Tokenizer;
  corpus: PreparedCorpus;
  training: TrainingOptions;
  seed: number;
}

export type Progress = (message: string, done: number, total: number) => void;

/**
 * Loads the corpus and the tokenizer, and settles the configuration.
 * @throws {CorpusError} {@link ConfigError} {@link UnknownTokenError} as the rooms below do
 */
export async function loadSource(
  spec: ModelSpec,
  progress: Progress,
  signal?: AbortSignal,
): Promise<ModelSource> {
  const preset = spec.preset ?? DEFAULT_PRESET;
  const base = normalizeConfig(spec.config ?? {}, PRESETS[preset].config); // complains before anything is fetched
  progress('Reading the corpus', 0, 0);
  const corpus = await loadCorpus(spec.corpus, {
    signal,
    onProgress: ({done, total}) => progress('Reading the corpus', done, total ?? 0),
  });
  progress('Turning the text into tokens', 0, 0);
  const tokenizer = await loadTokenizer(spec.tokenizer ?? 'char', corpus.text);
  const config = normalizeConfig({vocabSize: tokenizer.vocabSize}, base);
  const {contextLength} = config;
  return {
    config,
    tokenizer,
    corpus: prepareCorpus(corpus, tokenizer, {
      contextLength,
      stride: spec.stride,
      trainShare: spec.trainShare,
    }),
    training: mergeTraining(DEFAULT_TRAINING, {...RECOMMENDED_TRAINING[preset], dropRate: config.dropRate}),
    seed: spec.seed ?? 0,
  };
}
