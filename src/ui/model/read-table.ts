import type {LiveModel} from '../../state/live-model.js';
import {tokenLabels} from '../../tokenizers/token-label.js';
import type {EmbeddingTable} from './embedding-table.js';

/** Parameters of the largest model whose whole table is read: some megabytes each time the weights change. */
const WHOLE_TABLE = 4e6;
/** Rows that are read of a larger model. */
const MOST_ROWS = 256;

/**
 * Reads a model's token embedding `wte`: all V rows, or of a large model those of the tokens `wanted`, of the
 * beginning of its corpus, and the first ids.
 */
export async function readTable(
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
  const tokens = tokenLabels(model.tokenizer!, ids);
  return {ids, tokens, values: answer.data, width, vocabSize, step: model.step};
}

/** Picks `count` different ids, ascending: first those wanted, then those of a text, then the lowest. */
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
