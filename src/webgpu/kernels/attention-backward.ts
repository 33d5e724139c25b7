/**
 * Attention's backward pass in one dispatch (Dao et al. 2022), from dOut. With p = exp(q·k/√D − lse), mask m (dropout), and
 * δ_i = dOut_i · out_i (= Σ_j p_ij dp_ij, since out is the sum of what p weighs):
 *   ds_ij = p_ij (m_ij dOut_i · v_j − δ_i)
 *   dq_i = Σ_{j ≤ i} ds_ij k_j / √D,   dk_j = Σ_{i ≥ j} ds_ij q_i / √D,   dv_j = Σ_{i ≥ j} p_ij m_ij dOut_i
 * Half of the threads own a query each and write dq, the others own a key each and write dk and dv: nobody shares a sum.
 * Shapes: as in the forward pass; dqkv as qkv.
 */
import {defineKernel, type Kernel} from '../kernel.js';
import {DROPOUT} from '../wgsl/dropout.js';
import {
  ATTENTION_SIZES,
  ATTENTION_THREADS,
  type AttentionOptions,
  type AttentionShape,
  attentionIndices,
  headVectors,
} from './attention-forward.js';

export function attentionBackward({headSize, dropout}: AttentionOptions): Kernel {
  const {each, sum} = headVectors(headSize);
  const factor = dropout ? 'let factor = dropFactor(streamKey, probAt(b, head, query, key));' : '';
  const times = (value: string) => (dropout ? `factor * ${value}` : value);
  return defineKernel({
    name: 'attention backward',
    sizes: ATTENTION_SIZES,
    buffers: {
      qkv: 'read vec4f',
      out: 'read vec4f',
      lse: 'read f32',
      dout: 'read vec4f',
      dqkv: 'write vec4f',
    },
    body: `${dropout ? DROPOUT : ''}
${attentionIndices(headSize)}
fn queryGradient(query: u32, head: u32, b: u32) {
  let own = queryAt(b, query, head);
  let o = outAt(b, query, head);
  ${each((d) => `let q${d} = SCALE * qkv[own + ${d}u]; let g${d} = dout[o + ${d}u]; var dq${d} = vec4f();`)}
  let delta = ${sum((d) => `dot(g${d}, out[o + ${d}u])`)};
  let logSum = lse[lseAt(b, query, head)];
  ${dropout ? 'let streamKey = siteKey(size.site);' : ''}
  for (var key = 0u; key <= query; key++) {
    let k = queryAt(b, key, head) + size.width4;
    let v = k + size.width4;
    ${each((d) => `let k${d} = qkv[k + ${d}u];`)}
    let p = exp(${sum((d) => `dot(q${d}, k${d})`)} - logSum);
    ${factor}
    let ds = SCALE * p * (${times(`(${sum((d) => `dot(g${d}, qkv[v + ${d}u])`)})`)} - delta);
    ${each((d) => `dq${d} += ds * k${d};`)}
  }
  ${each((d) => `dqkv[own + ${d}u] = dq${d};`)}
}
fn keyGradient(key: u32, head: u32, b: u32) {
  let k = queryAt(b, key, head) + size.width4;
  let v = k + size.width4;
  ${each((d) => `let k${d} = SCALE * qkv[k + ${d}u]; let v${d} = qkv[v + ${d}u]; var dk${d} = vec4f(); var dv${d} = vec4f();`)}
  ${dropout ? 'let streamKey = siteKey(size.site);' : ''}
  // Neighbouring threads walk in step, so that they read the same query at once; its weight is 0 for keys that come after it.
  for (var query = key & ~3u; query < size.length; query++) {
    let own = queryAt(b, query, head);
    let o = outAt(b, query, head);
    ${each((d) => `let q${d} = qkv[own + ${d}u]; let g${d} = dout[o + ${d}u];`)}
    let delta = ${sum((d) => `dot(g${d}, out[o + ${d}u])`)};
    let weight = exp(${sum((d) => `dot(q${d}, k${d})`)} - lse[lseAt(b, query, head)]);
    let p = select(0.0, weight, query >= key);
    ${factor}
    let kept = ${times('p')};
    let ds = SCALE * p * (${times(`(${sum((d) => `dot(g${d}, v${d})`)})`)} - delta);
    ${each((d) => `dv${d} += kept * g${d}; dk${d} += ds * q${d};`)}
  }
  ${each((d) => `dqkv[k + ${d}u] = dk${d}; dqkv[v + ${d}u] = dv${d};`)}
}
@compute @workgroup_size(${ATTENTION_THREADS})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= size.length) { return; }
  if (id.z < size.batch) { queryGradient(id.x, id.y, id.z); } else { keyGradient(id.x, id.y, id.z - size.batch); }
}`,
  });
}

export function attentionBackwardGroups({length, heads, batch}: AttentionShape): [number, number, number] {
  return [Math.ceil(length / ATTENTION_THREADS), heads, 2 * batch];
}
