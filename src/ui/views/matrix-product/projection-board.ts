import {signedScale} from '../../../viz/color.js';
import type {Axis, BoardColumn} from '../../../viz/matrix-product/layout.js';
import type {ProductBlock} from '../../../viz/matrix-product/scene.js';
import type {Theme} from '../../../viz/theme.js';
import type {AttentionLayer} from '../../model/attention-layer.js';

/** A head's columns of a projection. */
export type Piece = readonly [part: 'q' | 'k' | 'v', head: number];

/** A matrix of weights, made of pieces side by side, and its product. */
export interface Projection {
  /** Of the product's block; that of the weights is `w` and this. */
  id: string;
  /** Names of the weights and of their product. */
  titles: readonly [weights: string, result: string];
  /** How many columns it has, in the field's notation. */
  symbol: string;
  pieces: readonly Piece[];
}

export interface ProjectionInput {
  layer: AttentionLayer;
  tokens: readonly string[];
  projections: readonly Projection[];
  /** Of tokens (down), of the numbers of x, and of the numbers of a projection. */
  axes: Record<'T' | 'C' | 'D', Omit<Axis, 'size'>>;
  gap?: number;
  /** The ends of the scales. */
  extents: {x: number; W: number; vectors: number};
  theme: Theme;
}

export const ROLE_OF = {q: 'query', k: 'key', v: 'value'} as const;
const WEIGHTS_OF = {q: 'wq', k: 'wk', v: 'wv'} as const;

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
export const subscript = (n: number): string =>
  [...`${n}`].map((digit) => SUBSCRIPTS[Number(digit)]).join('');

/** x · W = y: projections of every token, side by side. */
export function projectionBoard({
  layer: {x, heads, width: C},
  tokens,
  projections,
  axes,
  gap,
  extents,
  theme,
}: ProjectionInput): {
  axes: Record<'T' | 'C' | 'D', Axis>;
  blocks: Record<string, ProductBlock>;
  columns: BoardColumn[];
} {
  const T = tokens.length;
  const D = C / heads.length;
  const most = Math.max(...projections.map(({pieces}) => pieces.length));
  const blocks: Record<string, ProductBlock> = {
    x: {
      values: x,
      scale: signedScale(theme, extents.x),
      rows: 'T',
      columns: 'C',
      title: 'x',
      symbols: '[T, C]',
      label: `Vectors x, ${T} rows of ${C} numbers`,
      rowLabels: 'left',
      nameOf: (row, column) => `${tokens[row]}, number ${column + 1} of x`,
    },
  };
  for (const {id, titles, symbol, pieces} of projections) {
    const isSingle = pieces.length === 1;
    const beside = (of: (piece: Piece) => readonly ArrayLike<number>[]): number[][] => {
      const parts = pieces.map(of);
      return parts[0]!.map((_, row) => parts.flatMap((part) => Array.from(part[row]!)));
    };
    const nameOf = (column: number): string => {
      const [part, head] = pieces[Math.floor(column / D)]!;
      return `${ROLE_OF[part]}${isSingle ? '' : ` of head ${head + 1}`}, number ${(column % D) + 1}`;
    };
    const common = {
      columns: 'D',
      role: isSingle ? ROLE_OF[pieces[0]![0]] : undefined,
      pieceRoles: pieces.map(([part]) => ROLE_OF[part]),
    };
    blocks[`w${id}`] = {
      ...common,
      rows: 'C',
      title: titles[0],
      symbols: `[C, ${symbol}]`,
      label: `Weights ${titles[0]}, ${C} rows of ${pieces.length * D} numbers`,
      values: beside(([part, head]) => heads[head]![WEIGHTS_OF[part]]),
      scale: signedScale(theme, extents.W),
      pieceLabels: isSingle ? undefined : pieces.map(([part, head]) => `${part}${subscript(head + 1)}`),
      nameOf: (row, column) => `weight of the ${nameOf(column)}, row ${row + 1}`,
    };
    blocks[id] = {
      ...common,
      rows: 'T',
      title: titles[1],
      symbols: `[T, ${symbol}]`,
      label: `${titles[1]}, ${T} rows of ${pieces.length * D} numbers`,
      values: beside(([part, head]) => heads[head]![part]),
      scale: signedScale(theme, extents.vectors),
      product: {left: 'x', right: `w${id}`},
      nameOf: (row, column) => `${tokens[row]}: ${nameOf(column)}`,
    };
  }
  return {
    axes: {
      T: {size: T, labels: tokens, ...axes.T},
      C: {size: C, ...axes.C},
      D: {size: most * D, pieces: most, ...axes.D},
    },
    blocks,
    columns: [{below: 'x'}, ...projections.map(({id}) => ({above: `w${id}`, below: id, gap}))],
  };
}
