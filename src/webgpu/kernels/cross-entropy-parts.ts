/**
 * Cross-entropy where the logits have several buffers, each with some of the tokens: the same as `crossEntropy`, in two sweeps over them.
 *   softmaxSums            sums[n] = (largest logit, Σ exp(logit − largest), the label's logit) of this buffer and those before it
 *   crossEntropyGradient   logits[n, v] ← scale · (softmax(logits[n])[v] − [v = label]); the first buffer's dispatch gives the loss
 * A sum that was taken relative to a smaller largest logit is scaled when a larger one comes.
 * Shapes: labels [N], logits [N, tokens padded to a multiple of 4], sums [N, 4], losses [N].
 * Memory: the first reads NV twice, the second reads and writes NV.
 */
import {IGNORE_INDEX} from '../../model/loss.js';
import {defineKernel, type Kernel} from '../kernel.js';
import {type RowTeam, rowTeam} from '../wgsl/row-team.js';

const SIZES = ['rows', 'firstToken', 'tokens', 'stride'] as const;

export function softmaxSums({team}: {team: RowTeam}): Kernel {
  return defineKernel({
    name: 'softmax sums',
    sizes: SIZES,
    buffers: {labels: 'read i32', logits: 'read f32', sums: 'write vec4f'},
    body: `
fn row(n: u32, lane: u32) {
  let first = n * size.stride;
  var highest = -3.4e38;
  for (var v = lane; v < size.tokens; v += LANES) { highest = max(highest, logits[first + v]); }
  highest = teamMax(highest, lane);
  var total = 0.0;
  for (var v = lane; v < size.tokens;) {
    var part = 0.0; // in one long float32 sum, small terms would be rounded away
    for (let end = v + 256u * LANES; v < min(end, size.tokens); v += LANES) { part += exp(logits[first + v] - highest); }
    total += part;
  }
  total = teamSum(total, lane);
  if (lane == 0u) {
    let label = u32(max(labels[n], 0)) - size.firstToken; // one before the first token becomes a huge number
    var before = sums[n];
    if (size.firstToken == 0u) { before = vec4f(highest, 0.0, 0.0, 0.0); }
    let largest = max(before.x, highest);
    let sum = before.y * exp(before.x - largest) + total * exp(highest - largest);
    sums[n] = vec4f(largest, sum, before.z, 0.0);
    if (label < size.tokens) { sums[n].z = logits[first + label]; }
  }
}
${rowTeam(team, 'size.rows')}`,
  });
}

export function crossEntropyGradient({team}: {team: RowTeam}): Kernel {
  return defineKernel({
    name: 'cross-entropy, some tokens',
    sizes: SIZES,
    buffers: {labels: 'read i32', sums: 'read vec4f', logits: 'write f32', losses: 'write f32'},
    body: `
fn row(n: u32, lane: u32) {
  let first = n * size.stride;
  let counts = labels[n] != ${IGNORE_INDEX};
  let label = u32(max(labels[n], 0)) - size.firstToken;
  let highest = sums[n].x;
  let total = sums[n].y;
  if (lane == 0u && size.firstToken == 0u) {
    let old = select(0.0, losses[n], step.accumulate == 1u);
    losses[n] = old + select(0.0, (highest + log(total) - sums[n].z) * step.lossScale, counts);
  }
  let scale = select(0.0, step.lossScale, counts);
  for (var v = lane; v < size.stride; v += LANES) {
    let prob = exp(logits[first + v] - highest) / total;
    let truth = select(0.0, 1.0, v == label);
    logits[first + v] = select(0.0, scale * (prob - truth), v < size.tokens);
  }
}
${rowTeam(team, 'size.rows')}`,
  });
}
