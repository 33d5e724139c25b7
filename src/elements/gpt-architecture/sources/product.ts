/** The tensors that are matrix products: their factors, cut to what one head or the candidates need. */
import {decimals, visibleToken} from '../../../ui/base/format.js';
import {shareScale, signedScale} from '../../../viz/color.js';
import type {ProductBlock, Role, Scene} from '../../../viz/matrix-product/scene.js';
import {niceCeiling} from '../../../viz/nice.js';
import type {Theme} from '../../../viz/theme.js';
import type {TensorDetail} from '../data/detail.js';
import {type Rule, sourceOf} from './sources.js';

type Rows = readonly (readonly number[])[];

/** left · right (+ bias) = result. */
export interface Product {
  rule: Rule;
  left: Rows;
  right: Rows;
  result: Rows;
  /** What is added to each column. */
  bias?: readonly number[];
  /** What the sums are divided by; the result holds the quotients. */
  divisor?: number;
  /** The index of each column on the tensor’s last axis. */
  columns: readonly number[];
  /** Names of the columns, where they have some. */
  columnLabels?: readonly string[];
  /** Names of the summed axis, where it has some. */
  innerLabels?: readonly string[];
}

/** Returns a tensor as the product that it is; undefined for one that is none, or whose factors are not there. */
export function productOf(
  {data, name, tensors}: TensorDetail,
  head: number,
  chosen: number,
): Product | undefined {
  const rule = sourceOf(name, data.config)?.rule;
  const own = tensors[name];
  if (!rule || !own) return undefined;
  const {embDim, nHeads} = data.config;
  const D = embDim / nHeads;
  const tokens = data.tokens.map(visibleToken);
  const all = (size: number, from = 0): number[] => Array.from({length: size}, (_, i) => from + i);
  const matrix = (of: string, plane = 0): Rows | undefined => {
    const tensor = tensors[of];
    if (!tensor) return undefined;
    const [rows, width] = tensor.shape.slice(-2) as [number, number];
    const values = tensor.data as Float32Array;
    return all(rows).map((row) =>
      Array.from(values.subarray((plane * rows + row) * width, (plane * rows + row + 1) * width)),
    );
  };
  const only = (rows: Rows | undefined, columns: readonly number[]): Rows | undefined =>
    rows?.map((row) => columns.map((column) => row[column]!));
  const whole = (product: Partial<Product>): Product | undefined =>
    product.left && product.right && product.result ? ({rule, ...product} as Product) : undefined;
  switch (rule.kind) {
    case 'linear': {
      const width = own.shape.at(-1)!;
      const from = rule.offset + (rule.heads ? head * D : 0);
      const columns = all(width, from);
      const bias = rule.bias === undefined ? undefined : tensors[rule.bias];
      return whole({
        left: matrix(rule.input),
        right: only(matrix(rule.weight), columns),
        result: matrix(name, rule.heads ? head : 0),
        bias: bias && columns.map((column) => bias.data[column]!),
        columns: all(width),
      });
    }
    case 'scores':
      return whole({
        left: matrix(rule.queries, head),
        right: transposed(matrix(rule.keys, head)),
        result: matrix(name, head),
        divisor: Math.sqrt(D),
        columns: all(data.tokens.length),
        columnLabels: tokens,
      });
    case 'average': {
      const columns = all(D, head * D);
      return whole({
        left: matrix(rule.weights, head),
        right: matrix(rule.values, head),
        result: only(matrix(name), columns),
        columns,
        innerLabels: tokens,
      });
    }
    case 'unembed': {
      const candidates = data.stream.at(-1)?.guesses[chosen] ?? [];
      const columns = candidates.map(({id}) => id);
      const table = tensors[rule.table];
      const rows =
        table &&
        columns.map((id) =>
          Array.from((table.data as Float32Array).subarray(id * embDim, (id + 1) * embDim)),
        );
      return whole({
        left: matrix(rule.input),
        right: transposed(rows),
        result: only(matrix(name), columns),
        columns,
        columnLabels: candidates.map(({token}) => visibleToken(token)),
      });
    }
    default:
      return undefined;
  }
}

