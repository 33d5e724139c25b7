/** One number of a forward pass as the sum that it is. */
import type {NamedTensor} from '../../../engine/protocol.js';
import type {Config} from '../data/architecture-data.js';
import type {Rule} from './sources.js';

/** What a number is computed from. */
export interface Inputs {
  config: Config;
  /** [T] */
  ids: readonly number[];
  /** Traced tensors and parameters, by name. */
  tensors: Readonly<Record<string, NamedTensor | undefined>>;
}

/** One term: a product of its factors, or a single number. */
export interface Term {
  /** Which number it is: an index on the summed axis, or `bias`. */
  index: number | 'bias';
  factors: readonly number[];
  value: number;
}

export interface Arithmetic {
  value: number;
  terms: readonly Term[];
  /** The terms’ sum. */
  sum: number;
  /** What is done with the sum. */
  finish?:
    | {kind: 'divide'; by: number}
    | {kind: 'normalize'; mean: number; deviation: number; scale: number; shift: number}
    | {kind: 'softmax'; own: number; largest: number}
    | {kind: 'gelu'; input: number}
    | {kind: 'masked'};
}

/** Layer norm’s epsilon, as in GPT-2. */
const EPSILON = 1e-5;

/** @throws {Error} if an input is missing */
export function arithmeticOf(rule: Rule, cell: readonly number[], inputs: Inputs): Arithmetic {
  const {config, ids} = inputs;
  const D = config.embDim / config.nHeads;
  const read = (name: string, ...index: number[]): number => at(inputs, name, index);
  const [first, second, third] = cell as [number, number, number];
  switch (rule.kind) {
    case 'lookup':
      return sumOf([term(second, read(rule.table, rule.by === 'id' ? ids[first]! : first, second))]);
    case 'copy':
      return sumOf([term(cell.at(-1)!, read(rule.input, ...cell))]);
    case 'add':
      return sumOf(rule.inputs.map((name, i) => term(i, read(name, ...cell))));
    case 'linear': {
      const [row, column] = rule.heads ? [second, first * D + third] : [first, second];
      return linear(inputs, rule, row, rule.offset + column);
    }
    case 'norm':
      return normalized(inputs, rule, first, second);
    case 'scores': {
      const terms = Array.from({length: D}, (_, d) =>
        term(d, read(rule.queries, first, second, d), read(rule.keys, first, third, d)),
      );
      const {sum} = sumOf(terms);
      return {terms, sum, value: sum / Math.sqrt(D), finish: {kind: 'divide', by: Math.sqrt(D)}};
    }
    case 'mask': {
      if (third > second && config.causal !== false)
        return {
          terms: [],
          sum: Number.NEGATIVE_INFINITY,
          value: Number.NEGATIVE_INFINITY,
          finish: {kind: 'masked'},
        };
      return sumOf([term(third, read(rule.input, ...cell))]);
    }
    case 'softmax':
      return shareOf(inputs, rule.input, cell);
    case 'average': {
      const [head, d] = [Math.floor(second / D), second % D];
      const {length} = config.causal === false ? ids : {length: first + 1};
      return sumOf(
        Array.from({length}, (_, key) =>
          term(key, read(rule.weights, head, first, key), read(rule.values, head, key, d)),
        ),
      );
    }
    case 'gelu': {
      const input = read(rule.input, ...cell);
      return {...sumOf([term(second, input)]), value: gelu(input), finish: {kind: 'gelu', input}};
    }
    case 'unembed':
      return sumOf(
        Array.from({length: config.embDim}, (_, c) =>
          term(c, read(rule.input, first, c), read(rule.table, second, c)),
        ),
      );
  }
}

const term = (index: Term['index'], ...factors: number[]): Term => ({
  index,
  factors,
  value: factors.reduce((product, factor) => product * factor, 1),
});

function sumOf(terms: readonly Term[]): Arithmetic {
  const sum = terms.reduce((total, {value}) => total + value, 0);
  return {terms, sum, value: sum};
}

function linear(
  inputs: Inputs,
  {input, weight, bias}: Rule & {kind: 'linear'},
  row: number,
  column: number,
): Arithmetic {
  const width = tensorOf(inputs, weight).shape[0]!;
  const terms = Array.from({length: width}, (_, i) =>
    term(i, at(inputs, input, [row, i]), at(inputs, weight, [i, column])),
  );
  return sumOf(bias ? [...terms, term('bias', at(inputs, bias, [column]))] : terms);
}

function normalized(
  inputs: Inputs,
  {input, weight, bias}: Rule & {kind: 'norm'},
  row: number,
  column: number,
): Arithmetic {
  const C = inputs.config.embDim;
  const x = Array.from({length: C}, (_, c) => at(inputs, input, [row, c]));
  const mean = x.reduce((sum, value) => sum + value, 0) / C;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / C;
  const deviation = Math.sqrt(variance + EPSILON);
  const [scale, shift] = [at(inputs, weight, [column]), at(inputs, bias, [column])];
  const own = x[column]!;
  const value = ((own - mean) / deviation) * scale + shift;
  return {
    terms: [term(column, own)],
    sum: own,
    value,
    finish: {kind: 'normalize', mean, deviation, scale, shift},
  };
}

/** A softmax over the last axis. */
function shareOf(inputs: Inputs, input: string, cell: readonly number[]): Arithmetic {
  const width = tensorOf(inputs, input).shape.at(-1)!;
  const row = cell.slice(0, -1);
  const scores = Array.from({length: width}, (_, i) => at(inputs, input, [...row, i]));
  const largest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  const terms = scores.map((score, i) => term(i, Math.exp(score - largest)));
  const {sum} = sumOf(terms);
  const own = terms[cell.at(-1)!]!.value;
  return {terms, sum, value: own / sum, finish: {kind: 'softmax', own, largest}};
}

/** GPT-2’s tanh approximation. */
const gelu = (x: number): number =>
  0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

function at(inputs: Inputs, name: string, index: readonly number[]): number {
  const {shape, data} = tensorOf(inputs, name);
  const offset = index.reduce((sum, i, axis) => sum * shape[axis]! + i, 0);
  return (data as Float32Array)[offset]!;
}

function tensorOf({tensors}: Inputs, name: string): NamedTensor {
  const tensor = tensors[name];
  if (!tensor) throw new Error(`“${name}” is needed for this number and was not read.`);
  return tensor;
}
