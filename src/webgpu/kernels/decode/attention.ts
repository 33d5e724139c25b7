/**
 * Decoding, attention: ln_1, this token's q, k and v, and the new row of context, in one dispatch; a workgroup a head.
 *   h = LN(x),   q, k, v = h W + b (this head's columns),   cache[position] = q, k, v,   out = Σ_j softmax_j(q · k_j / √D) v_j
 * Only this token's keys and values are computed: those of the tokens before it are in the cache, since nothing about them changes.
 * Shapes: x [C], W [C, 3C], out [C]; cache [T, 3C], laid out as the forward pass lays out its q, k and v, so that it can fill it.
 * Memory: reads 3 C² weights and 2 · position · C of the cache.
 */
import {defineKernel, type Kernel} from '../../kernel.js';
import {NORMALIZED_INPUT} from '../../wgsl/normalized-input.js';
import {teamOf} from '../../wgsl/row-team.js';
import {STORED, type Stored} from '../../wgsl/stored.js';

/** @param shape.contextLength T, most scores that a workgroup holds @param shape.held how the weights are held */
export function decodeAttention(shape: {
  headSize: number;
  contextLength: number;
  threads: number;
  held?: Stored;
}): Kernel {
  const {headSize, contextLength, threads, held = 'f32'} = shape;
  const {read, functions, load} = STORED[held];
  const head4 = headSize / 4;
  return defineKernel({
    name: 'decode attention',
    sizes: ['width4', 'betaOffset4'],
    buffers: {
      state: 'read u32',
      x: 'read vec4f',
      norm: 'read vec4f',
      weight: read,
      bias: 'read vec4f',
      cache: 'write vec4f',
      out: 'write vec4f',
    },
    body: `${functions}${teamOf(threads)}
${NORMALIZED_INPUT}
var<workgroup> query: array<vec4f, ${head4}>;
var<workgroup> scores: array<f32, ${contextLength}>;
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lane: u32) {
  let head = workgroup.x * ${head4}u;
  let position = state[0];
  let stats = rowStats();
  for (var i = lane; i < ${3 * head4}u; i += LANES) {
    let part = i / ${head4}u; // 0: q, 1: k, 2: v
    let column = part * size.width4 + head + i % ${head4}u;
    var sum = bias[column];
    for (var k = 0u; k < size.width4; k++) {
      let first = 4u * k * 3u * size.width4 + column;
      let rows = mat4x4f(
        ${load('weight[first]')}, ${load('weight[first + 3u * size.width4]')},
        ${load('weight[first + 6u * size.width4]')}, ${load('weight[first + 9u * size.width4]')},
      );
      sum += rows * normalized(stats, k);
    }
    if (part == 0u) { query[i] = sum * ${1 / Math.sqrt(headSize)}; }
    else { cache[position * 3u * size.width4 + column] = sum; }
  }
  workgroupBarrier();
  storageBarrier();

  var highest = -3.4e38;
  for (var key = lane; key <= position; key += LANES) {
    var score = 0.0;
    for (var d = 0u; d < ${head4}u; d++) { score += dot(query[d], cache[(3u * key + 1u) * size.width4 + head + d]); }
    scores[key] = score;
    highest = max(highest, score);
  }
  highest = teamMax(highest, lane);
  var total = 0.0;
  for (var key = lane; key <= position; key += LANES) {
    scores[key] = exp(scores[key] - highest);
    total += scores[key];
  }
  total = teamSum(total, lane);
  for (var d = lane; d < ${head4}u; d += LANES) {
    var sum = vec4f();
    for (var key = 0u; key <= position; key++) {
      sum += scores[key] * cache[(3u * key + 2u) * size.width4 + head + d];
    }
    out[head + d] = sum / total;
  }
}`,
  });
}
