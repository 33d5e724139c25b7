/**
 * AdamW (Loshchilov & Hutter 2019) over all that is trained in one dispatch (one for each buffer where the arenas have several), with clipping
 * to a global norm folded in:
 *   g ← g · min(1, clip / (‖g‖ + 1e-6)),   m ← β1 m + (1 − β1) g,   v ← β2 v + (1 − β2) g²
 *   θ ← θ (1 − rate · decay) − rate · m̂ / (√v̂ + ε)
 * Decay pulls at matrices only. Frozen parameters have neither gradient nor moments: g, m and v are packed, and `places` says where in θ
 * their numbers belong.
 * A step whose loss or norm is not finite changes nothing, and neither do those after it.
 * Memory: reads 4 P, writes 3 P numbers, of P that are trained.
 */
import {defineKernel, type Kernel} from '../kernel.js';
import {REPORT} from '../report.js';
import {LEARNING_PLACES} from '../wgsl/learning-places.js';
import type {RowTeam} from '../wgsl/row-team.js';

const THREADS = 64;
/**
 * Vectors a thread updates, so that adding the norm up is worth it: the more the better on a CPU; a graphics card wants many threads, which
 * wait for memory together.
 */
const EACH: Record<RowTeam, number> = {thread: 32, workgroup: 8};

export const adamW: Kernel = defineKernel({
  name: 'adamw',
  sizes: ['length4', 'groups', 'groupsAcross', 'each'],
  buffers: {
    theta: 'write vec4f',
    gradient: 'read vec4f',
    m: 'write vec4f',
    v: 'write vec4f',
    places: 'read u32',
    report: 'write f32',
  },
  body: `${LEARNING_PLACES}
fn isFinite(value: f32) -> bool { return (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u; }
// #region kernel-adamw
fn update(i: u32, scale: f32) {
  let g = gradient[i] * scale;
  let first = step.beta1 * m[i] + (1.0 - step.beta1) * g;
  let second = step.beta2 * v[i] + (1.0 - step.beta2) * g * g;
  m[i] = first;
  v[i] = second;
  let shrink = select(1.0, 1.0 - step.learningRate * step.weightDecay, decays(i));
  let pull = first * step.correction1 / (sqrt(second * step.correction2) + step.epsilon);
  let at = weightsOf(i);
  theta[at] = theta[at] * shrink - step.learningRate * pull;
}
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  var squares = 0.0;
  for (var w = 0u; w < size.groups; w++) { squares += report[w]; }
  let norm = sqrt(squares);
  let group = workgroup.y * size.groupsAcross + workgroup.x;
  if (group == 0u && local == 0u) { report[${REPORT.norm}] = norm; }
  let loss = report[${REPORT.loss}];
  if (!isFinite(norm) || !isFinite(loss)) {
    if (group == 0u && local == 0u) { report[${REPORT.failed}] = select(loss, norm, isFinite(loss)); }
    return;
  }
  let scale = select(1.0, min(1.0, step.clipNorm / (norm + 1e-6)), step.clipNorm > 0.0);
  for (var e = 0u; e < size.each; e++) {
    let i = (group * size.each + e) * ${THREADS}u + local;
    if (i >= size.length4) { return; }
    update(i, scale);
  }
}
// #endregion
`,
});

export function adamWGroups(length: number, team: RowTeam) {
  const each = EACH[team];
  const count = Math.ceil(length / 4 / (THREADS * each));
  const groupsAcross = Math.min(count, 65535);
  const groups: [number, number, number] = [groupsAcross, Math.ceil(count / groupsAcross), 1];
  return {groups, groupsAcross, each};
}
