/** The products of a layer with several heads: one projection in, one projection out, and the heads between them. */
import type {AttentionLayer} from '../../ui/model/attention-layer.js';
import {WIDE_BOARD} from '../../ui/views/matrix-product/attention-board.js';
import {type Projection, projectionBoard, subscript} from '../../ui/views/matrix-product/projection-board.js';
import {shareScale, signedScale} from '../../viz/color.js';
import type {Axis} from '../../viz/matrix-product/layout.js';
import type {ProductBlock, Scene} from '../../viz/matrix-product/scene.js';
import type {Theme} from '../../viz/theme.js';

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

/** What stands between the heads and their parts of the context: a line of words and a control. */
const JOINT = 68;
const ROWS: Pick<Axis, 'across' | 'down'> = {across: [10, 20], down: [14, 20]};
const PARTS = ['q', 'k', 'v'] as const;

/** x · c_attn: cut into the heads' queries, keys and values, or with each head's columns gathered into a matrix of its own. */
export function cutOrStack(
  {layer, tokens, chosen, extents, theme, width}: BoardInput,
  way: 'split' | 'stack',
): Scene {
  const H = layer.heads.length;
  const [D, isWide] = [layer.width / H, width >= WIDE_BOARD];
  const projections: Projection[] =
    way === 'split'
      ? [
          {
            id: 'y',
            titles: ['c_attn', 'queries, keys and values'],
            symbol: '3·H·D',
            pieces: PARTS.flatMap((part) => layer.heads.map((_, head) => [part, head] as const)),
          },
        ]
      : layer.heads.map((_, head) => ({
          id: `y${head}`,
          titles: [`W${subscript(head + 1)}`, `head ${head + 1}`],
          symbol: '3·D',
          pieces: PARTS.map((part) => [part, head] as const),
        }));
  const framed =
    way === 'split'
      ? PARTS.map((_, part) => [(part * H + chosen) * D, (part * H + chosen + 1) * D] as const)
      : [[0, 3 * D] as const];
  const id = way === 'split' ? 'y' : `y${chosen}`;
  const pieces = way === 'split' ? 3 * H : 3;
  return {
    ...projectionBoard({
      layer,
      tokens,
      projections,
      gap: way === 'stack' && !isWide ? 12 : undefined,
      axes: {
        T: ROWS,
        C: {most: isWide ? 12 : 8, band: isWide ? 14 : 6, across: [4, 10], down: [6, 16]},
        D: {most: pieces * (isWide ? 6 : 2), band: 4, across: [isWide ? 5 : 4, 12], down: [6, 8]},
      },
      extents,
      theme,
    }),
    heights: [110, 180],
    marks: framed.flatMap((columns) => [`w${id}`, id].map((block) => ({block, columns, color: theme.text}))),
  };
}

/** From this width on the rows of the first head are named. */
const LABELED = 600;

/** What each head looks at, side by side, with room below each for its control. */
export function headsBoard({layer, tokens, chosen, silenced, theme, width}: BoardInput): Scene {
  const [H, T] = [layer.heads.length, tokens.length];
  const isWide = width >= LABELED;
  const [labels, gap] = isWide ? [64, 16] : [0, 8];
  const cell = Math.max(6, Math.min(26, Math.floor(((width - labels) / H - gap) / T)));
  const maps = layer.heads.map(({weights}, head): [string, ProductBlock] => [
    `head${head}`,
    {
      rows: 'K',
      columns: 'K',
      title: `head ${head + 1}`,
      symbols: '[T, T]',
      label: `Attention weights of head ${head + 1}, ${T} rows of ${T} numbers`,
      role: 'attention',
      values: weights,
      scale: shareScale(theme),
      masked: (row, column) => column > row || silenced.includes(head),
      rowLabels: head === 0 && isWide && cell >= 14 ? 'left' : undefined,
      nameOf: (row, column) => `Head ${head + 1}, ${tokens[row]} takes from ${tokens[column]}`,
    },
  ]);
  return {
    axes: {K: {size: T, labels: tokens, across: [cell, cell], down: [cell, cell]}},
    blocks: Object.fromEntries(maps),
    columns: maps.map(([above]) => ({above, gap})),
    heights: [T * cell, 0],
    joint: JOINT,
    marks: [{block: `head${chosen}`, color: theme.text}],
  };
}

/** The heads' results side by side · c_proj = what the layer adds. Each head meets its own rows of c_proj. */
export function outputBoard(input: BoardInput): Scene {
  const {layer, tokens, chosen, silenced, extents, theme, width} = input;
  const [C, H] = [layer.width, layer.heads.length];
  const isWide = width >= WIDE_BOARD;
  return {
    axes: {
      T: {size: tokens.length, labels: tokens, ...ROWS},
      HD: {
        ...unitAxis(C, H),
        most: (isWide ? 4 : 3) * H,
        band: isWide ? 14 : 4,
        across: [4, isWide ? 40 : 6],
      },
      C: {size: C, most: isWide ? 24 : 12, across: [6, 16], down: [6, 9]},
    },
    blocks: {
      context: contextBlock(input),
      proj: {
        rows: 'HD',
        columns: 'C',
        title: 'c_proj',
        symbols: '[H·D, C]',
        label: `Output projection, ${C} rows of ${C} numbers, ${C / H} rows for each head`,
        values: layer.projection.weight,
        scale: signedScale(theme, extents.projection),
        masked: (unit) => silenced.includes(Math.floor((unit * H) / C)),
        rowLabels: 'right',
        nameOf: (unit, column) => `Row ${unit + 1}, column ${column + 1} of the output projection`,
      },
      out: {
        rows: 'T',
        columns: 'C',
        title: isWide ? 'added to the stream' : 'output',
        symbols: '[T, C]',
        label: `Output of the layer, ${tokens.length} rows of ${C} numbers`,
        values: layer.out,
        scale: signedScale(theme, extents.out),
        product: {left: 'context', right: 'proj'},
        nameOf: (token, column) => `${tokens[token]}, number ${column + 1} of what the layer adds`,
      },
    },
    columns: [{below: 'context'}, {above: 'proj', below: 'out'}],
    heights: [isWide ? 260 : 140, 200],
    marks: [{block: 'context', columns: [(chosen * C) / H, ((chosen + 1) * C) / H], color: theme.text}],
  };
}

/** The numbers of all heads: each head is a piece, and its first row is named. */
const unitAxis = (size: number, pieces: number): Omit<Axis, 'across'> => ({
  size,
  pieces,
  down: [6, 9],
  labels: Array.from({length: size}, (_, unit) =>
    (unit * pieces) % size === 0 ? `head ${(unit * pieces) / size + 1}` : '',
  ),
});

function contextBlock({layer, tokens, silenced, extents, theme, width}: BoardInput): ProductBlock {
  const [C, H] = [layer.width, layer.heads.length];
  const headOf = (unit: number): number => Math.floor((unit * H) / C);
  return {
    rows: 'T',
    columns: 'HD',
    title: width >= WIDE_BOARD ? 'context of all heads' : 'context',
    symbols: '[T, H·D]',
    label: `Context vectors, ${tokens.length} rows of ${C} numbers, ${C / H} for each of ${H} heads`,
    values: layer.context,
    scale: signedScale(theme, extents.vectors),
    masked: (_, unit) => silenced.includes(headOf(unit)),
    rowLabels: 'left',
    nameOf: (row, unit) => `${tokens[row]}, number ${(unit % (C / H)) + 1} of head ${headOf(unit) + 1}`,
  };
}
