import {Memo} from '../../../ui/base/memo.js';
import type {AttentionData} from '../data/attention-data.js';
import type {HeadChoice} from '../data/choice.js';
import {MAX_TABLE_TOKENS} from './attention-table.js';
import type {Scene} from './scene.js';

/** Milliseconds without a change after which the table for screen readers is updated. */
const SETTLED_MS = 600;

/** Says when to render the table for screen readers: not while the weights change several times a second. */
export class SettledTable {
  #settled?: HeadChoice & {data: AttentionData};
  #timer?: ReturnType<typeof setTimeout>;
  readonly #shown = new Memo();
  readonly #onSettled: () => void;

  constructor(onSettled: () => void) {
    this.#onSettled = onSettled;
  }

  /** Whether the weights on show have not changed for a while. */
  isSettled({data, chosen}: Scene): boolean {
    const {layer, head} = chosen;
    return this.#settled?.data === data && this.#settled.layer === layer && this.#settled.head === head;
  }

  /** Called after each drawing. */
  drawn({data, chosen}: Scene): void {
    const {layer, head} = chosen;
    if (!this.#shown.changed(data, layer, head)) return;
    clearTimeout(this.#timer);
    if (data.tokens.length > MAX_TABLE_TOKENS || !data.weights[layer]) return;
    this.#timer = setTimeout(() => {
      this.#settled = {data, layer, head};
      this.#onSettled();
    }, SETTLED_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#shown.forget();
  }
}
