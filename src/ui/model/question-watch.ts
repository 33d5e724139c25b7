import type {ModelFacts} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import {type Watch, watchModel} from '../../state/watch.js';

/**
 * A question to a model that is asked again whenever its weights change. Another question, or another tokenizer, takes the place
 * of the one before; the last good answer stays while the next is awaited, and when a question cannot be answered.
 */
export abstract class QuestionWatch<Question extends {model: LiveModel}, Answer> {
  /** The last good answer. */
  data?: Answer;
  /** What the reader should know, e.g. that the text was cut. */
  note?: string;
  /** Why there is no (newer) answer, for the reader. */
  error?: string;

  #asked?: Question;
  /** What the answer is from, also while nothing is asked. */
  #source?: LiveModel;
  #tokenizer?: LiveModel['tokenizer'];
  #watch?: Watch;
  #ending?: AbortController;

  constructor(
    private readonly isVisible: () => boolean,
    protected readonly onChange: () => void,
    private readonly minIntervalMs = 250,
  ) {}

  /**
   * Gets ready to ask, once the model is open: encodes texts, says in `note` what is cut.
   * @returns what is asked of the model each time; undefined: there is nothing to ask, and the answer goes
   * @throws {Error} with a sentence for the reader, where the question cannot be asked
   */
  protected abstract prepare(
    question: Question,
    facts: ModelFacts,
    signal: AbortSignal,
  ): Asking<Answer> | undefined | Promise<Asking<Answer> | undefined>;

  /** The model is another one: what is from the one before goes. */
  protected forget(): void {
    this.data = undefined;
  }

  /** Asks, unless that is what is being asked already. */
  ask(question: Question): void {
    const {model} = question;
    const knows = !model.tokenizer || !this.#tokenizer || model.tokenizer === this.#tokenizer;
    if (this.#asked && isSame(this.#asked, question) && knows) return;
    if (model !== this.#source) this.forget();
    this.#source = model;
    this.stop();
    this.#asked = question;
    this.#ending = new AbortController();
    void this.#start(question, this.#ending.signal);
  }

  stop(): void {
    this.#ending?.abort();
    this.#watch = this.#asked = this.#tokenizer = this.#ending = undefined;
  }

  /** Looks again: the view has become visible. */
  poke(): void {
    this.#watch?.poke();
  }

  /** Tries again, after an error or with other wishes. */
  retry(): void {
    const question = this.#asked;
    this.stop();
    if (question) this.ask(question);
  }

  async #start(question: Question, signal: AbortSignal): Promise<void> {
    const {model} = question;
    try {
      const facts = await model.ready;
      if (signal.aborted) return;
      const tokenizer = (this.#tokenizer = model.tokenizer);
      this.error = this.note = undefined;
      const asking = await this.prepare(question, facts, signal);
      if (signal.aborted) return;
      if (!asking) {
        this.data = undefined;
        this.onChange();
        return;
      }
      const {minIntervalMs, isVisible} = this;
      const options = {signal, minIntervalMs, isVisible, onError: this.#fail};
      this.#watch = watchModel(model, asking, options, (answer) => {
        if (model.tokenizer !== tokenizer) return; // an answer of the model before this one
        this.data = answer;
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

type Asking<Answer> = (signal: AbortSignal) => Promise<Answer>;

/** Questions are flat: a model, and texts, numbers or lists of them. */
function isSame<Question extends object>(a: Question, b: Question): boolean {
  const keys = Object.keys({...a, ...b}) as (keyof Question)[];
  return keys.every(
    (key) => Object.is(a[key], b[key]) || (Array.isArray(a[key]) && `${a[key]}` === `${b[key]}`),
  );
}
