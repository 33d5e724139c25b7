/** Corpora: where text comes from, and how it becomes windows of tokens. No tfjs, no DOM; works in a worker. */
export {type Corpus, CorpusError, type CorpusErrorCode, type CorpusFacts, type CorpusSpec} from './corpus.js';
export {type LoadOptions, type LoadProgress, loadCorpus, readTextFile} from './loaders.js';
export {
  DEFAULT_TRAIN_SHARE,
  floorPerToken,
  type PreparedCorpus,
  type PrepareOptions,
  prepareCorpus,
} from './prepare.js';
export {CORPORA, type CorpusEntry, corpusEntry} from './registry.js';
export {MAX_CORPUS_BYTES, MIN_CORPUS_CHARACTERS} from './text.js';
export {
  grammarFacts,
  logProbability,
  type TinyTalesOptions,
  tellStory,
  tinyTales,
} from './tiny-tales/index.js';
export {slidingWindows, splitTokens, type TokenWindow, windowAt} from './windows.js';
