/** One-hot vectors · wte = the rows that they pick. */
import {rowsOf} from '../../math/attention.js';
import {oneHot} from '../../math/one-hot.js';
import {decimals, visibleToken} from '../../ui/base/format.js';
import type {EmbeddingTable} from '../../ui/model/embedding-table.js';
import {WIDE_BOARD} from '../../ui/views/matrix-product/attention-board.js';
import {signedScale} from '../../viz/color.js';
import type {ProductBlock, Scene} from '../../viz/matrix-product/scene.js';
import type {Theme} from '../../viz/theme.js';
import {cellName} from './lookup-words.js';

export interface LookupInput {
  data: EmbeddingTable;
  /** The rows of the table that are looked up, in the order of the text. */
  rows: readonly number[];
  /** The row that is explained, and the number of it that is, if one is chosen. */
  chosen: number;
  column?: number;
  withOneHot: boolean;
  /** The end of the color scale. */
  extent: number;
  theme: Theme;
  width: number;
}

/** Tokens that are drawn; of more, the first and the last. */
const MOST_TOKENS = 10;

const shorten = (text: string, most: number): string =>
  [...text].length > most ? `${[...text].slice(0, most - 1).join('')}…` : text;

export function lookupBoard({
  data,
  rows,
  chosen,
  column,
  withOneHot,
  extent,
  theme,
  width,
}: LookupInput): Scene {
  const {ids, tokens, values, width: C, vocabSize} = data;
  const isWide = width >= WIDE_BOARD;
  const name = (row: number): string => visibleToken(tokens[row]!);
  const label = (row: number): string => (isWide ? `${ids[row]} ${name(row)}` : name(row));
  const table = rowsOf(values, C);
  const pinned = [...new Set([chosen, ...rows.slice(0, MOST_TOKENS - 1)])];
  const [T, V, at] = [rows.length, ids.length, rows.indexOf(chosen)];
  const print = (value: number): string => decimals(value, 2);
  const blocks: Record<string, ProductBlock> = {
    wte: {
      rows: 'V',
      columns: 'C',
      title: 'table wte',
      symbols: '[V, C]',
      label: `Embedding table, ${V} tokens of ${C} numbers`,
      values: table,
      scale: signedScale(theme, extent),
      print,
      rowLabels: withOneHot ? 'right' : 'left',
      nameOf: (row, number) => cellName(data, row, number),
    },
    x: {
      rows: 'T',
      columns: 'C',
      title: 'vectors of the tokens',
      symbols: '[T, C]',
      label: `Vectors of ${T} tokens, ${C} numbers each`,
      values: rows.map((row) => table[row]!),
      scale: signedScale(theme, extent),
      print,
      product: withOneHot ? {left: 'oneHot', right: 'wte'} : undefined,
      rowLabels: withOneHot ? undefined : 'left',
      nameOf: (row, number) => cellName(data, rows[row]!, number),
    },
  };
  if (withOneHot)
    blocks.oneHot = {
      rows: 'T',
      columns: 'V',
      title: 'one-hot',
      symbols: '[T, V]',
      label: `One-hot vectors of ${T} tokens, ${V} numbers each`,
      values: rows.map((row) => oneHot(row, V)),
      scale: signedScale(theme, 1),
      print: (digit) => `${digit}`,
      rowLabels: 'left',
      nameOf: (row, id) => `${name(rows[row]!)}, number ${ids[id]! + 1} of ${vocabSize}`,
    };
  return {
    axes: {
      T: {
        size: T,
        labels: rows.map((row) => shorten(name(row), isWide ? 10 : 6)),
        across: [20, 20],
        down: [22, 26],
        most: MOST_TOKENS,
        pinned: [at],
      },
      V: {
        size: V,
        labels: ids.map((_, row) => shorten(label(row), isWide ? 10 : 6)),
        across: [isWide ? 8 : 5, 14],
        down: [15, 18],
        most: withOneHot ? 14 : pinned.length + 2,
        band: isWide ? 14 : 5,
        pinned,
      },
      C: {size: C, across: [6, C <= 16 ? 40 : 12], down: [6, 10]},
    },
    blocks,
    columns: [...(withOneHot ? [{below: 'oneHot'}] : []), {above: 'wte', below: 'x'}],
    heights: [300, 270],
    marks: [
      {block: 'oneHot', row: at, color: theme.text},
      {block: 'wte', row: chosen, color: theme.text},
      {block: 'x', row: at, color: theme.text},
    ],
    highlighted: column === undefined ? undefined : {block: 'x', row: at, column},
    arithmetic: withOneHot
      ? [`${name(chosen)} has id ${ids[chosen]}:`, `1 × row ${ids[chosen]} + 0 × all others`]
      : undefined,
  };
}
