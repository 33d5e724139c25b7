/**
 * Decoding, last: draws the next token as `candidates` and `choose` in training/sample.ts do (temperature, top-k, top-p, one uniform number),
 * and moves on by one place. Nothing is sorted: “the likeliest tokens that together…” are all whose logit reaches some threshold, and the
 * threshold is found bit by bit, with one sum over the vocabulary for each of its 32 bits.
 *   top-k      largest threshold that at least k logits reach
 *   top-p      largest threshold below which the probabilities add up to at most 1 − p
 *   the draw   largest threshold whose tokens' probabilities add up to more than the uniform number; equal logits in order of their ids
 * Logits equal to the k-th all stay eligible; of those equal to the threshold of top-p the lower ids are dropped, as many as fit into
 * 1 − p. The highest logit always stays. Where somebody looks (`step.candidates`), the likeliest eligible tokens are listed too.
 * Shapes: logits [V]; state [2]: the place of the token that was read, and how many were drawn before; tokens [places];
 * drawn [places, 1 + MOST_CANDIDATES, 2]: id and probability (as bits) of the drawn token, then of the candidates, likeliest first.
 */
import {defineKernel, type Kernel} from '../../kernel.js';
import {DROPOUT} from '../../wgsl/dropout.js';
import {ONE_THREAD_A_ROW, type RowTeam, teamOf} from '../../wgsl/row-team.js';

const LANES = {thread: 1, workgroup: 256} as const;

/** The likeliest tokens that can be listed beside the one that is drawn. */
export const MOST_CANDIDATES = 10;
/** Words of a place in `drawn`. */
export const DRAWN_WORDS = 2 * (1 + MOST_CANDIDATES);

