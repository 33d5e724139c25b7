/**
 * Attention's backward pass in one dispatch (Dao et al. 2022), from dOut. With p = exp(q·k/√D − lse), mask m (dropout), and
 * δ_i = dOut_i · out_i (= Σ_j p_ij dp_ij, since out is the sum of what p weighs):
 *   ds_ij = p_ij (m_ij dOut_i · v_j − δ_i)
 *   dq_i = Σ_{j ≤ i} ds_ij k_j / √D,   dk_j = Σ_{i ≥ j} ds_ij q_i / √D,   dv_j = Σ_{i ≥ j} p_ij m_ij dOut_i
 * Half of the threads own a query or two and write dq, the others own a key or two and write dk and dv: nobody shares a sum.
 * Shapes: as in the forward pass; dqkv as qkv.
 */
import {defineKernel, type Kernel, unroll} from '../kernel.js';
import {DROPOUT} from '../wgsl/dropout.js';
import {spreadHead} from '../wgsl/head-spread.js';
import {STORED} from '../wgsl/stored.js';
import {
  ATTENTION_SIZES,
  type AttentionOptions,
  type AttentionShape,
  attentionForwardGroups,
  attentionIndices,
} from './attention-forward.js';

export function attentionBackward({headSize, spread, dropout, stored, queries}: AttentionOptions): Kernel {
  const {enable, threads, rows, functions, row, firstInStep, lastInStep, each, sum, ...parts} = spreadHead(
    headSize,
    spread,
  );
  const {stride, loaded, passed, passedRow, vectors, inTurn, total} = parts;
  const {read, functions: halves, load} = STORED[stored];
  const qkv = (at: string) => load(`qkv[${at}]`);
  const out = (at: string) => load(`out[${at}]`);
  const every = (line: (e: number) => string) => unroll(queries, line);
  const stages = [0, 1].map((i) => `var stage${i}: array<vec4f, ${queries * vectors}>;`).join(' '); // loaded and stored in turn
  const at = (e: number, d: number | string) => `${e * vectors}u + ${d}`;
  const steps = (line: (s: number) => string) => unroll(stride, line);
  const factor = (query: string, key: string) =>
    dropout ? `let factor = dropFactor(streamKey, probAt(b, head, ${query}, ${key}));` : '';
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
  let first = place * ${queries}u;
  let last = min((${lastInStep('place')}) * ${queries}u + ${queries - 1}u, size.length - 1u);
  ${dropout ? 'let streamKey = siteKey(size.site);' : ''}
  ${stages}
  ${every(
    (e) => `let query${e} = min(first + ${e}u, size.length - 1u);
  let own${e} = queryAt(b, query${e}, head);
  let o${e} = outAt(b, query${e}, head);
  var part${e} = 0.0;
  ${inTurn(
    (d) => `stage0[${at(e, d)}] = SCALE * ${qkv(`own${e} + ${d}`)};
    stage1[${at(e, d)}] = dout[o${e} + ${d}];
    part${e} += dot(stage1[${at(e, d)}], ${out(`o${e} + ${d}`)});`,
  )}
  let delta${e} = ${total(`part${e}`)};
  ${each((d) => `let q${e}_${d} = stage0[${at(e, d)}]; let g${e}_${d} = stage1[${at(e, d)}]; var dq${e}_${d} = vec4f();`)}
  let logSum${e} = lse[lseAt(b, query${e}, head)];`,
  )}
  for (var start = 0u; start <= last; start += ${stride}u) {
    let held = queryAt(b, min(start + ${loaded}, size.length - 1u), head);
    let k = held + size.width4;
    let v = k + size.width4;
    ${each((d) => `let heldK${d} = ${qkv(`k + ${d}u`)}; let heldV${d} = ${qkv(`v + ${d}u`)};`)}
    ${steps(
      (s) => `{
      let key = start + ${passedRow(s)};
      ${each((d) => `let k${d} = ${passed(s, `heldK${d}`)}; let v${d} = ${passed(s, `heldV${d}`)};`)}
      ${every(
        (e) => `{
        let fit = ${sum((d) => `dot(q${e}_${d}, k${d})`)};
        let p = select(0.0, exp(fit - logSum${e}), key <= query${e});
        ${factor(`query${e}`, 'key')}
        let dp = ${sum((d) => `dot(g${e}_${d}, v${d})`)};
        let ds = SCALE * p * (${times('dp')} - delta${e});
        ${each((d) => `dq${e}_${d} += ds * k${d};`)}
      }`,
      )}
    }`,
    )}
  }
  ${every(
    (e) =>
      `if (first + ${e}u < size.length) { ${each((d) => `stage0[${at(e, d)}] = dq${e}_${d};`)} ${inTurn((d) => `dqkv[own${e} + ${d}] = stage0[${at(e, d)}];`)} }`,
  )}
}
fn keyGradient(workgroup: vec3u, local: u32, b: u32) {
  let head = workgroup.y;
  let place = workgroup.x * ${rows}u + ${row};
  let first = place * ${queries}u;
  ${dropout ? 'let streamKey = siteKey(size.site);' : ''}
  ${stages}
  ${every(
    (e) => `let key${e} = min(first + ${e}u, size.length - 1u);
  let atK${e} = queryAt(b, key${e}, head) + size.width4;
  let atV${e} = atK${e} + size.width4;
  ${inTurn((d) => `stage0[${at(e, d)}] = SCALE * ${qkv(`atK${e} + ${d}`)}; stage1[${at(e, d)}] = ${qkv(`atV${e} + ${d}`)};`)}
  ${each((d) => `let k${e}_${d} = stage0[${at(e, d)}]; let v${e}_${d} = stage1[${at(e, d)}]; var dk${e}_${d} = vec4f(); var dv${e}_${d} = vec4f();`)}`,
  )}
  for (var start = (${firstInStep('place')}) * ${queries}u; start < size.length; start += ${stride}u) {
    let heldQuery = min(start + ${loaded}, size.length - 1u);
    let own = queryAt(b, heldQuery, head);
    let o = outAt(b, heldQuery, head);
    ${each((d) => `let heldQ${d} = ${qkv(`own + ${d}u`)}; let heldG${d} = dout[o + ${d}u];`)}
    let heldDelta = ${sum((d) => `dot(heldG${d}, ${out(`o + ${d}u`)})`)};
    let heldLogSum = lse[lseAt(b, heldQuery, head)];
    ${steps(
      (s) => `{
      let query = start + ${passedRow(s)};
      ${each((d) => `let q${d} = ${passed(s, `heldQ${d}`)}; let g${d} = ${passed(s, `heldG${d}`)};`)}
      let delta = ${passed(s, 'heldDelta')};
      let logSum = ${passed(s, 'heldLogSum')};
      ${every(
        (e) => `{
        let fit = ${sum((d) => `dot(q${d}, k${e}_${d})`)};
        let sees = query >= key${e} && query < size.length;
        let p = select(0.0, exp(fit - logSum), sees);
        ${factor('query', `key${e}`)}
        let dp = ${sum((d) => `dot(g${d}, v${e}_${d})`)};
        let kept = ${times('p')};
        let ds = SCALE * p * (${times('dp')} - delta);
        ${each((d) => `dv${e}_${d} += kept * g${d}; dk${e}_${d} += ds * q${d};`)}
      }`,
      )}
    }`,
    )}
  }
  ${every(
    (e) => `if (first + ${e}u < size.length) {
    ${each((d) => `stage0[${at(e, d)}] = dk${e}_${d}; stage1[${at(e, d)}] = dv${e}_${d};`)} ${inTurn((d) => `dqkv[atK${e} + ${d}] = stage0[${at(e, d)}]; dqkv[atV${e} + ${d}] = stage1[${at(e, d)}];`)}
  }`,
  )}
}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  settle(local);
  if (workgroup.z < size.batch) { queryGradient(workgroup, local, workgroup.z); }
  else { keyGradient(workgroup, local, workgroup.z - size.batch); }
}`,
  });
}

/** Workgroups: as many for the keys as for the queries. */
export const attentionBackwardGroups = (
  shape: AttentionShape,
  options: Pick<AttentionOptions, 'spread' | 'queries'>,
): [number, number, number] => attentionForwardGroups({...shape, batch: 2 * shape.batch}, options);
