/**
 * A recurrent network as in Elman (1990), and how much its last state depends on each earlier token:
 *
 *     h_t = tanh(W h_{t−1} + U x_t)                     h_{−1} = 0
 *     ∂h_t/∂x_{t−d} = D_t W D_{t−1} W … D_{t−d} U       D_s = diag(1 − h_s²)
 *
 * The gradient has d factors W: their product vanishes where all of W's eigenvalues are well below 1, and explodes above 1, until tanh
 * saturates. Source: Bengio, Simard & Frasconi, “Learning long-term dependencies with gradient descent is difficult” (1994).
 */
import type {Vector} from './attention.js';
import {key, normals} from './rng.js';

export interface RecurrentNetwork {
  /** C: the width of the state, and of each token's vector. */
  width: number;
  /** [C, C], row by row: from the state before. */
  w: Float64Array;
  /** [C, C], row by row: from the token's vector. */
  u: Float64Array;
}

/**
 * Returns a network with random weights, normal with variance 1/C.
 * @param radius W is scaled to this spectral radius, the largest magnitude of its eigenvalues
 */
export function randomRecurrent(width: number, radius: number, seed: number): RecurrentNetwork {
  const random = (stream: number): Float64Array =>
    Float64Array.from(normals(width * width, 0, 1 / Math.sqrt(width), key(seed, stream)));
  const w = random(0);
  return scaled({width, w, u: random(1)}, radius / spectralRadius(w, width));
}

/** Returns the same network with W multiplied by `factor`, and so its spectral radius. */
export function scaled({width, w, u}: RecurrentNetwork, factor: number): RecurrentNetwork {
  return {width, w: w.map((weight) => weight * factor), u};
}

// #region recurrent-states
/** Returns the state after each token, [T, C]. @param xs [T, C], a vector for each token */
export function recurrentStates({width: C, w, u}: RecurrentNetwork, xs: readonly Vector[]): Float64Array[] {
  const states: Float64Array[] = [];
  let h = new Float64Array(C); // the state: all that the network keeps of the tokens so far
  for (const x of xs) {
    const before = h;
    h = new Float64Array(C);
    for (let i = 0; i < C; i++) {
      let sum = 0;
      for (let j = 0; j < C; j++) sum += w[i * C + j]! * before[j]! + u[i * C + j]! * x[j]!;
      h[i] = Math.tanh(sum);
    }
    states.push(h);
  }
  return states;
}
// #endregion

// #region backpropagation-through-time
/**
 * Returns how much one unit of the last state depends on each token, by backpropagation through time.
 * @returns [T]: at d, the squared length of ∂h_t[unit]/∂x_{t−d}, where t is the last token
 */
export function unitInfluence(
  {width: C, w, u}: RecurrentNetwork,
  states: readonly Float64Array[],
  unit: number,
): Float64Array {
  const T = states.length;
  if (!T) return new Float64Array();
  const squares = new Float64Array(T);
  let back = new Float64Array(C); // ∂h_t[unit]/∂(W h + U x) of the current step
  back[unit] = 1 - states[T - 1]![unit]! ** 2;
  for (let d = 0; d < T; d++) {
    squares[d] = timesRows(back, u).reduce((sum, slope) => sum + slope ** 2, 0); // to x_{t−d}
    const before = states[T - d - 2];
    if (!before) break;
    back = timesRows(back, w); // one step back: through W …
    for (let j = 0; j < C; j++) back[j]! *= 1 - before[j]! ** 2; // … and through the tanh
  }
  return squares;
}
// #endregion

/**
 * Returns the Frobenius norms of ∂h_t/∂x_{t−d} for the last token t, d = 0 … T − 1. Each unit of the state takes 2·T·C² multiplications;
 * yields after each, so that the caller can yield to the event loop.
 */
export function* influenceByDistance(
  network: RecurrentNetwork,
  states: readonly Float64Array[],
): Generator<undefined, Float64Array> {
  const total = new Float64Array(states.length);
  for (let unit = 0; unit < network.width; unit++) {
    const squares = unitInfluence(network, states, unit);
    for (let d = 0; d < total.length; d++) total[d]! += squares[d]!;
    yield;
  }
  return total.map(Math.sqrt);
}

/** Returns the product of a row vector and a matrix, which is stored row by row. */
function timesRows(vector: Float64Array, matrix: Float64Array): Float64Array<ArrayBuffer> {
  const width = vector.length;
  const out = new Float64Array(width);
  for (let i = 0; i < width; i++) {
    const factor = vector[i]!;
    if (factor === 0) continue;
    for (let j = 0; j < width; j++) out[j]! += factor * matrix[i * width + j]!;
  }
  return out;
}

/** The matrix is raised to the power 2^14: the remaining error is ln(a constant of the matrix) / 2^14, below 0.001 for random matrices. */
const SQUARINGS = 14;

/** Returns the largest magnitude of a matrix's eigenvalues, by Gelfand's formula: lim ‖Wᵏ‖^(1/k). @param matrix [C, C], row by row */
export function spectralRadius(matrix: Float64Array, width: number): number {
  let [power, logNorm, exponent] = [matrix, 0, 1];
  for (let i = 0; i <= SQUARINGS; i++) {
    const norm = Math.sqrt(power.reduce((sum, value) => sum + value ** 2, 0));
    if (norm === 0) return 0;
    logNorm += Math.log(norm) / exponent;
    if (i === SQUARINGS) break;
    const unit = power.map((value) => value / norm);
    power = new Float64Array(width * width);
    for (let row = 0; row < width; row++)
      power.set(timesRows(unit.subarray(row * width, (row + 1) * width), unit), row * width);
    exponent *= 2;
  }
  return Math.exp(logNorm);
}
