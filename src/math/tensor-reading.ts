/** A tensor in a few numbers and a sample that a page can draw, however large it is. */

/** Numbers of a matrix, every so many rows and columns. */
export interface TensorSample {
  rows: number;
  columns: number;
  /** `[rows · columns]` */
  values: Float32Array;
  /** Rows and columns of the tensor from one of the sample to the next; 1: all are there. */
  rowStride: number;
  columnStride: number;
}

export interface TensorStatistics {
  sample: TensorSample;
  /** How many numbers lie in each of equal parts from `-extent` to `extent`; those outside count at its ends. */
  histogram: number[];
  /** A power of two, at least three times the root mean square. */
  extent: number;
  mean: number;
  /** Standard deviation. */
  deviation: number;
  /** The tensor's length as one vector. */
  norm: number;
}

/** The largest sample: enough for a drawing, and small enough to send several times a second. */
const MOST = {rows: 48, columns: 96};
const BINS = 49;

/** Returns the statistics of a tensor; a vector is a single row. @param shape one or two axes */
export function tensorStatistics(data: ArrayLike<number>, shape: readonly number[]): TensorStatistics {
  const [rows, columns] = shape.length > 1 ? [shape[0]!, shape[1]!] : [1, shape[0]!];
  let [sum, squares] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    sum += data[i]!;
    squares += data[i]! ** 2;
  }
  const mean = sum / data.length;
  const meanSquare = squares / data.length;
  const extent = meanSquare > 0 ? 2 ** Math.ceil(Math.log2(3 * Math.sqrt(meanSquare))) : 1;
  return {
    sample: sampleOf(data, rows, columns),
    histogram: histogramOf(data, extent),
    extent,
    mean,
    deviation: Math.sqrt(Math.max(0, meanSquare - mean ** 2)),
    norm: Math.sqrt(squares),
  };
}

function sampleOf(data: ArrayLike<number>, rows: number, columns: number): TensorSample {
  const rowStride = Math.ceil(rows / MOST.rows);
  const columnStride = Math.ceil(columns / MOST.columns);
  const [height, width] = [Math.ceil(rows / rowStride), Math.ceil(columns / columnStride)];
  const values = new Float32Array(height * width);
  for (let r = 0; r < height; r++)
    for (let c = 0; c < width; c++) values[r * width + c] = data[r * rowStride * columns + c * columnStride]!;
  return {rows: height, columns: width, values, rowStride, columnStride};
}

function histogramOf(data: ArrayLike<number>, extent: number): number[] {
  const counts = Array.from({length: BINS}, () => 0);
  for (let i = 0; i < data.length; i++) {
    const bin = Math.floor(((data[i]! + extent) / (2 * extent)) * BINS);
    counts[Math.max(0, Math.min(BINS - 1, bin))]!++;
  }
  return counts;
}
