/** What the model loses without a head: its loss on a text, and what it would have said next. */
import type {Intervention} from '../../engine/protocol.js';
import {softmax} from '../../math/attention.js';
import type {LiveModel} from '../../state/index.js';

export interface HeadPlace {
  layer: number;
  head: number;
}

export interface Verdict {
  /** Mean cross-entropy of the text's tokens after the first, nats per token. */
  loss: number;
  /** [V]: the probability of each token to come after the text. */
  next: number[];
}

/** What silences heads: their part of the context is zero. */
export const silence = (places: readonly HeadPlace[]): Intervention[] =>
  places.map(({layer, head}) => ({at: `h.${layer}.attn.context`, head, change: 'zero'}));

/** Reads a text with some heads silenced. */
export async function judge(
  model: LiveModel,
  ids: readonly number[],
  silenced: readonly HeadPlace[],
  signal?: AbortSignal,
): Promise<Verdict> {
  const interventions = silence(silenced);
  const {logits} = (await model.trace({ids, want: ['logits'], options: {interventions}, signal})) as {
    logits: {shape: number[]; data: Float32Array};
  };
  const V = logits.shape.at(-1)!;
  const at = (t: number): number[] => softmax(logits.data.subarray(t * V, (t + 1) * V));
  let sum = 0;
  for (let t = 0; t + 1 < ids.length; t++) sum -= Math.log(at(t)[ids[t + 1]!]!);
  return {loss: ids.length > 1 ? sum / (ids.length - 1) : Number.NaN, next: at(ids.length - 1)};
}

/** Measures what each head is worth, one after the other. */
export class HeadSurvey {
  /** [L][H]: how much the loss grows without the head; undefined where it has not been measured yet. */
  growth: (number | undefined)[][] = [];
  running = false;
  error?: string;
  #ending?: AbortController;

  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** @param ids The text that every head is measured on. */
  async run(model: LiveModel, ids: readonly number[]): Promise<void> {
    this.stop();
    const ending = (this.#ending = new AbortController());
    const {nLayers, nHeads} = model.facts!.config;
    this.growth = Array.from({length: nLayers}, () => Array<number | undefined>(nHeads).fill(undefined));
    this.running = true;
    this.error = undefined;
    this.#onChange();
    try {
      const whole = (await judge(model, ids, [], ending.signal)).loss;
      for (let layer = 0; layer < nLayers; layer++)
        for (let head = 0; head < nHeads; head++) {
          const {loss} = await judge(model, ids, [{layer, head}], ending.signal);
          if (ending.signal.aborted) return;
          this.growth[layer]![head] = loss - whole;
          this.#onChange();
        }
    } catch (error) {
      if (ending.signal.aborted) return;
      this.error = (error as Error).message;
    }
    this.running = false;
    this.#onChange();
  }

  /** Ends it; what has been measured stays. */
  stop(): void {
    this.#ending?.abort();
    this.#ending = undefined;
    this.running = false;
  }

  /** Forgets all: the weights are others, or the model is. */
  forget(): void {
    this.stop();
    this.growth = [];
  }
}
