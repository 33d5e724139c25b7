/**
 * A linear layer and what follows it, so that its result is not read again for that:
 *   Y = A W + b                                              (c_attn)
 *   pre = A W + b,  Y = gelu(pre)                            (c_fc; backward needs both)
 *   x = residual + drop(A W + b),  h = LN(x)                 (both c_proj; h is what the next layer reads)
 * Shapes: A [N, K], W [K, M], b [M].
 * Memory: reads NK + KM (each tile reads its rows and columns once), writes NM (2 NM with GELU or layer norm).
 */
import {defineKernel, type Kernel} from '../kernel.js';
import {DROPOUT} from '../wgsl/dropout.js';
import {GELU} from '../wgsl/gelu.js';
import {NORMALISE_ROW} from '../wgsl/normalise-row.js';
import {registerTile, TILE_COLUMNS4, TILE_ROWS} from '../wgsl/register-tile.js';

/** Threads of a workgroup across columns and across rows: neighbours share a row of A and read neighbouring columns of W. */
const GROUP = {columns: 4, rows: 4};

export function linearForward({gelu}: {gelu: boolean}): Kernel {
  return defineKernel({
    name: gelu ? 'linear forward, gelu' : 'linear forward',
    sizes: ['rows', 'inner4', 'columns4'],
    buffers: {
      a: 'read vec4f',
      weight: 'read vec4f',
      bias: 'read vec4f',
      ...(gelu ? {pre: 'write vec4f' as const} : {}),
      y: 'write vec4f',
    },
    body: `${gelu ? GELU : ''}
fn finish(row: u32, column4: u32, sum: vec4f) {
  let at = row * size.columns4 + column4;
  let value = sum + bias[column4];
  ${gelu ? 'pre[at] = value; y[at] = gelu(value);' : 'y[at] = value;'}
}
${PRODUCT}
@compute @workgroup_size(${GROUP.columns}, ${GROUP.rows})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = id.y * ${TILE_ROWS}u;
  let column4 = id.x * ${TILE_COLUMNS4}u;
  if (row < size.rows && column4 < size.columns4) { product(row, column4); }
}`,
  });
}

const PRODUCT = registerTile({
  name: 'product',
  form: 'NN',
  left: 'a',
  right: 'weight',
  rows: 'size.rows',
  columns4: 'size.columns4',
  inner: 'size.inner4',
  finish: 'finish',
});

export function linearForwardGroups(rows: number, columns: number): [number, number, number] {
  return [
    Math.ceil(columns / (4 * TILE_COLUMNS4 * GROUP.columns)),
    Math.ceil(rows / (TILE_ROWS * GROUP.rows)),
    1,
  ];
}

/** Threads of a workgroup of `linearResidual`. */
const ROW_OWNERS = 4;

/**
 * The layer that adds to the residual stream. A thread owns 8 whole rows: when it has computed their last column it normalises them.
 */
export function linearResidual({dropout}: {dropout: boolean}): Kernel {
  return defineKernel({
    name: 'linear forward, residual, norm',
    sizes: ['rows', 'inner4', 'width4', 'betaOffset4', 'site'],
    buffers: {
      a: 'read vec4f',
      weight: 'read vec4f',
      bias: 'read vec4f',
      residual: 'read vec4f',
      norm: 'read vec4f',
      x: 'write vec4f',
      h: 'write vec4f',
      stats: 'write vec2f',
    },
    body: `${dropout ? DROPOUT : ''}
const LANES = 1u;
fn teamSum(value: f32, lane: u32) -> f32 { return value; }
${NORMALISE_ROW}
fn finish(row: u32, column4: u32, sum: vec4f) {
  let at = row * size.width4 + column4;
  let value = sum + bias[column4];
  x[at] = residual[at] + ${dropout ? 'value * dropFactors(siteKey(size.site), 4u * at)' : 'value'};
}
${registerTile({
  name: 'product',
  form: 'NN',
  left: 'a',
  right: 'weight',
  rows: 'size.rows',
  columns4: 'size.width4',
  inner: 'size.inner4',
  finish: 'finish',
})}
@compute @workgroup_size(${ROW_OWNERS})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = id.x * ${TILE_ROWS}u;
  if (row >= size.rows) { return; }
  for (var column4 = 0u; column4 < size.width4; column4 += ${TILE_COLUMNS4}u) { product(row, column4); }
  for (var i = row; i < min(row + ${TILE_ROWS}u, size.rows); i++) { normaliseRow(i, 0u); }
}`,
  });
}

export function linearResidualGroups(rows: number): [number, number, number] {
  return [Math.ceil(rows / (TILE_ROWS * ROW_OWNERS)), 1, 1];
}