const transposed = (rows: Rows | undefined): Rows | undefined =>
  rows?.[0]?.map((_, column) => rows.map((row) => row[column]!));

interface Names {
  left: string;
  right: string;
  result: string;
  symbols: readonly [left: string, right: string, result: string];
  roles?: readonly (Role | undefined)[];
}

function namesOf({rule, bias}: Product): Names {
  switch (rule.kind) {
    case 'scores':
      return {
        left: 'queries',
        right: 'keys',
        result: 'scores',
        symbols: ['[T, D]', '[D, T]', '[T, T]'],
        roles: ['query', 'key', undefined],
      };
    case 'average':
      return {
        left: 'weights',
        right: 'values',
        result: 'averages',
        symbols: ['[T, T]', '[T, D]', '[T, D]'],
        roles: ['attention', 'value', 'value'],
      };
    case 'unembed':
      return {left: 'x', right: 'rows of wte', result: 'logits', symbols: ['[T, C]', '[C, 8]', '[T, 8]']};
    default:
      return {
        left: 'x',
        right: 'W',
        result: bias ? 'x · W + bias' : 'x · W',
        symbols: ['[T, in]', '[in, out]', '[T, out]'],
      };
  }
}

/** A page with less room shows fewer numbers of each axis. */
const WIDE = 700;

/** Returns the board of a product. */
export function productScene(
  product: Product,
  {tokens, chosen, theme, width}: {tokens: readonly string[]; chosen: number; theme: Theme; width: number},
): Scene {
  const {rule, left, right, result, columnLabels, innerLabels} = product;
  const names = namesOf(product);
  const [inner, outer] = [right.length, right[0]?.length ?? 0];
  const isWide = width >= WIDE;
  const print = (value: number): string => decimals(value, 2);
  const scaleFor = (rows: Rows) =>
    signedScale(theme, niceCeiling(rows.reduce((most, row) => Math.max(most, ...row.map(Math.abs)), 0)));
  const block = (
    which: 0 | 1 | 2,
    title: string,
    values: Rows,
    more: Pick<ProductBlock, 'rows' | 'columns' | 'nameOf'> & Partial<ProductBlock>,
  ): ProductBlock => ({
    title,
    symbols: names.symbols[which],
    label: `${title}, ${values.length} rows of ${values[0]?.length ?? 0} numbers`,
    role: names.roles?.[which],
    values: values as number[][],
    scale: scaleFor(values),
    print,
    ...more,
  });
  const inName = (index: number): string => innerLabels?.[index] ?? `number ${index + 1}`;
  const outName = (index: number): string => columnLabels?.[index] ?? `number ${index + 1}`;
  const isShares = rule.kind === 'average';
  return {
    axes: {
      T: {size: left.length, labels: tokens, across: [18, 44], down: [18, 22]},
      M: {
        size: inner,
        labels: innerLabels,
        most: isWide ? 16 : 6,
        pinned: [],
        across: [18, 44],
        down: [10, innerLabels ? 18 : 14],
      },
      N: {size: outer, labels: columnLabels, most: isWide ? 16 : 5, across: [18, 44], down: [18, 22]},
    },
    blocks: {
      x: block(0, names.left, left, {
        rows: 'T',
        columns: 'M',
        rowLabels: 'left',
        nameOf: (row, column) => `${tokens[row]}, ${inName(column)}`,
        ...(isShares && {scale: shareScale(theme), masked: (row, column) => column > row}),
      }),
      w: block(1, names.right, right, {
        rows: 'M',
        columns: 'N',
        columnLabels: columnLabels !== undefined,
        nameOf: (row, column) => `${outName(column)}, ${inName(row)}`,
      }),
      y: block(2, names.result, result, {
        rows: 'T',
        columns: 'N',
        product: {left: 'x', right: 'w'},
        nameOf: (row, column) =>
          rule.kind === 'scores'
            ? `query of ${tokens[row]} · key of ${outName(column)}`
            : `${tokens[row]}, ${outName(column)}`,
      }),
    },
    columns: [{below: 'x'}, {above: 'w', below: 'y'}],
    heights: [isWide ? 230 : 130, 22 * left.length],
    row: chosen,
  };
}
