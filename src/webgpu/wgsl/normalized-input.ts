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
  let about = dot(total, vec4f(1.0)) / width; // rounded: see normalize-row.ts
  var rest = vec4f();
  var squares = 0.0;
  for (var c = 0u; c < size.width4; c++) { let d = x[c] - about; rest += d; squares += dot(d, d); }
  let off = dot(rest, vec4f(1.0)) / width;
  return vec2f(about + off, inverseSqrt(max(squares / width - off * off, 0.0) + ${LAYER_NORM_EPSILON}));
}
fn normalized(stats: vec2f, c: u32) -> vec4f {
  return (x[c] - stats.x) * stats.y * norm[c] + norm[size.betaOffset4 + c];
}`;
