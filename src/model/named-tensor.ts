/** A tensor as plain data: crosses the worker protocol, goes into checkpoints, is drawn by views. */
export interface NamedTensor {
  shape: number[];
  /** Row-major. */
  data: Float32Array;
}

/** Number of entries of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
