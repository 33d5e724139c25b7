/**
 * Copies matrices into ones of other sizes: what is new is 0, what does not fit is left out. Kernels read four numbers at a time; adapters of a
 * rank that is no multiple of 4 are made wider for them by columns and rows of zeros, and their gradients narrower again.
 *   resized[r, c] = original[r, c] where there is one, else 0
 * Memory: reads and writes each number once.
 */
import {defineKernel, type Kernel} from '../kernel.js';

const THREADS = 64;
/** Numbers a thread copies, about. */
const EACH = 8;

/** A matrix [rows, columns], by the place of its first number. */
export interface Matrix {
  offset: number;
  rows: number;
  columns: number;
}

export const resizeMatrices: Kernel = defineKernel({
  name: 'resize matrices',
  sizes: ['across'],
  buffers: {
    original: 'read f32',
    places: 'read u32',
    resized: 'write f32',
  },
  body: `
struct Matrix { offset: u32, rows: u32, columns: u32 }
fn matrix(at: u32) -> Matrix { return Matrix(places[at], places[at + 1u], places[at + 2u]); }
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  let before = matrix(6u * workgroup.y);
  let after = matrix(6u * workgroup.y + 3u);
  for (var i = workgroup.x * ${THREADS}u + local; i < after.rows * after.columns; i += size.across * ${THREADS}u) {
    let row = i / after.columns;
    let column = i % after.columns;
    var value = 0.0;
    if (row < before.rows && column < before.columns) { value = original[before.offset + row * before.columns + column]; }
    resized[after.offset + i] = value;
  }
}`,
});

/** A pair's words in `places`. */
export const resizePlaces = (
  pairs: readonly (readonly [before: Matrix, after: Matrix])[],
): Uint32Array<ArrayBuffer> =>
  Uint32Array.from(pairs.flat().flatMap(({offset, rows, columns}) => [offset, rows, columns]));

export function resizeGroups(pairs: readonly (readonly [before: Matrix, after: Matrix])[]) {
  const largest = Math.max(...pairs.map(([, {rows, columns}]) => rows * columns));
  const across = Math.min(65535, Math.ceil(largest / (THREADS * EACH)));
  return {groups: [across, pairs.length, 1] as [number, number, number], sizes: {across}};
}
