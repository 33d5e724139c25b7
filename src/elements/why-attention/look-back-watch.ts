import type {LiveModel} from '../../state/live-model.js';
import {type Watch, watchTrace} from '../../state/watch.js';
import type {Tokenizer} from '../../tokenizers/tokenizer.js';
import type {AllHeads} from './look-back.js';
import {taleFor} from './tales.js';

export interface LookBackQuestion {
  model: LiveModel;
  /** Default: a tale of the model's corpus. */
  text?: string;
  /** Which tale, where there is no text. */
  turn: number;
}

/** Asks a model for the attention of all its heads on a text, again whenever its weights change. */
export class LookBackWatch {
  /** The last good answer: it stays while the next is awaited, and when a question cannot be answered. */
  data?: AllHeads;
  /** C of the model that answered. */
  width = 0;
  /** The training step that the answer is from. */
  step = 0;
  /** The text asked about, once the model is there. */
  text?: string;
  /** How many tales there are to choose from. */
  tales = 0;
  /** What the reader should know, e.g. that the text was cut. */
  note?: string;
  error?: string;

  #question?: LookBackQuestion;
  #tokenizer?: Tokenizer;
  #watch?: Watch;
  #ending?: AbortController;

  constructor(
    private readonly isVisible: () => boolean,
    private readonly onChange: () => void,
  ) {}

  /** Asks, unless that is what is being asked already. */
  ask(question: LookBackQuestion): void {
    const now = this.#question;
    const {model} = question;
    if (
      now?.model === model &&
      now.text === question.text &&
      now.turn === question.turn &&
      (!model.tokenizer || !this.#tokenizer || model.tokenizer === this.#tokenizer)
    )
      return;
    if (now && now.model !== model) this.data = undefined;
    this.stop();
    this.#question = question;
    this.#ending = new AbortController();
    void this.#start(question, this.#ending.signal);
  }

  stop(): void {
    this.#ending?.abort();
    this.#watch = this.#question = this.#tokenizer = this.#ending = undefined;
  }

  /** Looks again: the view has become visible. */
  poke(): void {
    this.#watch?.poke();
  }

  /** Tries again after an error. */
  retry(): void {
    const question = this.#question;
    this.stop();
    if (question) this.ask(question);
  }

  async #start({model, text, turn}: LookBackQuestion, signal: AbortSignal): Promise<void> {
    try {
      const {config} = await model.ready;
      const tales = await taleFor(model, turn);
      if (signal.aborted) return;
      const read = text ?? tales.text;
      const tokenizer = (this.#tokenizer = model.tokenizer!);
      const ids = model.encode(read);
      const shown = ids.slice(0, config.contextLength);
      this.text = read;
      this.tales = tales.count;
      this.error = undefined;
      this.note =
        shown.length < ids.length
          ? `The text has ${ids.length} tokens; this model looks at ${shown.length} at a time, so the first ${shown.length} are shown.`
          : undefined;
      if (!shown.length) {
        this.data = undefined;
        return this.onChange();
      }
      const tokens = shown.map((id) => tokenizer.token(id));
      const options = {signal, minIntervalMs: 250, isVisible: this.isVisible, onError: this.#fail};
      this.#watch = watchTrace(model, {ids: shown, want: ['h.*.attn.probs']}, options, (trace) => {
        if (model.tokenizer !== tokenizer) return; // an answer of the model before this one
        const weights = Array.from({length: config.nLayers}, (_, n) => trace[`h.${n}.attn.probs`]!.data);
        this.data = {tokens, heads: config.nHeads, weights};
        this.width = config.embDim;
        this.step = model.step;
        this.error = undefined;
        this.onChange();
      });
    } catch (error) {
      if (!signal.aborted) this.#fail(error as Error);
    }
  }

  #fail = (error: Error): void => {
    this.error = error.message;
    this.onChange();
  };
}
