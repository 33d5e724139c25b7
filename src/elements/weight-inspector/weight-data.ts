/** What `<weight-inspector>` shows: one tensor of a model by its GPT-2 name. */
import {tensorStatistics} from '../../math/tensor-reading.js';
import {EngineError, type WeightReading} from '../../state/index.js';
import type {LiveModel} from '../../state/live-model.js';
import {number} from '../../ui/base/format.js';

/** The tensor to begin with. */
export const DEFAULT_TENSOR = 'h.0.attn.c_attn.weight';

/** Reads a tensor; the default one where the model has none of that name. */
export async function readTensor(
  model: LiveModel,
  name: string,
  signal: AbortSignal,
): Promise<WeightReading & {missing?: string}> {
  try {
    return await model.inspect(name || DEFAULT_TENSOR, {signal});
  } catch (error) {
    const isMissing =
      error instanceof EngineError && error.code === 'config' && name && name !== DEFAULT_TENSOR;
    if (!isMissing) throw error;
    return {...(await model.inspect(DEFAULT_TENSOR, {signal})), missing: name};
  }
}

/** @throws {RangeError} where the rows are no matrix, with a sentence for the reader */
export function tensorFrom(values: readonly (readonly number[])[], name: string): WeightReading {
  const columns = values[0]?.length ?? 0;
  if (!columns || values.some((row) => row.length !== columns))
    throw new RangeError('“values” must have at least one row, and all rows must be equally long.');
  const shape = [values.length, columns];
  return {name, shape, step: 0, ...tensorStatistics(values.flat(), shape), tensors: [{name, shape}]};
}

export interface TensorGroup {
  label: string;
  tensors: readonly {name: string; shape: readonly number[]}[];
}

/** Returns the tensors as a reader looks for them: embeddings, block by block, and what comes after. */
export function groupsOf({tensors}: Pick<WeightReading, 'tensors'>): TensorGroup[] {
  const groups = new Map<string, TensorGroup['tensors'][number][]>();
  for (const tensor of tensors) {
    const layer = /^h\.(\d+)\./.exec(tensor.name)?.[1];
    const label = layer
      ? `Block ${Number(layer) + 1}`
      : /^w[tp]e/.test(tensor.name)
        ? 'Embeddings'
        : 'Output';
    groups.set(label, [...(groups.get(label) ?? []), tensor]);
  }
  return [...groups].map(([label, list]) => ({label, tensors: list}));
}

/** Returns the names of the equal parts that lie side by side in a tensor; none where it is one whole. */
export const partsOf = ({name, shape}: Pick<WeightReading, 'name' | 'shape'>): readonly string[] =>
  name.endsWith('attn.c_attn.weight') && shape.length === 2 && shape[1]! % 3 === 0
    ? ['queries', 'keys', 'values']
    : [];

/** Returns what training has made of a tensor, in a sentence; empty where nothing is known of its start. */
export function learnedIn({deviation, initialDeviation}: WeightReading): string {
  if (initialDeviation === undefined) return '';
  const growth = deviation / initialDeviation;
  if (Math.abs(growth - 1) < 0.1)
    return 'Its numbers still spread as widely as the random ones that training begins with.';
  return growth > 1
    ? `Training began with random numbers and has spread them ${number(growth)} times as widely.`
    : `Training began with random numbers and has drawn them together, to ${number(growth)} times as wide a spread.`;
}

/** Returns which numbers of a tensor are drawn, in a sentence; empty where all are. */
export function drawnOf({sample: {rowStride, columnStride}}: WeightReading): string {
  const parts = [oneIn(rowStride, 'row'), oneIn(columnStride, 'column')].filter(Boolean);
  return parts.length > 0 ? `Drawn: ${parts.join(', ')}.` : '';
}

const oneIn = (stride: number, what: string): string => (stride === 1 ? '' : `one ${what} in ${stride}`);

const ABOUT: readonly (readonly [RegExp, string])[] = [
  [/^wte/, 'The token embedding: a row for each token of the vocabulary.'],
  [/^wpe/, 'The position embedding: a row for each position.'],
  [/c_attn\.weight/, 'Makes queries, keys and values of the normalized stream: three matrices side by side.'],
  [/c_attn\.bias/, 'Is added to queries, keys and values.'],
  [
    /attn\.c_proj\.weight/,
    'Mixes the results of the heads into the vector that attention adds to the stream.',
  ],
  [/attn\.c_proj\.bias/, 'Is added to what attention adds to the stream.'],
  [/c_fc\.weight/, 'The first matrix of the MLP: each column says what a unit looks for.'],
  [/c_fc\.bias/, 'Moves the threshold of each unit of the MLP.'],
  [/mlp\.c_proj\.weight/, 'The second matrix of the MLP: each row says what a unit adds to the stream.'],
  [/mlp\.c_proj\.bias/, 'Is added to what the MLP adds to the stream.'],
  [/ln_\w+\.weight/, 'γ of a layer norm: one scale for each number of the stream.'],
  [/ln_\w+\.bias/, 'β of a layer norm: one shift for each number of the stream.'],
  [/^lm_head/, 'The output head: a row for each token of the vocabulary.'],
];

/** Returns what a tensor is for, in one sentence; empty for a name that GPT-2 does not have. */
export const aboutTensor = (name: string): string => ABOUT.find(([pattern]) => pattern.test(name))?.[1] ?? '';
