import type {ModelFacts} from '../../engine/protocol.js';
import type {LiveModel} from '../../state/live-model.js';
import type {EmbeddingTable} from './embedding-table.js';
import {QuestionWatch} from './question-watch.js';

/** Larger models hand out rows and not their whole weights, some megabytes a time. */
const WHOLE_TABLE = 4e6;
/** Of a larger model so many rows are shown. */
const MOST_ROWS = 256;

export interface EmbeddingQuestion {
  model: LiveModel;
}

/**
 * Reads a model's token embedding (`wte`), again whenever its weights change. Of a large model only some rows are
 * read: those of the tokens asked for, those at the corpus's beginning, then the first ids.
 */
export class EmbeddingWatch extends QuestionWatch<EmbeddingQuestion, EmbeddingTable> {
  #wanted: readonly number[] = [];

  /** These tokens must be among the rows. */
  include(ids: readonly number[]): void {
    if (!this.data || ids.every((id) => this.data!.ids.includes(id))) return;
    this.#wanted = [...new Set([...ids, ...this.#wanted])].slice(0, MOST_ROWS);
    this.retry();
  }

  protected override forget(): void {
    super.forget();
    this.#wanted = [];
  }

  protected override prepare({model}: EmbeddingQuestion, facts: ModelFacts) {
    return (signal: AbortSignal) => read(model, facts, this.#wanted, signal);
  }
}

async function read(
  model: LiveModel,
  {config, parameters, corpus}: ModelFacts,
  wanted: readonly number[],
  signal: AbortSignal,
): Promise<EmbeddingTable> {
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
