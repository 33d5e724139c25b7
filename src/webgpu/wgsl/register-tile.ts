/**
 * Matrix products whose sums stay in registers: one thread computes 8 × 8 numbers of the product, without shared memory and without
 * barriers. A step of the inner loop loads 16 vectors for 64 fused multiply-adds of vectors: the more a thread computes from what it
 * loads, the less memory matters. On adapters that compute on the CPU a load costs as much as a dozen multiplications.
 *
 * All matrices are arrays of vec4f, row after row. Three forms cover a linear layer and its backward:
 * - NN  left [rows, inner] · right [inner, columns]     Y = X W
 * - NT  left [rows, inner] · right [columns, inner]ᵀ    dX = dY Wᵀ
 * - TN  left [inner, rows]ᵀ · right [inner, columns]    dW = Xᵀ dY
 */
import {unroll} from '../kernel.js';

export interface Product {
  /** The WGSL function to write: `fn <name>(row: u32, column4: u32)` computes the 8 × 8 tile that starts there (column4 in vectors). */
  name: string;
  form: 'NN' | 'NT' | 'TN';
  left: string;
  right: string;
  /** WGSL expressions: rows of the product, vectors of a row of the product. */
  rows: string;
  columns4: string;
  /**
   * What is summed over, in fours. Where that is rows (TN) and their number is no multiple of 4, both operands have rows of zeros up to
   * the next one.
   */
  inner: string;
  /** Where `right` has fewer rows than its padded shape says: reads beyond stay within. */
  rightRows?: string;
  /** WGSL function that takes the sums away: `fn <finish>(row: u32, column4: u32, sum: vec4f)`. */
  finish: string;
}

/** Rows of a thread's tile, and columns in vectors. */
export const TILE_ROWS = 8;
export const TILE_COLUMNS4 = 2;

export function registerTile(product: Product): string {
  const {name, rows, columns4, finish} = product;
  return `
fn ${name}(row: u32, column4: u32) {
  let next4 = min(column4 + 1u, ${columns4} - 1u);
  ${unroll(TILE_ROWS, (i) => `var near${i} = vec4f(); var far${i} = vec4f();`)}
  ${LOOP[product.form](product)}
  ${unroll(
    TILE_ROWS,
    (i) => `if (row + ${i}u < ${rows}) {
    ${finish}(row + ${i}u, column4, near${i});
    if (column4 + 1u < ${columns4}) { ${finish}(row + ${i}u, column4 + 1u, far${i}); }
  }`,
  )}
}`;
}

const LOOP: Record<Product['form'], (product: Product) => string> = {
  NN: ({left, right, rows, columns4, inner, rightRows}) => {
    const source = (k: string) => (rightRows ? `min(${k}, ${rightRows} - 1u)` : `(${k})`);
    const load = (at: string) => `mat4x4f(${[0, 1, 2, 3].map((q) => `${right}[w${q} + ${at}]`).join(', ')})`;
    return `${leftRows(rows, inner)}
  for (var k = 0u; k < ${inner}; k++) {
    ${unroll(4, (q) => `let w${q} = ${source(`4u * k + ${q}u`)} * ${columns4};`)}
    let near = ${load('column4')};
    let far = ${load('next4')};
    ${unroll(TILE_ROWS, (i) => `{ let a = ${left}[left${i} + k]; near${i} += near * a; far${i} += far * a; }`)}
  }`;
  },

  NT: ({left, right, rows, columns4, inner, rightRows}) => {
    const last = `${rightRows ?? `4u * ${columns4}`} - 1u`;
    const load = (first: number) => `mat4x4f(${four((q) => `${right}[right${first + q} + k]`)})`;
    return `${leftRows(rows, inner)}
  ${unroll(8, (q) => `let right${q} = min(4u * column4 + ${q}u, ${last}) * ${inner};`)}
  for (var k = 0u; k < ${inner}; k++) {
    let near = ${load(0)};
    let far = ${load(4)};
    ${unroll(TILE_ROWS, (i) => `{ let a = ${left}[left${i} + k]; near${i} += a * near; far${i} += a * far; }`)}
  }`;
  },

  TN: ({left, right, rows, columns4, inner}) => `
  let rows4 = (${rows} + 3u) / 4u;
  let row4 = row / 4u;
  let below4 = min(row4 + 1u, rows4 - 1u);
  // Four rows of both operands at once: turned over, a block of left has the factors of one row of the product side by side.
  for (var k = 0u; k < ${inner}; k++) {
    ${unroll(4, (q) => `let w${q} = (4u * k + ${q}u) * ${columns4}; let a${q} = (4u * k + ${q}u) * rows4;`)}
    let near = mat4x4f(${four((q) => `${right}[w${q} + column4]`)});
    let far = mat4x4f(${four((q) => `${right}[w${q} + next4]`)});
    let top = transpose(mat4x4f(${four((q) => `${left}[a${q} + row4]`)}));
    let bottom = transpose(mat4x4f(${four((q) => `${left}[a${q} + below4]`)}));
    ${unroll(TILE_ROWS, (i) => {
      const factors = `${i < 4 ? 'top' : 'bottom'}[${i % 4}]`;
      return `near${i} += near * ${factors}; far${i} += far * ${factors};`;
    })}
  }`,
};

const four = (item: (q: number) => string): string => [0, 1, 2, 3].map(item).join(', ');

const leftRows = (rows: string, inner: string) =>
  unroll(TILE_ROWS, (i) => `let left${i} = min(row + ${i}u, ${rows} - 1u) * ${inner};`);
