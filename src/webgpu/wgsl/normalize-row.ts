/**
 * Layer norm of one finished row of the residual stream: h = (x − μ) r γ + β with r = 1 / √(σ² + ε). Whoever completes a row of x calls
 * it, so that layer norm needs no pass of its own. μ and r stay in `stats` for backward.
 * Sees: x, h, norm (γ, then β from betaOffset4 on), stats, size.width4 (C / 4), size.betaOffset4, and the row team's functions.
 */
import {LAYER_NORM_EPSILON} from '../../model/config.js';
import {STORED, type Stored} from './stored.js';

export const normalizeRow = (stored: Stored): string => `
${STORED[stored].functions}
fn normalizeRow(row: u32, lane: u32) {
  let first = row * size.width4;
  let width = f32(4u * size.width4);
  var total = vec4f();
  for (var c = lane; c < size.width4; c += LANES) { total += x[first + c]; }
  // A wide row far from 0 rounds its total; what that leaves of the mean, the differences from it show.
  let about = teamSum(dot(total, vec4f(1.0)), lane) / width;
  var rest = vec4f();
  var squares = 0.0;
  for (var c = lane; c < size.width4; c += LANES) { let d = x[first + c] - about; rest += d; squares += dot(d, d); }
  let off = teamSum(dot(rest, vec4f(1.0)), lane) / width;
  let mean = about + off;
  let scale = inverseSqrt(max(teamSum(squares, lane) / width - off * off, 0.0) + ${LAYER_NORM_EPSILON});
  for (var c = lane; c < size.width4; c += LANES) {
    h[first + c] = ${STORED[stored].store('(x[first + c] - mean) * scale * norm[c] + norm[size.betaOffset4 + c]')};
  }
  if (lane == 0u) { stats[row] = vec2f(mean, scale); }
}`;
