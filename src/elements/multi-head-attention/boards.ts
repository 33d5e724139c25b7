/** The products of a layer with several heads: one projection in, one projection out, and the heads between them. */
import {html} from 'lit';
import type {Matrix} from '../../math/attention.js';
import type {AttentionLayer} from '../../ui/model/attention-layer.js';
import {WIDE_BOARD} from '../../ui/views/matrix-product/attention-board.js';
import type {ProductBlock, ProductProps} from '../../ui/views/matrix-product/product-view.js';
import {signedScale} from '../../viz/color.js';
import type {Axis} from '../../viz/matrix-product/layout.js';
import type {Theme} from '../../viz/theme.js';

type HeadsBoard = Pick<ProductProps, 'axes' | 'blocks' | 'columns' | 'heights' | 'head' | 'marks'>;

export interface BoardInput {
  layer: AttentionLayer;
  tokens: readonly string[];
  /** The head that is framed. */
  chosen: number;
  /** Heads whose part of the context is zero. */
  silenced: readonly number[];
  /** The ends of the scales. */
  extents: Record<'x' | 'W' | 'vectors' | 'projection' | 'out', number>;
  theme: Theme;
  width: number;
}

const PARTS = [
  ['q', 'wq', 'query'],
  ['k', 'wk', 'key'],
  ['v', 'wv', 'value'],
] as const;
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
const subscript = (n: number): string => [...`${n}`].map((digit) => SUBSCRIPTS[Number(digit)]).join('');

const beside = (parts: readonly Matrix[]): number[][] =>
  parts[0]!.map((_, row) => parts.flatMap((part) => Array.from(part[row]!)));

const tokenAxis = (tokens: readonly string[]): Axis => ({
  size: tokens.length,
  labels: tokens,
  across: [10, 20],
  down: [14, 20],
});

/** x · c_attn: cut into the heads' queries, keys and values, or with each head's columns gathered into a matrix of its own. */
export function projectionBoard(
  {layer, tokens, chosen, extents, theme, width}: BoardInput,
  way: 'split' | 'stack',
): HeadsBoard {
  const {heads, width: C} = layer;
  const [T, H, wide] = [tokens.length, heads.length, width >= WIDE_BOARD];
  const D = C / H;
  const blocks: Record<string, ProductBlock> = {
    x: {
      rows: 'T',
      columns: 'C',
      title: 'x',
      symbols: '[T, C]',
      label: `Vectors x, ${T} rows of ${C} numbers`,
      values: layer.x,
      scale: signedScale(theme, extents.x),
      rowLabels: 'left',
      nameOf: (row, column) => `${tokens[row]}, number ${column + 1} of x`,
    },
  };
  /** Adds a matrix and its product, whose columns are these pieces: parts (q, k, v) of heads. */
  const add = (
    id: string,
    title: ProductBlock['title'],
    pieces: readonly (readonly [part: number, head: number])[],
  ): void => {
    const common = {
      columns: 'P',
      pieceRoles: pieces.map(([part]) => PARTS[part]![2]),
    };
    const nameOf = (column: number): string => {
      const [part, head] = pieces[Math.floor(column / D)]!;
      return `number ${(column % D) + 1} of the ${PARTS[part]![2]} of head ${head + 1}`;
    };
    blocks[`w${id}`] = {
      ...common,
      rows: 'C',
      title,
      symbols: way === 'split' ? '[C, 3·H·D]' : '[C, 3·D]',
      label: `Weights, ${C} rows of ${pieces.length * D} numbers`,
      values: beside(pieces.map(([part, head]) => heads[head]![PARTS[part]![1]])),
      scale: signedScale(theme, extents.W),
      pieceLabels: pieces.map(([part, head]) => `${PARTS[part]![0]}${subscript(head + 1)}`),
      nameOf: (row, column) => `Row ${row + 1} of the weights for ${nameOf(column)}`,
    };
    blocks[`y${id}`] = {
      ...common,
      rows: 'T',
      title: way === 'split' ? 'queries, keys and values' : `head ${Number(id) + 1}`,
      symbols: way === 'split' ? '[T, 3·H·D]' : '[T, 3·D]',
      label: `Queries, keys and values, ${T} rows of ${pieces.length * D} numbers`,
      values: beside(pieces.map(([part, head]) => heads[head]![PARTS[part]![0]])),
      scale: signedScale(theme, extents.vectors),
      product: {left: 'x', right: `w${id}`},
      nameOf: (row, column) => `${tokens[row]}, ${nameOf(column)}`,
    };
  };
  const parts = PARTS.map((_, part) => part);
  if (way === 'split')
    add(
      '',
      html`c_attn`,
      parts.flatMap((part) => heads.map((_, head) => [part, head] as const)),
    );
  else
    for (const [head] of heads.entries())
      add(
        `${head}`,
        html`W${subscript(head + 1)}`,
        parts.map((part) => [part, head] as const),
      );
  const ids = way === 'split' ? [''] : heads.map((_, head) => `${head}`);
  const framed =
    way === 'split'
      ? parts.map((part) => [(part * H + chosen) * D, (part * H + chosen + 1) * D] as const)
      : [[0, 3 * D] as const];
  const id = way === 'split' ? '' : `${chosen}`;
  const pieces = way === 'split' ? 3 * H : 3;
  const each = wide ? 6 : 2;
  return {
    axes: {
      T: tokenAxis(tokens),
      C: {size: C, most: wide ? 12 : 8, band: wide ? 14 : 6, across: [4, 10], down: [6, 16]},
      P: {size: pieces * D, pieces, most: pieces * each, band: 4, across: [wide ? 5 : 4, 10], down: [6, 8]},
    },
    blocks,
    columns: [
      {below: 'x'},
      ...ids.map((one) => ({
        above: `w${one}`,
        below: `y${one}`,
        gap: way === 'stack' && !wide ? 12 : undefined,
      })),
    ],
    heights: [110, 180],
    marks: framed.flatMap((columns) =>
      [`w${id}`, `y${id}`].map((block) => ({block, columns, color: theme.text})),
    ),
  };
}

