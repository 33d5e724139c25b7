/**
 * Causal attention without the T × T matrix (Dao et al. 2022; Rabe & Staats 2021): a thread walks along the keys of its query, keeping
 * the largest score so far m, the sum of exponents l, and the weighted sum of values a, all rescaled whenever m rises.
 *   out[i] = Σ_j drop(softmax_j(q_i · k_j / √D)) v_j,   lse[i] = log Σ_j exp(q_i · k_j / √D)
 * Backward recomputes every probability from lse: exp(score − lse).
 * Shapes: qkv [B, T, 3, H, D], out [B, T, H, D], lse [B, T, H]; a thread has one or more queries of one head and sequence.
 * Memory: reads NC for q and, for each query, the keys and values before it (from cache: neighbors share them); writes NC.
 */
import {defineKernel, type Kernel, unroll} from '../kernel.js';
import {DROPOUT} from '../wgsl/dropout.js';
import {type HeadSpread, spreadGroups, spreadHead} from '../wgsl/head-spread.js';
import {STORED, type Stored} from '../wgsl/stored.js';

export interface AttentionOptions {
  /** D, a multiple of 4. */
  headSize: number;
  spread: HeadSpread;
  /**
   * Neighboring queries (backward: or keys) that a thread works on side by side, so that what it loads serves all of them. More want more
   * registers: graphics cards do one, adapters that compute on the CPU two.
   */
  queries: number;
  dropout: boolean;
  /** How qkv and out are stored. */
  stored: Stored;
}

export const ATTENTION_SIZES = ['length', 'width4', 'heads', 'batch', 'site'] as const;

/** WGSL: where this thread's part of rows of q, k, v and out start, and the shape's constants. Sees size and part. */
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

export function attentionForward({headSize, spread, dropout, stored, queries}: AttentionOptions): Kernel {
  const {enable, threads, rows, functions, row, lastInStep, each, sum, ...parts} = spreadHead(
    headSize,
    spread,
  );
  const {stride, loaded, passed, passedRow, vectors, inTurn} = parts;
  const {read, write, functions: halves, load, store} = STORED[stored];
  const every = (line: (e: number) => string) => unroll(queries, line);
  const at = (e: number, d: number | string) => `${e * vectors}u + ${d}`;
  const steps = (line: (s: number) => string) => unroll(stride, line);
  const list = (item: (s: number) => string, between: string) =>
    Array.from({length: stride}, (_, s) => item(s)).join(between);
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
  var staged: array<vec4f, ${queries * vectors}>; // what is loaded and stored in turn
  ${every(
    (e) => `let query${e} = min(first + ${e}u, size.length - 1u);
  let own${e} = queryAt(b, query${e}, head);
  var highest${e} = -3.4e38;
  var total${e} = 0.0;
  ${inTurn((d) => `staged[${at(e, d)}] = SCALE * ${load(`qkv[own${e} + ${d}]`)};`)}
  ${each((d) => `let q${e}_${d} = staged[${at(e, d)}]; var a${e}_${d} = vec4f();`)}`,
  )}
  // #region kernel-attention
  for (var start = 0u; start <= last; start += ${stride}u) {
    let held = queryAt(b, min(start + ${loaded}, size.length - 1u), head);
    let k = held + size.width4;
    let v = k + size.width4;
    ${each((d) => `let k${d} = ${load(`qkv[k + ${d}u]`)}; let v${d} = ${load(`qkv[v + ${d}u]`)};`)}
    ${steps(
      (s) => `let key${s} = start + ${passedRow(s)};
    ${each((d) => `let k${s}_${d} = ${passed(s, `k${d}`)}; let v${s}_${d} = ${passed(s, `v${d}`)};`)}`,
    )}
    ${every(
      (e) => `{
      ${steps(
        (s) => `let fit${s} = ${sum((d) => `dot(q${e}_${d}, k${s}_${d})`)};
      let score${s} = select(-3.4e38, fit${s}, key${s} <= query${e});`,
      )}
      let higher = ${list((s) => `max(score${s}`, ', ')}, highest${e}${')'.repeat(stride)};
      let shrink = exp(highest${e} - higher);
      highest${e} = higher;
      ${steps((s) => `let weight${s} = exp(score${s} - higher);`)}
      total${e} = total${e} * shrink + ${list((s) => `weight${s}`, ' + ')};
      ${steps(
        (s) =>
          `let kept${s} = ${dropout ? `weight${s} * dropFactor(streamKey, probAt(b, head, query${e}, key${s}))` : `weight${s}`};`,
      )}
      ${each((d) => `a${e}_${d} = a${e}_${d} * shrink + ${list((s) => `kept${s} * v${s}_${d}`, ' + ')};`)}
    }`,
    )}
  }
  // #endregion
  ${every(
    (e) => `if (first + ${e}u < size.length) {
    let to = outAt(b, query${e}, head);
    ${each((d) => `staged[${at(e, d)}] = a${e}_${d} / total${e};`)}
    ${inTurn((d) => `out[to + ${d}] = ${store(`staged[${at(e, d)}]`)};`)}
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

export const attentionForwardGroups = (
  {length, heads, batch}: AttentionShape,
  {spread, queries}: Pick<AttentionOptions, 'spread' | 'queries'>,
): [number, number, number] => [spreadGroups(spread, length, queries), heads, batch];
