/**
 * Decoding, last: draws the next token as `candidates` and `choose` in training/sample.ts do (temperature, top-k, top-p, one uniform number),
 * and moves on by one place. Nothing is sorted: “the likeliest tokens that together…” are all whose logit reaches some threshold, and the
 * threshold is found bit by bit, with one sum over the vocabulary for each of its 32 bits.
 *   top-k      largest threshold that at least k logits reach
 *   top-p      largest threshold whose tokens' probabilities add up to p
 *   the draw   largest threshold whose tokens' probabilities add up to more than the uniform number; equal logits in order of their ids
 * Logits equal to the k-th all stay eligible. Shapes: logits [V], tokens and probabilities [T + 1], state [2] (position, prompt length).
 */
import {defineKernel, type Kernel} from '../../kernel.js';
import {DROPOUT} from '../../wgsl/dropout.js';
import {ONE_THREAD_A_ROW, type RowTeam, teamOf} from '../../wgsl/row-team.js';

const LANES = {thread: 1, workgroup: 256} as const;

export function decodeSample({team}: {team: RowTeam}): Kernel {
  const lanes = LANES[team];
  return defineKernel({
    name: 'decode sample',
    sizes: ['vocabulary', 'draws'],
    buffers: {
      logits: 'read f32',
      state: 'write u32',
      tokens: 'write u32',
      probabilities: 'write f32',
    },
    body: `${DROPOUT}
${lanes === 1 ? ONE_THREAD_A_ROW : teamOf(lanes)}
/** Whole numbers in the order of the float32 numbers. */
fn rank(value: f32) -> u32 {
  let bits = bitcast<u32>(value);
  return select(bits | 0x80000000u, ~bits, (bits & 0x80000000u) != 0u);
}
/** How many tokens reach a rank. */
fn countFrom(least: u32, lane: u32) -> f32 {
  var count = 0.0;
  for (var v = lane; v < size.vocabulary; v += LANES) { count += select(0.0, 1.0, rank(logits[v]) >= least); }
  return teamSum(count, lane);
}
/** Their weight: probabilities before they are divided by their sum. */
fn massFrom(least: u32, highest: f32, lane: u32) -> f32 {
  var mass = 0.0;
  for (var v = lane; v < size.vocabulary; v += LANES) {
    if (rank(logits[v]) >= least) { mass += exp((logits[v] - highest) / step.temperature); }
  }
  return teamSum(mass, lane);
}
/** How many tokens with exactly this rank have an id of at most last. */
fn countTies(tie: u32, last: u32, lane: u32) -> f32 {
  var count = 0.0;
  for (var v = lane; v < size.vocabulary; v += LANES) {
    count += select(0.0, 1.0, v <= last && rank(logits[v]) == tie);
  }
  return teamSum(count, lane);
}
struct Drawn { id: u32, probability: f32 }
fn draw(uniform01: f32, lane: u32) -> Drawn {
  var highest = -3.4e38;
  for (var v = lane; v < size.vocabulary; v += LANES) { highest = max(highest, logits[v]); }
  highest = teamMax(highest, lane);

  var chosen = rank(highest);
  var above = 0.0; // ties to pass over
  var probability = 1.0;
  if (step.temperature > 0.0) {
    var eligible = 0u;
    if (step.topK < size.vocabulary) {
      for (var bit = 0x80000000u; bit > 0u; bit /= 2u) {
        if (countFrom(eligible | bit, lane) >= f32(step.topK)) { eligible |= bit; }
      }
    }
    var total = massFrom(eligible, highest, lane);
    if (step.topP < 1.0) {
      var nucleus = 0u;
      for (var bit = 0x80000000u; bit > 0u; bit /= 2u) {
        if (massFrom(nucleus | bit, highest, lane) >= step.topP * total) { nucleus |= bit; }
      }
      eligible = max(eligible, nucleus);
      total = massFrom(eligible, highest, lane);
    }
    chosen = 0u;
    for (var bit = 0x80000000u; bit > 0u; bit /= 2u) {
      if (massFrom(chosen | bit, highest, lane) > uniform01 * total) { chosen |= bit; }
    }
    chosen = max(chosen, eligible);
    let weight = exp((value(chosen) - highest) / step.temperature);
    probability = weight / total;
    above = floor(max(0.0, uniform01 * total - massFrom(chosen + 1u, highest, lane)) / weight);
    above = min(above, countTies(chosen, size.vocabulary - 1u, lane) - 1.0);
  }
  // The smallest id up to which there are more than that many ties
  var id = 0u;
  for (var bit = 0x80000000u; bit > 0u; bit /= 2u) {
    let ties = countTies(chosen, (id | bit) - 1u, lane);
    if (ties <= above) { id |= bit; }
  }
  return Drawn(id, probability);
}
/** The number of a rank. */
fn value(ranked: u32) -> f32 {
  return bitcast<f32>(select(~ranked, ranked & 0x7fffffffu, (ranked & 0x80000000u) != 0u));
}
@compute @workgroup_size(${lanes})
fn main(@builtin(local_invocation_index) lane: u32) {
  let position = state[0];
  let generated = position + 1u - state[1];
  if (size.draws == 1u) {
    // uniformAt(drawKey, generated) of math/rng.ts, to 24 bits
    let bits = hash32(step.drawKey ^ hash32(generated + 0x9e3779b9u));
    let token = draw(f32(bits >> 8u) / 16777216.0, lane);
    if (lane == 0u) {
      tokens[position + 1u] = token.id;
      probabilities[position + 1u] = token.probability;
    }
  }
  teamSync(); // all have read the state
  if (lane == 0u) { state[0] = position + 1u; }
}`,
  });
}
