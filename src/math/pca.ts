/**
 * Principal component analysis: the directions in which points vary most. A projection onto the first two or three keeps as much of the
 * variance as a projection to 2D or 3D can.
 */
import {key, normals} from './rng.js';

export interface PrincipalComponents {
  /** The points' mean, [C]. */
  mean: Float64Array;
  /** Orthogonal unit vectors [C], in descending order of variance. */
  axes: Float64Array[];
  /** Each axis' share of the total variance; they sum to at most 1. */
  shares: number[];
}

export interface PcaOptions {
  /** Number of axes. Default: 3. Fewer are returned where the points span fewer dimensions. */
  components?: number;
  /** Axes of an earlier, similar analysis, as a starting point: fewer rounds, and axes of the same sign. */
  like?: readonly Float64Array[];
}

/** The iteration has converged when the eigenvalues change by less than this, relative to the largest. */
const SETTLED = 1e-12;
const MOST_ROUNDS = 500;
/** Extra directions that are iterated: the more, the faster the requested ones converge. */
const COMPANIONS = 6;

/** Returns the result of {@link pcaRounds}, computed without a break: for matrices that take milliseconds. */
export function pca(matrix: ArrayLike<number>, width: number, options?: PcaOptions): PrincipalComponents {
  const rounds = pcaRounds(matrix, width, options);
  for (;;) {
    const {done, value} = rounds.next();
    if (done) return value;
  }
}

/**
 * Returns the principal components of the rows. Yields after each round, so that the caller can yield to the event loop.
 * Subspace iteration with Rayleigh–Ritz (Saad, “Numerical Methods for Large Eigenvalue Problems”, ch. 5) on the centered matrix, without a
 * covariance matrix. The sign of an axis makes its largest entry positive, or its product with `like`.
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
    const turned = vectors.map((mix) => combine(projected, mix)); // in descending order of variance
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
    if (i >= wanted || share < 1e-12) break; // no variance along this axis
    const sign = like[i] ? dot(axis, like[i]) : largestEntry(axis);
    axes.push(sign < 0 ? axis.map((value) => -value) : axis);
    shares.push(share);
  }
  return {mean, axes, shares};
}

/**
 * Returns the points' coordinates along the axes, [N, K], row by row.
 * @param matrix [N, C], row by row
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

/** Returns X·q, [N], for X [N, C] and q [C]. */
function timesVector(matrix: Float64Array, rows: number, width: number, vector: Float64Array): Float64Array {
  const out = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += matrix[row * width + i]! * vector[i]!;
    out[row] = sum;
  }
  return out;
}

/** Returns Xᵀ·y, [C], for X [N, C] and y [N]. */
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

/** Returns orthonormal vectors by Gram–Schmidt, twice for accuracy. A vector that depends linearly on those before it becomes 0. */
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

/** Returns eigenvalues, largest first, and eigenvectors of a small symmetric matrix, by cyclic Jacobi rotations. */
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
