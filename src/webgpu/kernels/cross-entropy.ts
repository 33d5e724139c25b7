/**
 * Softmax, cross-entropy and its gradient in one kernel, in place (as llm.c's fused classifier):
 *   loss[n] = scale · (log Σ exp(logits[n]) − logits[n, label]),   logits[n, v] ← scale · (softmax(logits[n])[v] − [v = label])
 * with scale = 1 / (labels that count); a row whose label is IGNORE_INDEX gets loss 0 and gradient 0. The padding of a row becomes 0.
 * Shapes: labels [N], logits [N, Vp], losses [N]. Probabilities are never stored; the row's largest logit is subtracted first.
 * Memory: reads NV three times (from cache where a row fits), writes NV.
 */
import {IGNORE_INDEX} from '../../model/loss.js';
import {defineKernel, type Kernel} from '../kernel.js';
import {type RowTeam, rowTeam} from '../wgsl/row-team.js';

export function crossEntropy({team}: {team: RowTeam}): Kernel {
  return defineKernel({
    name: 'cross-entropy',
    sizes: ['rows', 'vocabulary', 'stride'],
    buffers: {labels: 'read i32', logits: 'write f32', losses: 'write f32'},
    body: `
// #region kernel-cross-entropy
fn row(n: u32, lane: u32) {
  let first = n * size.stride;
  let label = labels[n];
  let counts = label != ${IGNORE_INDEX};
  var highest = -3.4e38;
  for (var v = lane; v < size.vocabulary; v += LANES) { highest = max(highest, logits[first + v]); }
  highest = teamMax(highest, lane);
  var total = 0.0;
  for (var v = lane; v < size.vocabulary;) {
    var part = 0.0; // in one long float32 sum, small terms would be rounded away
    for (let end = v + 256u * LANES; v < min(end, size.vocabulary); v += LANES) { part += exp(logits[first + v] - highest); }
    total += part;
  }
  total = teamSum(total, lane);
  if (lane == 0u) {
    let old = select(0.0, losses[n], step.accumulate == 1u);
    let surprise = highest + log(total) - logits[first + u32(max(label, 0))];
    losses[n] = old + select(0.0, surprise * step.lossScale, counts);
  }
  teamSync();
  let scale = select(0.0, step.lossScale, counts);
  for (var v = lane; v < size.stride; v += LANES) {
    let prob = exp(logits[first + v] - highest) / total;
    let truth = select(0.0, 1.0, i32(v) == label);
    logits[first + v] = select(0.0, scale * (prob - truth), v < size.vocabulary);
  }
}
// #endregion
${rowTeam(team, 'size.rows')}`,
  });
}
