/**
 * Long work on text, in a worker without tfjs, so that a page stays quick: encoding megabytes, training a tokenizer.
 * Where no worker can start it runs on the main thread in slices of some milliseconds. Nothing starts before it is asked.
 */
import type {CorpusSpec} from '../data/corpus.js';
import type {LabeledReading, ReadLabeledSettings} from '../data/labeled/read-labeled.js';
import {loadCode} from '../engine/page/load-code.js';
import type {TextProgress, TrainedTokenizer, TrainTokenizerSettings} from '../engine/text-protocol.js';
import type {EncoderTimes} from '../tokenizers/race.js';
import type {EncodeOptions, TiktokenEncoding, TokenizerChoice} from '../tokenizers/tokenizer.js';
import {corpusFromHere} from './spec.js';

export type {LabeledReading, LabeledResult, ReadLabeledSettings} from '../data/labeled/read-labeled.js';
export type {
  MergeRecord,
  TextProgress,
  TrainedTokenizer,
  TrainTokenizerSettings,
} from '../engine/text-protocol.js';
export {setTextWorkerFactory} from '../engine/worker-factory.js';
export type {EncoderTime, EncoderTimes} from '../tokenizers/race.js';

export interface TextWorkOptions {
  /** Ends the work; the promise then rejects with an {@link EngineError} `canceled`. */
  signal?: AbortSignal;
  onProgress?: (progress: TextProgress) => void;
}

const loadClient = async () =>
  (await loadCode('text worker', () => import('../engine/page/text-client.js'))).textClient;

/**
 * The token ids of a text of any length: what `encode` of this tokenizer gives.
 *
 * @param choice A name (`'gpt2'`), or the `spec` of a tokenizer. `'char'` and `'word'` take their vocabulary from this very text.
 * @throws {EngineError} `token` where the vocabulary lacks something; `canceled`; `internal`, e.g. offline.
 */
export async function encodeText(
  text: string,
  choice: TokenizerChoice,
  {signal, onProgress, allowedSpecial = []}: TextWorkOptions & EncodeOptions = {},
): Promise<Uint32Array> {
  const ids = await (await loadClient()).ask('encode', [text, choice, {allowedSpecial}], {
    signal,
    onFact: ({progress}) => onProgress?.(progress),
  });
  return ids as Uint32Array;
}

/**
 * Times this library's own encoder and js-tiktoken on the same text, in the worker.
 * @throws {EngineError} `canceled`; `internal`, e.g. offline.
 */
export async function raceEncoders(
  text: string,
  encoding: TiktokenEncoding,
  {signal}: Pick<TextWorkOptions, 'signal'> = {},
): Promise<EncoderTimes> {
  return (await (await loadClient()).ask('race', [text, encoding], {signal})) as EncoderTimes;
}

/**
 * Reads a table of labeled texts (TSV or CSV), balances and splits it, in the worker.
 * @param text with \n at the ends of lines
 * @throws {EngineError} `canceled`; `internal`, e.g. offline
 */
export async function readLabeledText(
  text: string,
  settings: ReadLabeledSettings,
  {signal}: Pick<TextWorkOptions, 'signal'> = {},
): Promise<LabeledReading> {
  return (await (await loadClient()).ask('labeled', [text, settings], {signal})) as LabeledReading;
}

/**
 * Returns how many tokens each text has; −1 where the vocabulary lacks something. Counts in the worker.
 * @throws {EngineError} `canceled`; `internal`, e.g. offline
 */
export async function countTokens(
  texts: readonly string[],
  choice: TokenizerChoice,
  {signal}: Pick<TextWorkOptions, 'signal'> = {},
): Promise<Int32Array> {
  return (await (await loadClient()).ask('countTokens', [texts, choice], {signal})) as Int32Array;
}

/**
 * Trains a byte-level BPE on a corpus. `new BytePairTokenizer(result.spec)` uses it; as a model's `tokenizer` the spec makes
 * the model learn in these tokens.
 *
 * @param corpus A model's corpus (`live.spec.corpus`), or a text.
 * @throws {EngineError} `corpus` where there is nothing to learn from; `canceled`; `internal`.
 */
export async function trainTokenizer(
  corpus: CorpusSpec | {text: string},
  {signal, onProgress, ...settings}: TextWorkOptions & TrainTokenizerSettings,
): Promise<TrainedTokenizer> {
  const spec = 'kind' in corpus ? corpusFromHere(corpus) : {kind: 'text' as const, ...corpus};
  const trained = await (await loadClient()).ask('train', [spec, settings], {
    signal,
    onFact: ({progress}) => onProgress?.(progress),
  });
  return trained as TrainedTokenizer;
}
