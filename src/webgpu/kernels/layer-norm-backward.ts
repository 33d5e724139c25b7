/**
 * Layer norm's backward pass. With x̂ = (x − μ) r and g = dh ⊙ γ, per row:
 *   dx += r (g − mean(g) − x̂ mean(g ⊙ x̂))            added to what flows along the residual stream
 *   dropped = dx ⊙ mask                                what the layer below the stream's last dropout gets (with dropout only)
 * and over rows dγ = Σ dh ⊙ x̂, dβ = Σ dh. Those sums are cut into chunks of rows, one partial sum each, which `embedding backward` adds
 * up for all norms at once: many threads, a fixed order, no atomics.
 * Shapes: x, dh, dx [N, C], stats [N, 2] (μ, r), γ [C], partials [chunks, 2, C].
 * Memory: reads 5 NC, writes NC (2 NC with dropout).
 */
import {defineKernel, type Kernel} from '../kernel.js';
import {DROPOUT} from '../wgsl/dropout.js';
import {type RowTeam, rowGroups, rowTeam, rowTeamThreads} from '../wgsl/row-team.js';

/** Rows whose dγ and dβ one thread adds up. */
export const NORM_CHUNK = 64;

/** Size `adds`: whether dx is added to what is there: not for the last norm, above which nothing flows yet. */
export function layerNormBackward({team, dropout}: {team: RowTeam; dropout: boolean}): Kernel {
  return defineKernel({
    name: 'layer norm backward',
    sizes: ['rows', 'width4', 'adds', 'site'],
    buffers: {
      x: 'read vec4f',
      stats: 'read vec2f',
      gamma: 'read vec4f',
      dh: 'read vec4f',
      dx: 'write vec4f',
      partials: 'write vec4f',
      ...(dropout ? {dropped: 'write vec4f' as const} : {}),
    },
    body: `${dropout ? DROPOUT : ''}
fn row(n: u32, lane: u32) {
  let first = n * size.width4;
  let mean = stats[n].x;
  let scale = stats[n].y;
  var sum = 0.0;
  var aligned = 0.0;
  for (var c = lane; c < size.width4; c += LANES) {
    let g = dh[first + c] * gamma[c];
    sum += dot(g, vec4f(1.0));
    aligned += dot(g, (x[first + c] - mean) * scale);
  }
  let width = f32(4u * size.width4);
  let meanG = teamSum(sum, lane) / width;
  let meanAligned = teamSum(aligned, lane) / width;
  ${dropout ? 'let streamKey = siteKey(size.site);' : ''}
  for (var c = lane; c < size.width4; c += LANES) {
    let at = first + c;
    let normalized = (x[at] - mean) * scale;
    var value = scale * (dh[at] * gamma[c] - meanG - normalized * meanAligned);
    if (size.adds == 1u) { value += dx[at]; }
    dx[at] = value;
    ${dropout ? 'dropped[at] = value * dropFactors(streamKey, 4u * at);' : ''}
  }
}
fn columns(thread: u32) {
  let chunk = thread / size.width4;
  let c = thread % size.width4;
  let start = chunk * ${NORM_CHUNK}u;
  if (start >= size.rows) { return; }
  var gammaSum = vec4f();
  var betaSum = vec4f();
  for (var n = start; n < min(start + ${NORM_CHUNK}u, size.rows); n++) {
    let d = dh[n * size.width4 + c];
    betaSum += d;
    gammaSum += d * ((x[n * size.width4 + c] - stats[n].x) * stats[n].y);
  }
  partials[2u * chunk * size.width4 + c] = gammaSum;
  partials[(2u * chunk + 1u) * size.width4 + c] = betaSum;
}
${rowTeam(team, 'size.rows', `columns(group * ${rowTeamThreads(team)}u + local);`)}`,
  });
}

export const normChunks = (rows: number): number => Math.ceil(rows / NORM_CHUNK);

/** @param learns whether dγ and dβ are needed: the last workgroups compute them */
export function layerNormBackwardGroups(
  team: RowTeam,
  rows: number,
  width: number,
  learns = true,
): [number, number, number] {
  const sums = learns ? Math.ceil((normChunks(rows) * width) / 4 / rowTeamThreads(team)) : 0;
  return [rowGroups(team, rows) + sums, 1, 1];
}
