/**
 * A linear layer and what follows it, so that its result is not read again for that:
 *   Y = A W + b                                              (c_attn)
 *   pre = A W + b,  Y = gelu(pre)                            (c_fc; backward needs both)
 *   x = residual + drop(A W + b)                             (both c_proj)
 *   x = residual + drop(A W + b),  h = LN(x)                 (both c_proj, where a workgroup owns whole rows)
 * The first three may have a LoRA adapter: (α / r) · (A A') B' is then added before anything else (see wgsl/low-rank.ts).
 * Shapes: A [N, K], W [K, M], b [M].
 * Memory: reads NK + KM (each tile reads its rows and columns once), writes NM (2 NM with GELU or layer norm).
 */
import {defineKernel, type Kernel} from '../kernel.js';
import {DROPOUT} from '../wgsl/dropout.js';
import {GELU} from '../wgsl/gelu.js';
import {LOW_RANK, LOW_RANK_BUFFERS, LOW_RANK_SIZES} from '../wgsl/low-rank.js';
import {matrixProducts, ROW_TILE, TILE, type Tile, tilesOf} from '../wgsl/matrix-product.js';
import {NORMALISE_ROW} from '../wgsl/normalise-row.js';
import {ONE_THREAD_A_ROW} from '../wgsl/row-team.js';

const OPERANDS = {a: 'read vec4f', weight: 'read vec4f', bias: 'read vec4f'} as const;

const product = (tile: Tile, columns4: string, ownsRows = false) =>
  matrixProducts(tile, {
    name: 'product',
    form: 'NN',
    left: 'a',
    right: 'weight',
    rows: 'size.rows',
    columns4,
    inner: 'size.inner4',
    finish: 'finish',
    ownsRows,
  });

const plainMain = (tile: Tile) => `
@compute @workgroup_size(${TILE[tile].threads})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  product(workgroup.x, workgroup.y, local);
}`;

/** With or without GELU: `size.gelu` says, so that both are one pipeline. Without it `pre` is bound but not touched. */
export function linearForward({tile, lora = false}: {tile: Tile; lora?: boolean}): Kernel {
  return defineKernel({
    name: lora ? 'linear forward, adapted' : 'linear forward',
    sizes: ['rows', 'inner4', 'columns4', 'gelu', ...(lora ? LOW_RANK_SIZES : [])],
    buffers: {...OPERANDS, pre: 'write vec4f', y: 'write vec4f', ...(lora ? LOW_RANK_BUFFERS : {})},
    body: `${GELU}
${lora ? LOW_RANK : ''}
fn finish(row: u32, column4: u32, sum: vec4f) {
  let at = row * size.columns4 + column4;
  var value = sum + bias[column4]${lora ? ' + lowRank(row, column4, size.columns4)' : ''};
  if (size.gelu == 1u) {
    pre[at] = value;
    value = gelu(value);
  }
  y[at] = value;
}
${product(tile, 'size.columns4')}
${plainMain(tile)}`,
  });
}

export function linearForwardGroups(tile: Tile, rows: number, columns: number): [number, number, number] {
  const {across, down} = tilesOf(tile, rows, columns);
  return [across, down, 1];
}

/** The layer that adds to the residual stream. */
export function linearResidual({
  tile,
  dropout,
  lora = false,
}: {
  tile: Tile;
  dropout: boolean;
  lora?: boolean;
}): Kernel {
  return defineKernel({
    name: `linear forward, residual${lora ? ', adapted' : ''}`,
    sizes: ['rows', 'inner4', 'width4', 'site', ...(lora ? LOW_RANK_SIZES : [])],
    buffers: {
      ...OPERANDS,
      residual: 'read vec4f',
      x: 'write vec4f',
      ...(lora ? LOW_RANK_BUFFERS : {}),
    },
    body: `${lora ? LOW_RANK : ''}
${addToStream(dropout, lora)}
${product(tile, 'size.width4')}
${plainMain(tile)}`,
  });
}

/**
 * The same, and the layer norm that comes next: whoever owns whole rows normalises them once their last column is there. It saves a
 * dispatch and a trip through memory, but leaves fewer workgroups: for narrow models, and for adapters with few cores.
 */
export function linearResidualNorm({tile, dropout}: {tile: Tile; dropout: boolean}): Kernel {
  const {threads, rows, columns4} = ROW_TILE[tile];
  const each = rows / threads; // rows that a thread normalises
  return defineKernel({
    name: 'linear forward, residual, norm',
    sizes: ['rows', 'inner4', 'width4', 'betaOffset4', 'site'],
    buffers: {
      ...OPERANDS,
      residual: 'read vec4f',
      norm: 'read vec4f',
      x: 'write vec4f',
      h: 'write vec4f',
      stats: 'write vec2f',
    },
    body: `${addToStream(dropout)}
${ONE_THREAD_A_ROW}
${NORMALISE_ROW}
${product(tile, 'size.width4', true)}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  for (var across = 0u; across * ${columns4}u < size.width4; across++) { product(across, workgroup.x, local); }
  ${tile === 'workgroup' ? 'storageBarrier(); // rows are the work of several threads' : ''}
  let first = (workgroup.x * ${threads}u + local) * ${each}u;
  for (var row = first; row < min(first + ${each}u, size.rows); row++) { normaliseRow(row, 0u); }
}`,
  });
}

export function linearResidualNormGroups(tile: Tile, rows: number): [number, number, number] {
  return [Math.ceil(rows / ROW_TILE[tile].rows), 1, 1];
}

const addToStream = (dropout: boolean, lora = false) => `${dropout ? DROPOUT : ''}
fn finish(row: u32, column4: u32, sum: vec4f) {
  let at = row * size.width4 + column4;
  let value = sum + bias[column4]${lora ? ' + lowRank(row, column4, size.width4)' : ''};
  x[at] = residual[at] + ${dropout ? 'value * dropFactors(siteKey(size.site), 4u * at)' : 'value'};
}`;
