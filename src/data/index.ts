/** Corpora: where text comes from, and how it becomes windows of tokens. No tfjs, no DOM; works in a worker. */
export {cutWindows, type LabeledBatch, ShuffledWindows, spreadStarts} from './batches.js';
export {type CollateOptions, collate, type Example, IGNORE_INDEX, type PaddedBatch} from './collate.js';
export {
  type Corpus,
  CorpusError,
  type CorpusErrorCode,
  type CorpusFacts,
  type CorpusSpec,
  corpusName,
  sameCorpus,
} from './corpus.js';
export {type BagOfWords, trainBagOfWords} from './labeled/bag-of-words.js';
export {
  type LabeledReading,
  type LabeledResult,
  type ReadLabeledSettings,
  readLabeled,
} from './labeled/read-labeled.js';
export {balance, splitTexts, withoutCopies} from './labeled/split.js';
export type {LabeledData, LabeledSets, LabeledSpec, LabeledSplit, LabeledText} from './labeled.js';
export {type LoadOptions, type LoadProgress, loadCorpus, readTextFile} from './loaders.js';
export {looksLikeHtml} from './looks-like-html.js';
export {
  DEFAULT_TRAIN_SHARE,
  floorPerToken,
  type PreparedCorpus,
  type PrepareOptions,
  prepareCorpus,
  prepareTokens,
} from './prepare.js';
export {CORPORA, type CorpusEntry, corpusEntry} from './registry.js';
export {type Message, type SpamHamOptions, spamHam} from './spam-ham/index.js';
export {type TextStatistics, textStatistics} from './statistics.js';
export {MAX_CORPUS_BYTES, MIN_CORPUS_CHARACTERS} from './text.js';
export {
  grammarFacts,
  logProbability,
  type TinyTalesOptions,
  tellStory,
  tinyTales,
} from './tiny-tales/index.js';
export {
  answerStart,
  TOY_TASKS,
  type ToyOptions,
  type ToyTaskName,
  toyAnswer,
  toyCorpus,
} from './toy-tasks/index.js';
export {
  type Coverage,
  coverage,
  slidingWindows,
  splitTokens,
  type TokenWindow,
  windowAt,
  windowCount,
} from './windows.js';
