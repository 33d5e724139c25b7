/**
 * Half of the global norm, and the loss: partial sums of squares over the gradient's arena, one a workgroup, and Σ losses.
 *   report[first + w] = Σ g² over the w-th share of the arena,   report[LOSS] = Σ losses + report[FAILED]
 * `adamw` adds the partial sums up. An arena in several buffers has a dispatch for each; only the first adds up the losses. Memory: reads the arena once.
 */
import {defineKernel, type Kernel} from '../kernel.js';
import {MOST_PARTIALS, REPORT} from '../report.js';
import type {RowTeam} from '../wgsl/row-team.js';

const THREADS = 64;

export const gradientNorm: Kernel = defineKernel({
  name: 'gradient norm',
  sizes: ['length4', 'first', 'groups', 'rows'],
  buffers: {
    gradient: 'read vec4f',
    losses: 'read f32',
    report: 'write f32',
  },
  body: `
var<workgroup> sums: array<f32, ${THREADS}>;
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  var sum = 0.0;
  if (workgroup.x < size.groups) {
    let stride = size.groups * ${THREADS}u;
    for (var i = workgroup.x * ${THREADS}u + local; i < size.length4;) {
      var part = 0.0; // in one long float32 sum, small terms would be rounded away
      for (let end = i + 64u * stride; i < min(end, size.length4); i += stride) {
        let g = gradient[i];
        part += dot(g, g);
      }
      sum += part;
    }
  } else {
    for (var n = local; n < size.rows; n += ${THREADS}u) { sum += losses[n]; }
  }
  sums[local] = sum;
  for (var half = ${THREADS / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local < half) { sums[local] += sums[local + half]; }
  }
  if (local == 0u) {
    if (workgroup.x < size.groups) { report[size.first + workgroup.x] = sums[0]; }
    else { report[${REPORT.loss}] = sums[0] + report[${REPORT.failed}]; }
  }
}`,
});

/** Vectors that a workgroup adds up: on a CPU many, since its barriers cost more than its sums. */
const SHARE: Record<RowTeam, number> = {thread: 65536, workgroup: 16384};

/**
 * Workgroups that share `length` numbers.
 * @param buffers of the whole gradient: together they have no more partial sums than the report has room for
 */
export function normGroups(length: number, team: RowTeam, buffers = 1): number {
  return Math.min(Math.floor(MOST_PARTIALS / buffers), Math.ceil(length / 4 / SHARE[team]));
}
