/** The text worker's side: long work on text, in slices. It runs on the main thread as well, where no worker can start. */

import type {CorpusSpec} from '../../data/corpus.js';
import {type LabeledReading, type ReadLabeledSettings, readLabeled} from '../../data/labeled/read-labeled.js';
import {loadCorpus} from '../../data/loaders.js';
import {countCharacters} from '../../data/prepare.js';
import {trainBPE} from '../../tokenizers/bpe/train.js';
import type {PairCount} from '../../tokenizers/bpe/trainer.js';
import {countInSlices} from '../../tokenizers/count-slices.js';
import {encodeInSlices} from '../../tokenizers/encode-slices.js';
import {loadTokenizer} from '../../tokenizers/load.js';
import {type EncoderTimes, raceEncoders} from '../../tokenizers/race.js';
import {loadTiktoken} from '../../tokenizers/tiktoken.js';
import type {
  EncodeOptions,
  TiktokenEncoding,
  Tokenizer,
  TokenizerChoice,
} from '../../tokenizers/tokenizer.js';
import {CancellableRequests} from '../cancellable-requests.js';
import type {
  MergeRecord,
  TextFact,
  TextRequests,
  TrainedTokenizer,
  TrainTokenizerSettings,
} from '../text-protocol.js';

const EXCERPT_LENGTH = 4000;

export class TextHost implements TextRequests {
  readonly #requests = new CancellableRequests();
  readonly #tell: (fact: TextFact) => void;

  constructor(tell: (fact: TextFact) => void) {
    this.#tell = tell;
  }

  encode(
    request: number,
    text: string,
    choice: TokenizerChoice,
    options: EncodeOptions,
  ): Promise<Uint32Array> {
    return this.#requests.run(request, async (signal) => {
      const tokenizer = await this.#tokenizer(request, choice, text);
      return encodeInSlices(tokenizer, text, {
        ...options,
        signal,
        onProgress: (done, total) => this.#tell({request, progress: {phase: 'encoding', done, total}}),
      });
    });
  }

  train(request: number, spec: CorpusSpec, settings: TrainTokenizerSettings): Promise<TrainedTokenizer> {
    return this.#requests.run(request, async (signal) => {
      const {specialTokens = ['<|endoftext|>']} = settings;
      const corpus = await loadCorpus(spec, {
        signal,
        onProgress: ({done, total = 0}) => this.#tell({request, progress: {phase: 'loading', done, total}}),
      });
      const merges: MergeRecord[] = [];
      let top: PairCount[] = [];
      const tokenizer = await trainBPE(corpus.text, {
        ...settings,
        specialTokens,
        signal,
        onProgress: (progress) => this.#tell({request, progress}),
        onTop: (pairs) => {
          top = pairs;
        },
        onMerge: (merge) => {
          merges.push({...merge, top});
        },
      });
      return {
        spec: tokenizer.spec,
        merges,
        top,
        corpus: {
          name: corpus.name,
          characters: countCharacters(corpus.text),
          bytes: new TextEncoder().encode(corpus.text).length,
          excerpt: corpus.text.slice(0, EXCERPT_LENGTH),
        },
      };
    });
  }

  labeled(request: number, text: string, settings: ReadLabeledSettings): Promise<LabeledReading> {
    return this.#requests.run(request, (signal) => readLabeled(text, settings, signal));
  }

  countTokens(request: number, texts: readonly string[], choice: TokenizerChoice): Promise<Int32Array> {
    return this.#requests.run(request, async (signal) =>
      countInSlices(await this.#tokenizer(request, choice, texts.join('\n')), texts, signal),
    );
  }

  race(request: number, text: string, encoding: TiktokenEncoding): Promise<EncoderTimes> {
    return this.#requests.run(request, (signal) => raceEncoders(encoding, text, signal));
  }

  async cancel(request: number): Promise<void> {
    this.#requests.cancel(request);
  }

  async dispose(): Promise<void> {
    this.#requests.cancelAll();
  }

  /** js-tiktoken would need up to 1.5 s in one go to get ready; its ids are the same. */
  #tokenizer(request: number, choice: TokenizerChoice, text: string): Promise<Tokenizer> {
    const encoding = tiktokenEncoding(choice);
    if (!encoding) return loadTokenizer(choice, text);
    return loadTiktoken(encoding, (progress) =>
      this.#tell({request, progress: {phase: 'loading', ...progress}}),
    );
  }
}

function tiktokenEncoding(choice: TokenizerChoice): TiktokenEncoding | undefined {
  const name = typeof choice === 'object' && choice.kind === 'tiktoken' ? choice.encoding : choice;
  return name === 'gpt2' || name === 'cl100k_base' || name === 'o200k_base' ? name : undefined;
}
