/** Weights that the page hands over, read and checked in slices: 144 heads of a long text take longer than a page may stand still. */

import {Slice} from '../../tokenizers/slices.js';
import {Memo} from '../../ui/base/memo.js';
import type {AttentionData, WeightsInput} from './attention-data.js';
import type {HeadChoice} from './choice.js';
import {readWeights} from './read-weights.js';

export interface Given {
  weights: WeightsInput | undefined;
  scores: WeightsInput | undefined;
  tokens: readonly string[];
  weightsBefore: WeightsInput | undefined;
}

export class GivenData {
  /** The last good weights; of many, those of the layer on show are there first. */
  data?: AttentionData;
  /** `weightsBefore`, once they are read. */
  before?: AttentionData;
  /** Why what was given last is not on show. */
  problem?: string;

  readonly #given = new Memo();
  #reading?: AbortController;

  constructor(private readonly onChange: () => void) {}

  /** Reads what is given, unless it is what was given before. What takes no longer than a slice is there when this returns. */
  take(given: Given, first: HeadChoice): void {
    const {weights, scores, tokens, weightsBefore} = given;
    if (!this.#given.changed(weights, scores, tokens, weightsBefore)) return;
    this.#reading?.abort();
    this.problem = undefined;
    if (!weights) this.data = undefined;
    const {signal} = (this.#reading = new AbortController());
    void this.#read(given, first, signal);
  }

  /** What is not read yet is read anew at the next `take`. */
  stop(): void {
    if (!this.#reading) return;
    this.#reading.abort();
    this.#reading = undefined;
    this.#given.forget();
  }

  async #read(given: Given, first: HeadChoice, signal: AbortSignal): Promise<void> {
    const last = this.data;
    const slice = new Slice(signal);
    try {
      for (const read of readAll(given, first)) {
        if (read) {
          Object.assign(this, read);
          this.onChange();
        }
        if (slice.isOver) await slice.next();
      }
    } catch (error) {
      if (signal.aborted) return;
      this.data = last;
      this.problem = (error as Error).message;
      this.onChange();
    }
    this.#reading = undefined;
  }
}

/** In small steps; what has been read, whenever there is more of it. */
function* readAll(
  {weights, scores, tokens, weightsBefore}: Given,
  first: HeadChoice,
): Generator<Pick<GivenData, 'data' | 'before'> | undefined> {
  if (weights) for (const data of readWeights(weights, tokens, {scores, first})) yield data && {data};
  if (!weightsBefore) return;
  let before: AttentionData | undefined;
  for (const data of readWeights(weightsBefore, tokens)) {
    before = data ?? before;
    yield undefined;
  }
  yield {before};
}
