import {ShuffledWindows} from '../../data/batches.js';
import {slidingWindows} from '../../data/windows.js';

/** The windows of a text in the order in which training takes them. */
export class WindowOrder {
  /** The first token of each window, in text order. */
  readonly starts: Uint32Array;
  readonly #shuffled?: ShuffledWindows;

  /** @param seed Shuffles as a run with this seed does. Default: text order. */
  constructor(length: number, contextLength: number, stride: number, seed?: number) {
    this.starts = slidingWindows(length, contextLength, stride);
    if (seed !== undefined && this.starts.length) this.#shuffled = ShuffledWindows.ofRun(this.starts, seed);
  }

  /** Windows per epoch. */
  get count(): number {
    return this.starts.length;
  }

  /** Returns the first token of the window at an index of the first epoch. */
  startAt(place: number): number {
    return this.#shuffled?.startAt(place) ?? this.starts[place]!;
  }

  /** Returns the index of the window that starts nearest to a token. */
  placeOf(token: number): number {
    const stride = this.starts[1] ?? 1;
    const index = Math.min(this.count - 1, Math.max(0, Math.round(token / stride)));
    if (!this.#shuffled) return index;
    for (let place = 0; place < this.count; place++)
      if (this.#shuffled.startAt(place) === this.starts[index]) return place;
    return 0;
  }
}
