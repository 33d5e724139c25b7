import type {CorpusSpec} from '../../data/corpus.js';
import {type TextProgress, type TrainedTokenizer, trainTokenizer} from '../../state/text-work.js';

/** Pairs on show. */
export const TOP_PAIRS = 10;

export interface RunSettings {
  merges: number;
  minFrequency: number;
}

/** Trains a tokenizer in the text worker. What was trained before stays until the next is there. */
export class TokenizerRun {
  result?: TrainedTokenizer;
  /** Set while it trains. */
  progress?: TextProgress;
  /** Why there is no new result, for the reader. */
  problem = '';

  #ending?: AbortController;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get busy(): boolean {
    return this.#ending !== undefined;
  }

  async start(corpus: CorpusSpec, {merges, minFrequency}: RunSettings): Promise<void> {
    this.cancel();
    const ending = new AbortController();
    this.#ending = ending;
    this.problem = '';
    this.#changed();
    try {
      const result = await trainTokenizer(corpus, {
        merges,
        minFrequency,
        topPairs: TOP_PAIRS,
        signal: ending.signal,
        onProgress: (progress) => {
          this.progress = progress;
          this.#changed();
        },
      });
      if (this.#ending === ending) this.result = result;
    } catch (error) {
      if (this.#ending === ending) this.problem = (error as Error).message;
    }
    if (this.#ending !== ending) return; // canceled, or another has begun
    this.#ending = this.progress = undefined;
    this.#changed();
  }

  cancel(): void {
    this.#ending?.abort();
    this.#ending = this.progress = undefined;
  }
}
