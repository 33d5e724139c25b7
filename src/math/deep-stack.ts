/** A deep stack of small layers with and without shortcuts, and how much gradient reaches each of them. */
import {ACTIVATIONS} from './activations.js';
import {key, normals} from './rng.js';

/** The weights of a stack and what it is trained on; matrices are row by row. */
export interface DeepStack {
  /** C: numbers that pass from layer to layer. */
  width: number;
  /** `[L][C · C]` */
  weights: readonly ArrayLike<number>[];
  /** `[L][C]` */
  biases: readonly ArrayLike<number>[];
  /** `[B · C]` each. */
  inputs: ArrayLike<number>;
  targets: ArrayLike<number>;
}

/**
 * Returns a stack with random weights and biases, random inputs and random targets. Weights have the variance that PyTorch gives
 * those of a new `nn.Linear`, 1/(3 C).
 * @param layers L
 */
export function randomStack(layers: number, seed: number, width = 16, batch = 8): DeepStack {
  const draw = (count: number, deviation: number, name: number): Float32Array =>
    normals(count, 0, deviation, key(seed, name));
  const deviation = 1 / Math.sqrt(3 * width);
  return {
    width,
    weights: Array.from({length: layers}, (_, n) => draw(width * width, deviation, 2 * n)),
    biases: Array.from({length: layers}, (_, n) => draw(width, deviation, 2 * n + 1)),
    inputs: draw(batch * width, 1, 1000),
    targets: draw(batch * width, 1, 1001),
  };
}

export interface StackGradients {
  /** Mean squared difference between output and target. */
  loss: number;
  /** `[L]`: the length of the gradient of each layer's weights. */
  norms: number[];
}

/**
 * Returns the loss of a stack and the gradient of each layer, by a forward and a backward pass.
 * @param shortcut 1: each layer adds its result to its input, x + GELU(x W + b); 0: the result replaces it, GELU(x W + b)
 */
export function stackGradients(
  {width: C, weights, biases, inputs, targets}: DeepStack,
  shortcut: 0 | 1,
): StackGradients {
  const {value, slope} = ACTIVATIONS.gelu;
  const count = inputs.length;
  // #region stack-gradients
  const entered: ArrayLike<number>[] = []; // what each layer reads, [B, C]
  const sums: Float64Array[] = []; // x W + b, before GELU
  let x: ArrayLike<number> = inputs;
  for (const [n, W] of weights.entries()) {
    const before = x;
    const z = times(x, W, C).map((sum, i) => sum + biases[n]![i % C]!);
    entered.push(before);
    sums.push(z);
    x = z.map((sum, i) => shortcut * before[i]! + value(sum));
  }
  const output = x;
  const loss = mean(output, (y, i) => (y - targets[i]!) ** 2);

  let dx = Float64Array.from({length: count}, (_, i) => (2 * (output[i]! - targets[i]!)) / count);
  const norms: number[] = [];
  for (let n = weights.length - 1; n >= 0; n--) {
    const before = dx;
    const dz = before.map((gradient, i) => gradient * slope(sums[n]![i]!));
    norms[n] = Math.hypot(...transposedTimes(entered[n]!, dz, C)); // xᵀ dz, the gradient of W
    const through = timesTransposed(dz, weights[n]!, C); // dz Wᵀ
    dx = through.map((gradient, i) => gradient + shortcut * before[i]!); // the shortcut passes the gradient on as it is
  }
  // #endregion
  return {loss, norms};
}

const mean = (values: ArrayLike<number>, of: (value: number, index: number) => number): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += of(values[i]!, i);
  return sum / values.length;
};

/** x W: [B, C] times [C, C]. */
function times(x: ArrayLike<number>, W: ArrayLike<number>, C: number): Float64Array {
  const out = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const row = i - (i % C);
    for (let c = 0; c < C; c++) out[i]! += x[row + c]! * W[c * C + (i % C)]!;
  }
  return out;
}

/** dz Wᵀ: [B, C] times [C, C]. */
function timesTransposed(dz: ArrayLike<number>, W: ArrayLike<number>, C: number): Float64Array {
  const out = new Float64Array(dz.length);
  for (let i = 0; i < dz.length; i++) {
    const row = i - (i % C);
    for (let c = 0; c < C; c++) out[i]! += dz[row + c]! * W[(i % C) * C + c]!;
  }
  return out;
}

/** xᵀ dz: [C, B] times [B, C]. */
function transposedTimes(x: ArrayLike<number>, dz: ArrayLike<number>, C: number): Float64Array {
  const out = new Float64Array(C * C);
  for (let row = 0; row < x.length; row += C)
    for (let i = 0; i < C; i++) for (let j = 0; j < C; j++) out[i * C + j]! += x[row + i]! * dz[row + j]!;
  return out;
}
