/** Reads and checks the weights given by the page in slices: 144 heads of a long text would block the page. */
import {Slice} from '../../../tokenizers/slices.js';
import {Memo} from '../../../ui/base/memo.js';
import type {AttentionData, WeightsInput} from './attention-data.js';
import type {HeadChoice} from './choice.js';
import {readWeights} from './read-weights.js';

export interface Given {
  weights: WeightsInput | undefined;
  scores: WeightsInput | undefined;
  tokens: readonly string[];
  snapshotWeights: WeightsInput | undefined;
}

export class GivenData {
  /** The last good weights. With many layers, the one on show is read first. */
  data?: AttentionData;
  /** `snapshotWeights`, once they are read. */
  snapshot?: AttentionData;
  /** Why the last given weights are not on show, as a sentence for the reader. */
  problem?: string;

  readonly #given = new Memo();
  #reading?: AbortController;

  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Reads the given weights, unless they are the same as before. If that takes no longer than a slice, it is done when this returns. */
  take(given: Given, first: HeadChoice): void {
    const {weights, scores, tokens, snapshotWeights} = given;
    if (!this.#given.changed(weights, scores, tokens, snapshotWeights)) return;
    this.#reading?.abort();
    this.problem = undefined;
    if (!weights) this.data = undefined;
    const {signal} = (this.#reading = new AbortController());
    void this.#read(given, first, signal);
  }

  /** Stops reading; the next `take` starts again. */
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
          this.#onChange();
        }
        if (slice.isOver) await slice.next();
      }
    } catch (error) {
      if (signal.aborted) return;
      this.data = last;
      this.problem = (error as Error).message;
      this.#onChange();
    }
    this.#reading = undefined;
  }
}

/** Reads in small steps; yields what has been read so far, whenever there is more of it. */
function* readAll(
  {weights, scores, tokens, snapshotWeights}: Given,
  first: HeadChoice,
): Generator<Pick<GivenData, 'data' | 'snapshot'> | undefined> {
  if (weights) for (const data of readWeights(weights, tokens, {scores, first})) yield data && {data};
  if (!snapshotWeights) return;
  let snapshot: AttentionData | undefined;
  for (const data of readWeights(snapshotWeights, tokens)) {
    snapshot = data ?? snapshot;
    yield undefined;
  }
  yield {snapshot};
}
