/**
 * Causal attention without the T × T matrix (Dao et al. 2022; Rabe & Staats 2021): a thread walks along the keys of its query, keeping
 * the largest score so far m, the sum of exponents l, and the weighted sum of values a, all rescaled whenever m rises.
 *   out[i] = Σ_j drop(softmax_j(q_i · k_j / √D)) v_j,   lse[i] = log Σ_j exp(q_i · k_j / √D)
 * Backward recomputes every probability from lse: exp(score − lse).
 * Shapes: qkv [B, T, 3, H, D], out [B, T, H, D], lse [B, T, H]; a thread has one or more queries of one head and sequence.
 * Memory: reads NC for q and, for each query, the keys and values before it (from cache: neighbours share them); writes NC.
 */
import {defineKernel, type Kernel, unroll} from '../kernel.js';
import {DROPOUT} from '../wgsl/dropout.js';
import {ATTENTION_ROWS, type HeadLanes, headSpread} from '../wgsl/head-lanes.js';
import {STORED, type Stored} from '../wgsl/stored.js';

export interface AttentionOptions {
  /** D, a multiple of 4. */
  headSize: number;
  /** Threads that share a row of a head. */
  lanes: HeadLanes;
  dropout: boolean;
  /** How qkv and out are stored. */
  stored: Stored;
}

export const ATTENTION_SIZES = ['length', 'width4', 'heads', 'batch', 'site'] as const;

/** WGSL: where this lane's part of rows of q, k, v and out start, and the shape's constants. Sees size and part. */
export function attentionIndices(headSize: number): string {
  return `
const SCALE = ${1 / Math.sqrt(headSize)};
fn queryAt(b: u32, t: u32, head: u32) -> u32 {
  return (b * size.length + t) * 3u * size.width4 + head * ${headSize / 4}u + part;
}
fn outAt(b: u32, t: u32, head: u32) -> u32 { return (b * size.length + t) * size.width4 + head * ${headSize / 4}u + part; }
fn lseAt(b: u32, t: u32, head: u32) -> u32 { return (b * size.length + t) * size.heads + head; }
/** The index of a probability in [B, H, T, T], for its dropout mask. */
fn probAt(b: u32, head: u32, query: u32, key: u32) -> u32 {
  return ((b * size.heads + head) * size.length + query) * size.length + key;
}`;
}

/**
 * @param queries neighbouring queries that a thread works on side by side, so that the keys and values it loads serve all of them. More want
 *   more registers: graphics cards do one, adapters that compute on the CPU two.
 */
export function attentionForward({
  headSize,
  lanes,
  dropout,
  stored,
  queries,
}: AttentionOptions & {queries: number}): Kernel {
  const {enable, threads, rows, functions, row, lastInStep, each, sum} = headSpread(headSize, lanes);
  const {read, write, functions: halves, load, store} = STORED[stored];
  const every = (line: (e: number) => string) => unroll(queries, line);
  return defineKernel({
    name: 'attention forward',
    sizes: ATTENTION_SIZES,
    buffers: {qkv: read, out: write, lse: 'write f32'},
    enable,
    body: `${dropout ? DROPOUT : ''}
${halves}
${functions}
${attentionIndices(headSize)}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  settle(local);
  let head = workgroup.y;
  let b = workgroup.z;
  let place = workgroup.x * ${rows}u + ${row};
  let first = place * ${queries}u;
  let last = min((${lastInStep('place')}) * ${queries}u + ${queries - 1}u, size.length - 1u);
  ${dropout ? 'let streamKey = siteKey(size.site);' : ''}
  ${every(
    (e) => `let query${e} = min(first + ${e}u, size.length - 1u);
  let own${e} = queryAt(b, query${e}, head);
  var highest${e} = -3.4e38;
  var total${e} = 0.0;
  ${each((d) => `let q${e}_${d} = SCALE * ${load(`qkv[own${e} + ${d}u]`)}; var a${e}_${d} = vec4f();`)}`,
  )}
  // #region kernel-attention
  for (var key = 0u; key <= last; key++) {
    let k = queryAt(b, key, head) + size.width4;
    let v = k + size.width4;
    ${each((d) => `let k${d} = ${load(`qkv[k + ${d}u]`)}; let v${d} = ${load(`qkv[v + ${d}u]`)};`)}
    ${every(
      (e) => `{
      let fit = ${sum((d) => `dot(q${e}_${d}, k${d})`)};
      let score = select(-3.4e38, fit, key <= query${e});
      let higher = max(highest${e}, score);
      let shrink = exp(highest${e} - higher);
      let weight = exp(score - higher);
      highest${e} = higher;
      total${e} = total${e} * shrink + weight;
      let kept = ${dropout ? `weight * dropFactor(streamKey, probAt(b, head, query${e}, key))` : 'weight'};
      ${each((d) => `a${e}_${d} = a${e}_${d} * shrink + kept * v${d};`)}
    }`,
    )}
  }
  // #endregion
  ${every(
    (e) => `if (first + ${e}u < size.length) {
    let to = outAt(b, query${e}, head);
    ${each((d) => `out[to + ${d}u] = ${store(`a${e}_${d} / total${e}`)};`)}
    if (part == 0u) { lse[lseAt(b, query${e}, head)] = highest${e} + log(total${e}); }
  }`,
  )}
}`,
  });
}

export interface AttentionShape {
  length: number;
  heads: number;
  batch: number;
}

export function attentionForwardGroups(
  {length, heads, batch}: AttentionShape,
  queries: number,
): [number, number, number] {
  return [Math.ceil(length / (ATTENTION_ROWS * queries)), heads, batch];
}
