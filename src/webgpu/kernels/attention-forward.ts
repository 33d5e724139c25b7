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

export const ATTENTION_THREADS = 16;

export interface AttentionOptions {
  /** D, a multiple of 4. */
  headSize: number;
  dropout: boolean;
}

export const ATTENTION_SIZES = ['length', 'width4', 'heads', 'batch', 'site'] as const;

/** WGSL: where rows of q, k, v and out start, and the shape's constants. Sees size. */
export function attentionIndices(headSize: number): string {
  return `
const SCALE = ${1 / Math.sqrt(headSize)};
fn queryAt(b: u32, t: u32, head: u32) -> u32 {
  return (b * size.length + t) * 3u * size.width4 + head * ${headSize / 4}u;
}
fn outAt(b: u32, t: u32, head: u32) -> u32 { return (b * size.length + t) * size.width4 + head * ${headSize / 4}u; }
fn lseAt(b: u32, t: u32, head: u32) -> u32 { return (b * size.length + t) * size.heads + head; }
/** The index of a probability in [B, H, T, T], for its dropout mask. */
fn probAt(b: u32, head: u32, query: u32, key: u32) -> u32 {
  return ((b * size.heads + head) * size.length + query) * size.length + key;
}`;
}

/** WGSL for each of a head's vectors, and sums over them. */
export function headVectors(headSize: number) {
  const count = headSize / 4;
  return {
    each: (line: (d: number) => string) => unroll(count, line),
    sum: (term: (d: number) => string) => Array.from({length: count}, (_, d) => term(d)).join(' + '),
  };
}

/**
 * @param queries neighbouring queries that a thread works on side by side, so that the keys and values it loads serve all of them. More want
 *   more registers: graphics cards do one, adapters that compute on the CPU two.
 */
export function attentionForward({headSize, dropout, queries}: AttentionOptions & {queries: number}): Kernel {
  const {each, sum} = headVectors(headSize);
  const every = (line: (e: number) => string) => unroll(queries, line);
  return defineKernel({
    name: 'attention forward',
    sizes: ATTENTION_SIZES,
    buffers: {qkv: 'read vec4f', out: 'write vec4f', lse: 'write f32'},
    body: `${dropout ? DROPOUT : ''}
${attentionIndices(headSize)}
@compute @workgroup_size(${ATTENTION_THREADS})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let first = id.x * ${queries}u;
  let head = id.y;
  let b = id.z;
  if (first >= size.length) { return; }
  let last = min(first + ${queries - 1}u, size.length - 1u);
  ${dropout ? 'let streamKey = siteKey(size.site);' : ''}
  ${every(
    (e) => `let query${e} = min(first + ${e}u, last);
  let own${e} = queryAt(b, query${e}, head);
  var highest${e} = -3.4e38;
  var total${e} = 0.0;
  ${each((d) => `let q${e}_${d} = SCALE * qkv[own${e} + ${d}u]; var a${e}_${d} = vec4f();`)}`,
  )}
  for (var key = 0u; key <= last; key++) {
    let k = queryAt(b, key, head) + size.width4;
    let v = k + size.width4;
    ${each((d) => `let k${d} = qkv[k + ${d}u]; let v${d} = qkv[v + ${d}u];`)}
    ${every(
      (e) => `{
      let score = select(-3.4e38, ${sum((d) => `dot(q${e}_${d}, k${d})`)}, key <= query${e});
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
  ${every(
    (e) => `if (first + ${e}u <= last) {
    let to = outAt(b, query${e}, head);
    ${each((d) => `out[to + ${d}u] = a${e}_${d} / total${e};`)}
    lse[lseAt(b, query${e}, head)] = highest${e} + log(total${e});
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
  return [Math.ceil(length / (ATTENTION_THREADS * queries)), heads, batch];
}
