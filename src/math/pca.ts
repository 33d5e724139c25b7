/**
 * Principal component analysis: the few directions in which many points differ most. A picture in 2D or 3D along
 * them keeps as much of the points' spread as any flat picture can.
 */
import {key, normals} from './rng.js';

export interface PrincipalComponents {
  /** The points' mean, [C]. */
  mean: Float64Array;
  /** Unit vectors [C], at right angles, widest spread first. */
  axes: Float64Array[];
  /** Which share of the whole variance lies along each axis; together at most 1. */
  shares: number[];
}

export interface PcaOptions {
  /** How many axes. Default: 3. Fewer come back where the points span fewer. */
  components?: number;
  /** Axes of an earlier, similar analysis: the new ones are found sooner, and point the same way. */
  like?: readonly Float64Array[];
}

/** The eigenvalues' last relative change, below which nothing moves any more. */
const SETTLED = 1e-12;
const MOST_ROUNDS = 500;
/** Directions that are followed beside those asked for: the more, the sooner the ones asked for are exact. */
const COMPANIONS = 6;

/** {@link pcaRounds} in one go, for a matrix of ordinary size. */
export function pca(matrix: ArrayLike<number>, width: number, options?: PcaOptions): PrincipalComponents {
  const rounds = pcaRounds(matrix, width, options);
  for (;;) {
    const {done, value} = rounds.next();
    if (done) return value;
  }
}

/**
 * Subspace iteration with Rayleigh–Ritz (Saad, “Numerical Methods for Large Eigenvalue Problems”, ch. 5) on the
 * centered matrix: no covariance matrix is made. Yields after every round, so that a page can yield to the event loop in between.
 * Signs are fixed: an axis points to the side of its largest entry, or of `like`.
 * @param matrix [N, C], row by row
 * @param width C
 * @throws {RangeError} where the matrix has no row, or no whole number of rows
 */
export function* pcaRounds(
  matrix: ArrayLike<number>,
  width: number,
  {components = 3, like = []}: PcaOptions = {},
): Generator<void, PrincipalComponents, void> {
  const rows = matrix.length / width;
  if (!Number.isInteger(rows) || rows < 1)
    throw new RangeError(`${matrix.length} numbers make no rows of ${width}.`);
  const {mean, centered, spread} = center(matrix, rows, width);
  const wanted = Math.min(components, width, Math.max(0, rows - 1));
  const followed = Math.min(wanted + COMPANIONS, width, Math.max(0, rows - 1));

  // #region pca
  let basis = orthonormal([...like, ...randomVectors(followed, width)].slice(0, followed)); // b vectors of [C]
  let eigenvalues: number[] = basis.map(() => 0);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const projected = basis.map((axis) => timesVector(centered, rows, width, axis)); // X·q: b of [N]
    const {values, vectors} = symmetricEigen(projected.map((a) => projected.map((b) => dot(a, b)))); // [b, b]
    const turned = vectors.map((mix) => combine(projected, mix)); // the most spread-out first
    basis = orthonormal(turned.map((scores) => transposeTimesVector(centered, rows, width, scores))); // Xᵀ·X·q
    const change = Math.max(...values.slice(0, wanted).map((value, i) => Math.abs(value - eigenvalues[i]!)));
    eigenvalues = values;
    if (change <= SETTLED * (values[0] ?? 0)) break;
    yield;
  }
  // #endregion

  const axes: Float64Array[] = [];
  const shares: number[] = [];
  for (const [i, axis] of basis.entries()) {
    const share = spread > 0 ? eigenvalues[i]! / spread : 0;
    if (i >= wanted || share < 1e-12) break; // the points do not differ this way
    const sign = like[i] ? dot(axis, like[i]) : largestEntry(axis);
    axes.push(sign < 0 ? axis.map((value) => -value) : axis);
    shares.push(share);
  }
  return {mean, axes, shares};
}

/**
 * Where the points lie along the axes: [N, C] → [N, K], row by row.
 * @param width C
 */
