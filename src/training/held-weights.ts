/** How a model's weights are held on the backend. */
import type {Rounding, WeightDtype} from '../model/memory.js';
import type {Slot} from '../model/parameters.js';
import type {Weights} from '../model/weights.js';

export interface HeldWeights {
  readonly dtype: WeightDtype;
  /** Absent where nothing is rounded. */
  readonly rounding?: Rounding;
  /** Returns the weights by name for one forward pass. Call it inside a tidy. */
  weights(): Weights;
  /** Writes neighboring numbers of a weight. Await it before the next call. */
  write(slot: Slot, first: number, numbers: Float32Array): Promise<void>;
  /** To be called after the last `write`. */
  finish(): void;
  /** Returns a copy of one weight. */
  read(slot: Slot): Promise<Float32Array>;
  dispose(): void;
}
