import type {LiveModel} from '../../../state/live-model.js';

/** The tokens that a model writes after a text. The last result is cached: another layer of it is no reason to generate again. */
export class Continuation {
  #last?: {key: string; model: LiveModel; ids: readonly number[]};
  #run?: object;
  readonly #onChange: () => void;

  /** @param onChange Called when writing starts. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether the model is writing. */
  get running(): boolean {
    return this.#run !== undefined;
  }

  /** Returns `promptIds` and the `count` tokens after them, each the likeliest one, so that they stay the same. */
  async of(
    model: LiveModel,
    promptIds: readonly number[],
    count: number,
    signal: AbortSignal,
  ): Promise<readonly number[]> {
    if (count <= 0) return promptIds;
    const key = `${count} ${promptIds}`;
    if (this.#last?.key === key && this.#last.model === model) return this.#last.ids;
    const ids = [...promptIds];
    const run = (this.#run = {});
    this.#onChange();
    try {
      for await (const {id} of model.generate({promptIds, maxNewTokens: count, temperature: 0, signal}))
        ids.push(id);
    } finally {
      if (this.#run === run) this.#run = undefined;
    }
    if (!signal.aborted) this.#last = {key, model, ids};
    return ids;
  }
}
