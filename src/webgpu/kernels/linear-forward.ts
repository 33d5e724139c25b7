/**
 * A linear layer and what follows it, so that its result is not read again for that:
 *   Y = A W + b                                              (c_attn)
 *   Y = gelu(A W + b),  slope = gelu'(A W + b)               (c_fc; backward needs both, and one exponential gives both)
 *   x = residual + drop(A W + b)                             (both c_proj)
 *   x = residual + drop(A W + b),  h = LN(x)                 (both c_proj, where a workgroup owns whole rows)
 * The first three may have a LoRA adapter: (α / r) · (A A') B' is then added before anything else (see wgsl/low-rank.ts).
 * Shapes: A [N, K], W [K, M], b [M].
 * Memory: reads NK + KM (each tile reads its rows and columns once), writes NM (2 NM with GELU or layer norm).
 */
import {defineKernel, type Kernel} from '../kernel.js';
import {DROPOUT} from '../wgsl/dropout.js';
import {GELU} from '../wgsl/gelu.js';
import {LOW_RANK_SIZES, lowRank, lowRankBuffers} from '../wgsl/low-rank.js';
import {matrixProducts, ROW_TILE, TILE, type Tile, tileEnable, tilesOf} from '../wgsl/matrix-product.js';
import {normalizeRow} from '../wgsl/normalize-row.js';
import {ONE_THREAD_A_ROW} from '../wgsl/row-team.js';
import {operand, STORED, type Stored} from '../wgsl/stored.js';

const operands = (stored: Stored) =>
  ({a: STORED[stored].read, weight: 'read vec4f', bias: 'read vec4f'}) as const;

/** What all of these kernels can be. */
export interface LinearOptions {
  tile: Tile;
  /** How A, Y, slope and h are stored. */
  stored: Stored;
  /** Whether the layer has an adapter. */
  lora?: boolean;
}

const product = ({tile, stored}: LinearOptions, columns4: string, ownsRows = false) =>
  matrixProducts(tile, {
    name: 'product',
    form: 'NN',
    left: operand('a', stored),
    right: operand('weight'),
    rows: 'size.rows',
    columns4,
    inner: 'size.inner4',
    start: (column4) => `bias[${column4}]`,
    finish: 'finish',
    ownsRows,
  });

const plainMain = (tile: Tile) => `
@compute @workgroup_size(${TILE[tile].threads})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  product(workgroup.x, workgroup.y, local);
}`;

/** @param options.gelu whether GELU follows; without it nothing is written to `slope` */
export function linearForward(options: LinearOptions & {gelu: boolean}): Kernel {
  const {tile, stored, gelu, lora = false} = options;
  const {write, functions, store} = STORED[stored];
  return defineKernel({
    name: `linear forward${gelu ? ', GELU' : ''}${lora ? ', adapted' : ''}`,
    sizes: ['rows', 'inner4', 'columns4', ...(lora ? LOW_RANK_SIZES : [])],
    buffers: {
      ...operands(stored),
      ...(gelu ? {slope: write} : {}),
      y: write,
      ...(lora ? lowRankBuffers(stored) : {}),
    },
    enable: tileEnable(tile),
    body: `${gelu ? GELU : ''}
${functions}
${lora ? lowRank(stored) : ''}
// #region kernel-linear
fn finish(row: u32, column4: u32, sum: vec4f) {
  let at = row * size.columns4 + column4;
  let value = sum${lora ? ' + lowRank(row, column4, size.columns4)' : ''};
  ${
    gelu
      ? `let result = geluAndSlope(value);
  slope[at] = ${store('result.slope')};
  y[at] = ${store('result.value')};`
      : `y[at] = ${store('value')};`
  }
}
// #endregion
${product(options, 'size.columns4')}
${plainMain(tile)}`,
  });
}

export function linearForwardGroups(tile: Tile, rows: number, columns: number): [number, number, number] {
  const {across, down} = tilesOf(tile, rows, columns);
  return [across, down, 1];
}

/** The layer that adds to the residual stream. */
export function linearResidual(options: LinearOptions & {dropout: boolean}): Kernel {
  const {tile, stored, dropout, lora = false} = options;
  return defineKernel({
    name: `linear forward, residual${lora ? ', adapted' : ''}`,
    sizes: ['rows', 'inner4', 'width4', 'site', ...(lora ? LOW_RANK_SIZES : [])],
    buffers: {
      ...operands(stored),
      residual: 'read vec4f',
      x: 'write vec4f',
      ...(lora ? lowRankBuffers(stored) : {}),
    },
    enable: tileEnable(tile),
    body: `${STORED[stored].functions}
${lora ? lowRank(stored) : ''}
${addToStream(dropout, lora)}
${product(options, 'size.width4')}
${plainMain(tile)}`,
  });
}

/**
 * The same, and the layer norm that comes next: whoever owns whole rows normalizes them once their last column is there. It saves a
 * dispatch and a trip through memory, but leaves fewer workgroups: for narrow models, and for adapters with few cores.
 */
export function linearResidualNorm(options: Omit<LinearOptions, 'lora'> & {dropout: boolean}): Kernel {
  const {tile, stored, dropout} = options;
  const {threads, rows, columns4} = ROW_TILE[tile];
  const each = rows / threads; // rows that a thread normalizes
  return defineKernel({
    name: 'linear forward, residual, norm',
    sizes: ['rows', 'inner4', 'width4', 'betaOffset4', 'site'],
    buffers: {
      ...operands(stored),
      residual: 'read vec4f',
      norm: 'read vec4f',
      x: 'write vec4f',
      h: STORED[stored].write,
      stats: 'write vec2f',
    },
    enable: tileEnable(tile),
    body: `${addToStream(dropout)}
${ONE_THREAD_A_ROW}
${normalizeRow(stored)}
${product(options, 'size.width4', true)}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  for (var across = 0u; across * ${columns4}u < size.width4; across++) { product(across, workgroup.x, local); }
  ${tile !== 'registers' ? 'storageBarrier(); // rows are the work of several threads' : ''}
  let first = (workgroup.x * ${threads}u + local) * ${each}u;
  for (var row = first; row < min(first + ${each}u, size.rows); row++) { normalizeRow(row, 0u); }
}`,
  });
}

export function linearResidualNormGroups(tile: Tile, rows: number): [number, number, number] {
  return [Math.ceil(rows / ROW_TILE[tile].rows), 1, 1];
}

const addToStream = (dropout: boolean, lora = false) => `${dropout ? DROPOUT : ''}
fn finish(row: u32, column4: u32, sum: vec4f) {
  let at = row * size.width4 + column4;
  let value = sum${lora ? ' + lowRank(row, column4, size.width4)' : ''};
  x[at] = residual[at] + ${dropout ? 'value * dropFactors(siteKey(size.site), 4u * at)' : 'value'};
}`;
