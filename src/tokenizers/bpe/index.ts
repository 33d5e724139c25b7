/** Byte-level byte-pair encoding from scratch: learn it, use it, save it and load it. */
export {fromTokenizerJson, fromVocabAndMerges, toTokenizerJson, toVocabAndMerges} from './files.js';
export {bpeFromRanks} from './from-ranks.js';
export {type BpeSpec, firstMerges} from './spec.js';
export {BytePairTokenizer} from './tokenizer.js';
export {MAX_MERGES, type TrainBpeOptions, type TrainProgress, trainBPE} from './train.js';
export {BpeTrainer, type Merge, type PairCount} from './trainer.js';
