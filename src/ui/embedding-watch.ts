import type {LiveModel} from '../state/live-model.js';
import {type Watch, watchModel} from '../state/watch.js';
import type {EmbeddingTable} from './embedding-table.js';

/** Larger models hand out rows and not their whole weights, some megabytes a time. */
const WHOLE_TABLE = 4e6;
/** Of a larger model so many rows are shown. */
const MOST_ROWS = 256;

/**
 * Reads a model's token embedding (`wte`), again whenever its weights change. Of a large model only some rows are
 * read: those of the tokens asked for, those at the corpus's beginning, then the first ids.
 */
export class EmbeddingWatch {
  /** The last good answer. */
  table?: EmbeddingTable;
  error?: string;

  #model?: LiveModel;
  /** What the table is from, also while nothing is watched. */
  #source?: LiveModel;
  /** What the table's labels were made with: another tokenizer is another model. */
  #tokenizer?: LiveModel['tokenizer'];
  #wanted: readonly number[] = [];
  #watch?: Watch;
  #ending?: AbortController;

  constructor(
    private readonly isVisible: () => boolean,
    private readonly onChange: () => void,
    private readonly minIntervalMs = 250,
  ) {}

  /** Watches this model, unless it does so already. */
  ask(model: LiveModel): void {
    if (
      model === this.#model &&
      (!model.tokenizer || !this.#tokenizer || model.tokenizer === this.#tokenizer)
    )
      return;
    if (model !== this.#source) this.table = undefined;
    this.#source = model;
    this.stop();
    this.#model = model;
    this.#ending = new AbortController();
    void this.#start(model, this.#ending.signal);
  }

  /** These tokens must be among the rows. */
  include(ids: readonly number[]): void {
    const missing = ids.filter((id) => !this.table?.ids.includes(id));
    if (!missing.length || !this.table) return;
    this.#wanted = [...new Set([...ids, ...this.#wanted])].slice(0, MOST_ROWS);
    const model = this.#model;
    this.stop();
    if (model) this.ask(model);
  }

  stop(): void {
    this.#ending?.abort();
    this.#model = this.#tokenizer = this.#watch = this.#ending = undefined;
  }

  /** Looks again: the view has become visible. */
  poke(): void {
    this.#watch?.poke();
  }

  retry(): void {
    const model = this.#model;
    this.stop();
    if (model) this.ask(model);
  }

  async #start(model: LiveModel, signal: AbortSignal): Promise<void> {
    try {
      await model.ready;
      if (signal.aborted) return;
      this.#tokenizer = model.tokenizer;
      const options = {
        signal,
        minIntervalMs: this.minIntervalMs,
        isVisible: this.isVisible,
        onError: this.#fail,
      };
      this.#watch = watchModel(
        model,
        (stopped) => read(model, this.#wanted, stopped),
        options,
        (table) => {
          if (model.tokenizer !== this.#tokenizer) return; // an answer of the model before this one
          this.table = table;
          this.error = undefined;
          this.onChange();
        },
      );
    } catch (error) {
      if (!signal.aborted) this.#fail(error as Error);
    }
  }

  #fail = (error: Error): void => {
    this.error = error.message;
    this.onChange();
  };
}

async function read(
  model: LiveModel,
  wanted: readonly number[],
  signal: AbortSignal,
): Promise<EmbeddingTable> {
  const {config, parameters, corpus} = await model.ready;
  const {vocabSize, embDim: width, contextLength} = config;
  const whole = parameters <= WHOLE_TABLE;
  const ids = whole
    ? Array.from({length: vocabSize}, (_, id) => id)
    : someIds(wanted, model.encode(corpus.excerpt), vocabSize, Math.min(MOST_ROWS, contextLength));
  const answer = whole
    ? (await model.weights(['wte.weight'])).get('wte.weight')!
    : (await model.trace({ids, want: ['embed.token'], signal}))['embed.token']!;
  const tokenizer = model.tokenizer!;
  // A model may have more rows than its tokenizer has tokens.
  const tokens = ids.map((id) => (id < tokenizer.vocabSize ? tokenizer.token(id) : `${id}`));
  return {ids, tokens, values: answer.data, width, vocabSize, step: model.step};
}

/** So many different ids, ascending: those wanted first, then those of a text, then the lowest. */
function someIds(
  wanted: readonly number[],
  text: readonly number[],
  vocabSize: number,
  count: number,
): number[] {
  const ids = new Set([...wanted, ...text].slice(0, count));
  for (let id = 0; id < vocabSize && ids.size < count; id++) ids.add(id);
  return [...ids].sort((a, b) => a - b);
}