export function project(
  matrix: ArrayLike<number>,
  width: number,
  {mean, axes}: Pick<PrincipalComponents, 'mean' | 'axes'>,
): Float32Array {
  const rows = matrix.length / width;
  const out = new Float32Array(rows * axes.length);
  for (let row = 0; row < rows; row++)
    for (const [k, axis] of axes.entries()) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += (matrix[row * width + i]! - mean[i]!) * axis[i]!;
      out[row * axes.length + k] = sum;
    }
  return out;
}

function center(matrix: ArrayLike<number>, rows: number, width: number) {
  const mean = new Float64Array(width);
  for (let i = 0; i < matrix.length; i++) mean[i % width]! += matrix[i]! / rows;
  const centered = Float64Array.from(matrix, (value, i) => value - mean[i % width]!);
  return {mean, centered, spread: dot(centered, centered)};
}

const randomVectors = (count: number, width: number): Float64Array[] =>
  Array.from({length: count}, (_, i) => Float64Array.from(normals(width, 0, 1, key(0x9ca, i))));

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

const largestEntry = (axis: Float64Array): number =>
  axis.reduce((largest, value) => (Math.abs(value) > Math.abs(largest) ? value : largest), 0);

/** X·q: [N, C] · [C] → [N] */
function timesVector(matrix: Float64Array, rows: number, width: number, vector: Float64Array): Float64Array {
  const out = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += matrix[row * width + i]! * vector[i]!;
    out[row] = sum;
  }
  return out;
}

/** Xᵀ·y: [C, N] · [N] → [C] */
function transposeTimesVector(
  matrix: Float64Array,
  rows: number,
  width: number,
  scores: Float64Array,
): Float64Array {
  const out = new Float64Array(width);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < width; i++) out[i]! += matrix[row * width + i]! * scores[row]!;
  return out;
}

function combine(vectors: readonly Float64Array[], mix: readonly number[]): Float64Array {
  const out = new Float64Array(vectors[0]!.length);
  for (const [j, vector] of vectors.entries())
    for (let i = 0; i < out.length; i++) out[i]! += vector[i]! * mix[j]!;
  return out;
}

/** Gram–Schmidt, twice for accuracy. A vector that adds no direction becomes 0. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const vector of vectors) {
    const next = Float64Array.from(vector);
    const before = Math.sqrt(dot(next, next));
    for (let pass = 0; pass < 2; pass++)
      for (const axis of done) {
        const share = dot(next, axis);
        for (let i = 0; i < next.length; i++) next[i]! -= share * axis[i]!;
      }
    const length = Math.sqrt(dot(next, next));
    const scale = length > 1e-12 * before ? 1 / length : 0;
    done.push(next.map((value) => value * scale));
  }
  return done;
}

/** Eigenvalues, largest first, and eigenvectors of a small symmetric matrix: cyclic Jacobi rotations. */
function symmetricEigen(matrix: readonly (readonly number[])[]): {values: number[]; vectors: number[][]} {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v: number[][] = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 50; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(a[p]![q]!) <= 1e-15 * Math.sqrt(Math.abs(a[p]![p]! * a[q]![q]!))) continue;
        rotated = true;
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(1, theta));
        const cosine = 1 / Math.hypot(1, t);
        const sine = t * cosine;
        for (let k = 0; k < n; k++) [a[k]![p], a[k]![q]] = rotate(a[k]![p]!, a[k]![q]!, cosine, sine);
        for (let k = 0; k < n; k++) [a[p]![k], a[q]![k]] = rotate(a[p]![k]!, a[q]![k]!, cosine, sine);
        for (let k = 0; k < n; k++) [v[k]![p], v[k]![q]] = rotate(v[k]![p]!, v[k]![q]!, cosine, sine);
      }
    if (!rotated) break;
  }
  const order = a.map((_, i) => i).sort((i, j) => a[j]![j]! - a[i]![i]!);
  return {values: order.map((i) => a[i]![i]!), vectors: order.map((i) => v.map((row) => row[i]!))};
}

const rotate = (x: number, y: number, cosine: number, sine: number): [number, number] => [
  cosine * x - sine * y,
  sine * x + cosine * y,
];
