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
import {headSpread} from '../wgsl/head-lanes.js';
import {STORED} from '../wgsl/stored.js';
import {
  ATTENTION_SIZES,
  type AttentionOptions,
  type AttentionShape,
  attentionForwardGroups,
  attentionIndices,
} from './attention-forward.js';

export function attentionBackward({headSize, lanes, dropout, stored}: AttentionOptions): Kernel {
  const {enable, threads, rows, functions, row, firstInStep, lastInStep, each, sum} = headSpread(
    headSize,
    lanes,
  );
  const {read, functions: halves, load} = STORED[stored];
  const qkv = (at: string) => load(`qkv[${at}]`);
  const out = (at: string) => load(`out[${at}]`);
  const factor = dropout ? 'let factor = dropFactor(streamKey, probAt(b, head, query, key));' : '';
  const times = (value: string) => (dropout ? `factor * ${value}` : value);
  return defineKernel({
    name: 'attention backward',
    sizes: ATTENTION_SIZES,
    buffers: {
      qkv: read,
      out: read,
      lse: 'read f32',
      dout: 'read vec4f',
      dqkv: 'write vec4f',
    },
    enable,
    body: `${dropout ? DROPOUT : ''}
${halves}
${functions}
${attentionIndices(headSize)}
fn queryGradient(workgroup: vec3u, local: u32, b: u32) {
  let head = workgroup.y;
  let place = workgroup.x * ${rows}u + ${row};
  let query = min(place, size.length - 1u);
  let own = queryAt(b, query, head);
  let o = outAt(b, query, head);
  ${each((d) => `let q${d} = SCALE * ${qkv(`own + ${d}u`)}; let g${d} = dout[o + ${d}u]; var dq${d} = vec4f();`)}
  let delta = ${sum((d) => `dot(g${d}, ${out(`o + ${d}u`)})`)};
  let logSum = lse[lseAt(b, query, head)];
  ${dropout ? 'let streamKey = siteKey(size.site);' : ''}
  let last = min(${lastInStep('place')}, size.length - 1u);
  for (var key = 0u; key <= last; key++) {
    let k = queryAt(b, key, head) + size.width4;
    let v = k + size.width4;
    ${each((d) => `let k${d} = ${qkv(`k + ${d}u`)};`)}
    let fit = ${sum((d) => `dot(q${d}, k${d})`)};
    let p = select(0.0, exp(fit - logSum), key <= query);
    ${factor}
    let dp = ${sum((d) => `dot(g${d}, ${qkv(`v + ${d}u`)})`)};
    let ds = SCALE * p * (${times('dp')} - delta);
    ${each((d) => `dq${d} += ds * k${d};`)}
  }
  if (place < size.length) { ${each((d) => `dqkv[own + ${d}u] = dq${d};`)} }
}
fn keyGradient(workgroup: vec3u, local: u32, b: u32) {
  let head = workgroup.y;
  let place = workgroup.x * ${rows}u + ${row};
  let key = min(place, size.length - 1u);
  let k = queryAt(b, key, head) + size.width4;
  let v = k + size.width4;
  ${each((d) => `let k${d} = SCALE * ${qkv(`k + ${d}u`)}; let v${d} = ${qkv(`v + ${d}u`)}; var dk${d} = vec4f(); var dv${d} = vec4f();`)}
  ${dropout ? 'let streamKey = siteKey(size.site);' : ''}
  for (var query = ${firstInStep('place')}; query < size.length; query++) {
    let own = queryAt(b, query, head);
    let o = outAt(b, query, head);
    ${each((d) => `let q${d} = ${qkv(`own + ${d}u`)}; let g${d} = dout[o + ${d}u];`)}
    let delta = ${sum((d) => `dot(g${d}, ${out(`o + ${d}u`)})`)};
    let fit = ${sum((d) => `dot(q${d}, k${d})`)};
    let p = select(0.0, exp(fit - lse[lseAt(b, query, head)]), query >= key);
    ${factor}
    let dp = ${sum((d) => `dot(g${d}, v${d})`)};
    let kept = ${times('p')};
    let ds = SCALE * p * (${times('dp')} - delta);
    ${each((d) => `dv${d} += kept * g${d}; dk${d} += ds * q${d};`)}
  }
  if (place < size.length) { ${each((d) => `dqkv[k + ${d}u] = dk${d}; dqkv[v + ${d}u] = dv${d};`)} }
}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  settle(local);
  if (workgroup.z < size.batch) { queryGradient(workgroup, local, workgroup.z); }
  else { keyGradient(workgroup, local, workgroup.z - size.batch); }
}`,
  });
}

export function attentionBackwardGroups(shape: AttentionShape): [number, number, number] {
  return attentionForwardGroups({...shape, batch: 2 * shape.batch}, 1);
}