/** @param options.lanes threads that share the vocabulary: a power of two */
export function decodeSample({team, lanes = LANES[team]}: {team: RowTeam; lanes?: number}): Kernel {
  return defineKernel({
    name: 'decode sample',
    sizes: ['vocabulary', 'draws'],
    buffers: {
      logits: 'read f32',
      state: 'write u32',
      tokens: 'write u32',
      drawn: 'write vec2u',
    },
    body: `${DROPOUT}
${lanes === 1 ? ONE_THREAD_A_ROW : teamOf(lanes)}
const LOWEST = -3.4e38;
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
/** The tokens that may be drawn: all above a rank, and of those with exactly this rank the ids from first on. */
struct Pool { least: u32, first: u32 }
fn holds(pool: Pool, v: u32) -> bool {
  let own = rank(logits[v]);
  return own > pool.least || (own == pool.least && v >= pool.first);
}
/** A probability before it is divided by the sum. Below e^−200 there is only 0 in float32. */
fn weightOf(logit: f32, highest: f32) -> f32 { return exp(max((logit - highest) / step.temperature, -200.0)); }
/** The weight of the pool's tokens from one rank up to, not including, another. */
fn massBetween(pool: Pool, least: u32, end: u32, highest: f32, lane: u32) -> f32 {
  var mass = 0.0;
  for (var v = lane; v < size.vocabulary;) {
    var part = 0.0; // in one long float32 sum, small terms would be rounded away
    for (let stop = v + 256u * LANES; v < min(stop, size.vocabulary); v += LANES) {
      let own = rank(logits[v]);
      if (own >= least && own < end && holds(pool, v)) { part += weightOf(logits[v], highest); }
    }
    mass += part;
  }
  return teamSum(mass, lane);
}
fn massFrom(pool: Pool, least: u32, highest: f32, lane: u32) -> f32 {
  return massBetween(pool, least, 0xffffffffu, highest, lane);
}
fn massBelow(pool: Pool, end: u32, highest: f32, lane: u32) -> f32 {
  return massBetween(pool, 0u, end, highest, lane);
}
/** How many tokens with exactly this rank have an id of at most last. */
fn countTies(tie: u32, last: u32, lane: u32) -> f32 {
  var count = 0.0;
  for (var v = lane; v < size.vocabulary; v += LANES) {
    count += select(0.0, 1.0, v <= last && rank(logits[v]) == tie);
  }
  return teamSum(count, lane);
}
/** The id of the index-th token with exactly this rank: the smallest up to which there are more than that many. */
fn tieAt(tie: u32, index: f32, lane: u32) -> u32 {
  var id = 0u;
  for (var bit = 0x80000000u; bit > 0u; bit /= 2u) {
    if (countTies(tie, (id | bit) - 1u, lane) <= index) { id |= bit; }
  }
  return id;
}
/** Writes a token and its probability to the slot-th of a place's entries. */
fn note(place: u32, slot: u32, id: u32, probability: f32) {
  drawn[place * ${1 + MOST_CANDIDATES}u + slot] = vec2u(id, bitcast<u32>(probability));
}
/** The likeliest tokens of the pool, each by two sums: the largest logit after the last one, and the smallest id that has it. */
fn list(place: u32, pool: Pool, highest: f32, total: f32, lane: u32) {
  var last = 0xffffffffu; // the rank and id of the last one listed
  var lastId = 0u;
  for (var slot = 1u; slot <= step.candidates; slot++) {
    var next = LOWEST;
    for (var v = lane; v < size.vocabulary; v += LANES) {
      if (isAfter(v, last, lastId) && holds(pool, v)) { next = max(next, logits[v]); }
    }
    next = teamMax(next, lane);
    var id = -16777216.0;
    for (var v = lane; v < size.vocabulary; v += LANES) {
      if (logits[v] == next && isAfter(v, last, lastId) && holds(pool, v)) { id = max(id, -f32(v)); }
    }
    lastId = u32(-teamMax(id, lane));
    last = rank(next);
    let greedy = step.temperature == 0.0;
    let probability = select(select(weightOf(next, highest), 1.0, greedy) / total, 0.0, next == LOWEST); // 0: none is left
    if (lane == 0u) { note(place, slot, lastId, probability); }
  }
}
fn isAfter(v: u32, last: u32, lastId: u32) -> bool {
  let own = rank(logits[v]);
  return own < last || (own == last && v > lastId);
}
fn draw(uniform01: f32, place: u32, lane: u32) {
  var highest = LOWEST;
  for (var v = lane; v < size.vocabulary; v += LANES) { highest = max(highest, logits[v]); }
  highest = teamMax(highest, lane);

  var chosen = rank(highest);
  var index = 0.0; // among the tokens with this rank
  var probability = 1.0;
  var pool = Pool(chosen, 0u);
  var total = 1.0;
  if (step.temperature > 0.0) {
    pool.least = 0u;
    if (step.topK < size.vocabulary) {
      for (var bit = 0x80000000u; bit > 0u; bit /= 2u) {
        if (countFrom(pool.least | bit, lane) >= f32(step.topK)) { pool.least |= bit; }
      }
    }
    total = massFrom(pool, 0u, highest, lane);
    var dropped = 0.0; // of the tokens with the pool's least rank
    if (step.tailMass > 0.0) {
      var edge = 0u;
      for (var bit = 0x80000000u; bit > 0u; bit /= 2u) {
        if (massBelow(pool, edge | bit, highest, lane) <= step.tailMass * total) { edge |= bit; }
      }
      edge = min(edge, rank(highest));
      let share = weightOf(value(edge), highest) / total;
      let below = massBelow(pool, edge, highest, lane) / total;
      let ties = countTies(edge, size.vocabulary - 1u, lane);
      for (var bit = f32(1u << 24u); bit >= 1.0; bit *= 0.5) {
        let more = dropped + bit;
        if (more < ties && fma(more, share, below) <= step.tailMass) { dropped = more; }
      }
      pool = Pool(edge, tieAt(edge, dropped, lane));
      total = massFrom(pool, 0u, highest, lane);
    }
    chosen = 0u;
    for (var bit = 0x80000000u; bit > 0u; bit /= 2u) {
      if (massFrom(pool, chosen | bit, highest, lane) > uniform01 * total) { chosen |= bit; }
    }
    chosen = max(chosen, pool.least);
    let weight = weightOf(value(chosen), highest);
    probability = weight / total;
    let above = floor(max(0.0, uniform01 * total - massFrom(pool, chosen + 1u, highest, lane)) / weight);
    let passed = select(0.0, dropped, chosen == pool.least);
    index = min(passed + above, countTies(chosen, size.vocabulary - 1u, lane) - 1.0);
  }
  let id = tieAt(chosen, index, lane);
  if (lane == 0u) {
    tokens[place] = id;
    note(place, 0u, id, probability);
  }
  list(place, pool, highest, total, lane);
}
/** The number of a rank. */
fn value(ranked: u32) -> f32 {
  return bitcast<f32>(select(~ranked, ranked & 0x7fffffffu, (ranked & 0x80000000u) != 0u));
}
@compute @workgroup_size(${lanes})
fn main(@builtin(local_invocation_index) lane: u32) {
  let position = state[0];
  let before = state[1];
  teamSync(); // all have read the state
  if (size.draws == 1u) {
    // uniformAt(drawKey, before) of math/rng.ts, to 24 bits
    let bits = hash32(step.drawKey ^ hash32(before + 0x9e3779b9u));
    draw(f32(bits >> 8u) / 16777216.0, position + 1u, lane);
  }
  if (lane == 0u) {
    state[0] = position + 1u;
    state[1] = before + size.draws;
  }
}`,
  });
}
