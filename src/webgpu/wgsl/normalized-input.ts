/**
 * Layer norm of the one row that decoding works on, computed on the fly by whoever reads it: every thread sums the row up for itself, which
 * costs less than a dispatch. Sees: x, norm (γ, then β from betaOffset4 on), size.width4, size.betaOffset4.
 */
import {LAYER_NORM_EPSILON} from '../../model/config.js';

export const NORMALIZED_INPUT = `
/** μ and 1 / σ of x */
fn rowStats() -> vec2f {
  let width = f32(4u * size.width4);
  var total = vec4f();
  for (var c = 0u; c < size.width4; c++) { total += x[c]; }
  let mean = dot(total, vec4f(1.0)) / width;
  var squares = 0.0;
  for (var c = 0u; c < size.width4; c++) { let d = x[c] - mean; squares += dot(d, d); }
  return vec2f(mean, inverseSqrt(squares / width + ${LAYER_NORM_EPSILON}));
}
fn normalized(stats: vec2f, c: u32) -> vec4f {
  return (x[c] - stats.x) * stats.y * norm[c] + norm[size.betaOffset4 + c];
}`;
