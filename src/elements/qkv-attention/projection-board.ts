/** x · W = q, k and v: the projections of every token side by side. */
import {html} from 'lit';
import type {AttentionLayer, HeadValues} from '../../ui/model/attention-layer.js';
import {WIDE_BOARD} from '../../ui/views/matrix-product/attention-board.js';
import type {ProductBlock, ProductProps} from '../../ui/views/matrix-product/product-view.js';
import {signedScale} from '../../viz/color.js';
import type {Theme} from '../../viz/theme.js';
import {ROLES, type Role} from './words.js';

export interface ProjectionInput {
  layer: AttentionLayer;
  head: HeadValues;
  tokens: readonly string[];
  query: number;
  /** The one that is shown where there is no room for three. */
  projection: Role;
  /** The ends of the scales. */
  extents: {x: number; W: number; vectors: number};
  theme: Theme;
  width: number;
}

const NAMES = {query: ['q', 'wq'], key: ['k', 'wk'], value: ['v', 'wv']} as const;

export function projectionBoard({
  layer,
  head,
  tokens,
  query,
  projection,
  extents,
  theme,
  width,
}: ProjectionInput): Pick<ProductProps, 'axes' | 'blocks' | 'columns' | 'heights' | 'head' | 'row'> {
  const wide = width >= WIDE_BOARD;
  const roles = wide ? ROLES : [projection];
  const [T, C, D] = [tokens.length, layer.width, head.q[0]!.length];
  const blocks: Record<string, ProductBlock> = {
    x: {
      values: layer.x,
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
  for (const role of roles) {
    const [result, weight] = NAMES[role];
    blocks[weight] = {
      values: head[weight],
      scale: signedScale(theme, extents.W),
      rows: 'C',
      columns: 'D',
      title: html`W<sub>${result}</sub>`,
      symbols: '[C, D]',
      label: `The ${role} matrix, ${C} rows of ${D} numbers`,
      role,
      nameOf: (row, column) => `Row ${row + 1}, column ${column + 1} of the ${role} matrix`,
    };
    blocks[result] = {
      values: head[result],
      scale: signedScale(theme, extents.vectors),
      rows: 'T',
      columns: 'D',
      title: {q: 'queries q', k: 'keys k', v: 'values v'}[result],
      symbols: '[T, D]',
      label: `The ${role} of each token, ${T} rows of ${D} numbers`,
      role,
      product: {left: 'x', right: weight},
      nameOf: (row, column) => `${tokens[row]}, number ${column + 1} of its ${role}`,
    };
  }
  return {
    axes: {
      T: {size: T, labels: tokens, across: [20, 44], down: [20, 26]},
      C: {size: C, most: 24, across: [5, C <= 8 ? 24 : 10], down: [6, 24]},
      D: {size: D, across: [wide ? 6 : 5, D <= 4 ? 44 : D <= 8 ? 24 : 12], down: [6, 24]},
    },
    blocks,
    columns: [{below: 'x'}, ...roles.map((role) => ({above: NAMES[role][1], below: NAMES[role][0]}))],
    heights: [wide ? 200 : 130, 280],
    head: 62,
    row: query,
  };
}
