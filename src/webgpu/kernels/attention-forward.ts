/**
 * Causal attention without the T × T matrix (Dao et al. 2022; Rabe & Staats 2021): a thread walks along the keys of its query, keeping
 * the largest score so far m, the sum of exponents l, and the weighted sum of values a, all rescaled whenever m rises.
 *   out[i] = Σ_j drop(softmax_j(q_i · k_j / √D)) v_j,   lse[i] = log Σ_j exp(q_i · k_j / √D)
 * Backward recomputes every probability from lse: exp(score − lse).
 * Shapes: qkv [B, T, 3, H, D], out [B, T, H, D], lse [B, T, H]; one thread a (query, head, sequence).
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

export function attentionForward({headSize, dropout}: AttentionOptions): Kernel {
  const n = headSize / 4;
  const each = (line: (d: number) => string) => unroll(n, line);
  const sum = (term: (d: number) => string) => Array.from({length: n}, (_, d) => term(d)).join(' + ');
  return defineKernel({
    name: 'attention forward',
    sizes: ATTENTION_SIZES,
    buffers: {qkv: 'read vec4f', out: 'write vec4f', lse: 'write f32'},
    body: `${dropout ? DROPOUT : ''}
${attentionIndices(headSize)}
@compute @workgroup_size(${ATTENTION_THREADS})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let query = id.x;
  let head = id.y;
  let b = id.z;
  if (query >= size.length) { return; }
  let own = queryAt(b, query, head);
  ${each((d) => `let q${d} = SCALE * qkv[own + ${d}u]; var a${d} = vec4f();`)}
  ${dropout ? 'let streamKey = siteKey(size.site);' : ''}
  var highest = -3.4e38;
  var total = 0.0;
  for (var key = 0u; key <= query; key++) {
    let k = queryAt(b, key, head) + size.width4;
    let v = k + size.width4;
    let score = ${sum((d) => `dot(q${d}, qkv[k + ${d}u])`)};
    let higher = max(highest, score);
    let shrink = exp(highest - higher);
    let weight = exp(score - higher);
    highest = higher;
    total = total * shrink + weight;
    let kept = ${dropout ? 'weight * dropFactor(streamKey, probAt(b, head, query, key))' : 'weight'};
    ${each((d) => `a${d} = a${d} * shrink + kept * qkv[v + ${d}u];`)}
  }
  let to = outAt(b, query, head);
  ${each((d) => `out[to + ${d}u] = a${d} / total;`)}
  lse[lseAt(b, query, head)] = highest + log(total);
}`,
  });
}

export function attentionForwardGroups(
  length: number,
  heads: number,
  batch: number,
): [number, number, number] {
  return [Math.ceil(length / ATTENTION_THREADS), heads, batch];
}