/** The heads' results side by side · c_proj = what the layer adds. Each head meets its own rows of c_proj. */
export function outputBoard(
  {layer, tokens, chosen, silenced, extents, theme, width}: BoardInput,
  part: 'heads' | 'output' | 'both',
): HeadsBoard {
  const {heads, width: C} = layer;
  const [T, H, wide] = [tokens.length, heads.length, width >= WIDE_BOARD];
  const D = C / H;
  const isSilenced = (unit: number): boolean => silenced.includes(Math.floor(unit / D));
  const context: ProductBlock = {
    rows: 'T',
    columns: 'HD',
    title: part === 'output' ? 'context' : 'context of all heads',
    symbols: '[T, H·D]',
    label: `Context vectors, ${T} rows of ${C} numbers, ${D} for each of ${H} heads`,
    values: layer.context,
    scale: signedScale(theme, extents.vectors),
    masked: (_, column) => isSilenced(column),
    rowLabels: 'left',
    nameOf: (row, column) =>
      `${tokens[row]}, number ${(column % D) + 1} of head ${Math.floor(column / D) + 1}`,
  };
  const product: Record<string, ProductBlock> = {
    proj: {
      rows: 'HD',
      columns: 'C',
      title: 'c_proj',
      symbols: '[H·D, C]',
      label: `Output projection, ${C} rows of ${C} numbers, ${D} rows for each head`,
      values: layer.projection.weight,
      scale: signedScale(theme, extents.projection),
      masked: (row) => isSilenced(row),
      rowLabels: 'right',
      nameOf: (row, column) => `Row ${row + 1}, column ${column + 1} of the output projection`,
    },
    out: {
      rows: 'T',
      columns: 'C',
      title: wide ? 'added to the stream' : 'output',
      symbols: '[T, C]',
      label: `Output of the layer, ${T} rows of ${C} numbers`,
      values: layer.out,
      scale: signedScale(theme, extents.out),
      product: {left: part === 'both' ? 'context' : 'joined', right: 'proj'},
      nameOf: (row, column) => `${tokens[row]}, number ${column + 1} of what the layer adds`,
    },
  };
  const left = part === 'output' ? 'joined' : 'context';
  return {
    axes: {
      T: tokenAxis(tokens),
      HD: {
        size: C,
        pieces: H,
        most: H * (part === 'output' ? 3 : 4),
        band: part === 'output' ? 4 : 14,
        across: part === 'output' ? [4, 6] : [6, 36],
        down: [6, 9],
        labels: Array.from({length: C}, (_, unit) =>
          unit % D === 0 ? `${wide ? 'head ' : 'h'}${unit / D + 1}` : '',
        ),
      },
      C: {size: C, most: wide ? 24 : 12, across: [6, 10], down: [6, 9]},
    },
    blocks: {[left]: context, ...(part === 'heads' ? {} : product)},
    columns: part === 'heads' ? [{below: 'context'}] : [{below: left}, {above: 'proj', below: 'out'}],
    heights: [wide ? 260 : 140, 200],
    head: part === 'heads' ? 165 : 0,
    marks: [{block: left, columns: [chosen * D, (chosen + 1) * D], color: theme.text}],
  };
}
