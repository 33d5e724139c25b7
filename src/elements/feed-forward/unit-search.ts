import type {LiveModel} from '../../state/live-model.js';
import {searchUnits, type Units} from './units.js';

/** Searches the corpus for what makes the units of a layer fire; again when the layer or the weights are others. */
export class UnitSearch {
  result?: Units;
  /** Why there is no result, as a sentence for the reader. */
  problem?: string;
  #searched?: {model: LiveModel; layer: number; step: number};
  #work?: AbortController;
  readonly #changed: () => void;

  /** @param changed There is a result, or a problem. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Starts a search, unless the same is done or under way. A model that is being trained is searched when it pauses. */
  async look(model: LiveModel, layer: number): Promise<void> {
    const last = this.#searched;
    if (
      last?.model === model &&
      last.layer === layer &&
      (last.step === model.step || model.status === 'training')
    )
      return;
    this.#work?.abort();
    const work = (this.#work = new AbortController());
    if (last?.model !== model || last.layer !== layer) this.result = undefined;
    this.problem = undefined;
    this.#searched = {model, layer, step: model.step};
    try {
      const result = await searchUnits(model, layer, work.signal);
      if (work.signal.aborted) return;
      this.result = result;
    } catch (error) {
      if (work.signal.aborted) return;
      this.problem = (error as Error).message;
    }
    this.#work = undefined;
    this.#changed();
  }

  /** Ends the work under way; the next look begins it again. */
  stop(): void {
    if (!this.#work) return;
    this.#work.abort();
    this.#work = this.#searched = undefined;
  }
}
