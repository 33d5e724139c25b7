/**
 * A matrix product whose sums stay in registers: one thread computes 8 × 8 numbers, without shared memory and without barriers. A step
 * of the inner loop loads 16 vectors for 64 multiply-adds of vectors: the more a thread computes from what it loads, the less
 * memory matters. On adapters that compute on the CPU a load costs as much as a dozen multiplications.
 */
import {unroll} from '../kernel.js';
import {type Product, startOf} from './product.js';

/** Rows of a thread's tile; it is two vectors wide. */
const ROWS = 8;
/** Threads across: neighbors then share a row of left and read neighboring columns of right. */
const ACROSS = 4;

export function registerTile(product: Product): string {
  const {name, rows, columns4, finish} = product;
  const place = product.ownsRows
    ? `let row = (down * 4u + local) * ${ROWS}u; let column4 = across * 2u;`
    : `let row = (down * 4u + local / ${ACROSS}u) * ${ROWS}u; let column4 = (across * ${ACROSS}u + local % ${ACROSS}u) * 2u;`;
  return `
fn ${name}(across: u32, down: u32, local: u32) {
  ${place}
  if (row >= ${rows} || column4 >= ${columns4}) { return; }
  let next4 = min(column4 + 1u, ${columns4} - 1u);
  let firstNear = ${startOf(product, 'column4')};
  let firstFar = ${startOf(product, 'next4')};
  ${unroll(ROWS, (i) => `var near${i} = firstNear; var far${i} = firstFar;`)}
  ${product.columnSums ? 'var nearSum = vec4f(); var farSum = vec4f();' : ''}
  ${LOOP[product.form](product)}
  ${unroll(
    ROWS,
    (i) => `if (row + ${i}u < ${rows}) {
    ${finish}(row + ${i}u, column4, near${i});
    if (column4 + 1u < ${columns4}) { ${finish}(row + ${i}u, column4 + 1u, far${i}); }
  }`,
  )}
  ${
    product.columnSums
      ? `if (row == 0u) {
    ${product.columnSums}(column4, nearSum);
    if (column4 + 1u < ${columns4}) { ${product.columnSums}(column4 + 1u, farSum); }
  }`
      : ''
  }
}`;
}

const LOOP: Record<Product['form'], (product: Product) => string> = {
  NN: ({left, right, rows, columns4, inner, rightRows}) => {
    const source = (k: string) => (rightRows ? `min(${k}, ${rightRows} - 1u)` : `(${k})`);
    const load = (at: string) =>
      `mat4x4f(${[0, 1, 2, 3].map((q) => `${right(`w${q} + ${at}`)}`).join(', ')})`;
    return `${leftRows(rows, inner)}
  for (var k = 0u; k < ${inner}; k++) {
    ${unroll(4, (q) => `let w${q} = ${source(`4u * k + ${q}u`)} * ${columns4};`)}
    let near = ${load('column4')};
    let far = ${load('next4')};
    ${unroll(ROWS, (i) => `{ let a = ${left(`left${i} + k`)}; near${i} += near * a; far${i} += far * a; }`)}
  }`;
  },

  NT: ({left, right, rows, columns4, inner, rightRows}) => {
    const last = `${rightRows ?? `4u * ${columns4}`} - 1u`;
    const load = (first: number) => `mat4x4f(${four((q) => `${right(`right${first + q} + k`)}`)})`;
    return `${leftRows(rows, inner)}
  ${unroll(8, (q) => `let right${q} = min(4u * column4 + ${q}u, ${last}) * ${inner};`)}
  for (var k = 0u; k < ${inner}; k++) {
    let near = ${load(0)};
    let far = ${load(4)};
    ${unroll(ROWS, (i) => `{ let a = ${left(`left${i} + k`)}; near${i} += a * near; far${i} += a * far; }`)}
  }`;
  },

  TN: ({left, right, rows, columns4, inner, columnSums}) => `
  let rows4 = (${rows} + 3u) / 4u;
  let row4 = row / 4u;
  let below4 = min(row4 + 1u, rows4 - 1u);
  // Four rows of both operands at once: turned over, a block of left has the factors of one row of the product side by side.
  for (var k = 0u; k < ${inner}; k++) {
    ${unroll(4, (q) => `let w${q} = (4u * k + ${q}u) * ${columns4}; let a${q} = (4u * k + ${q}u) * rows4;`)}
    let near = mat4x4f(${four((q) => `${right(`w${q} + column4`)}`)});
    let far = mat4x4f(${four((q) => `${right(`w${q} + next4`)}`)});
    let top = transpose(mat4x4f(${four((q) => `${left(`a${q} + row4`)}`)}));
    let bottom = transpose(mat4x4f(${four((q) => `${left(`a${q} + below4`)}`)}));
    ${unroll(ROWS, (i) => {
      const factors = `${i < 4 ? 'top' : 'bottom'}[${i % 4}]`;
      return `near${i} += near * ${factors}; far${i} += far * ${factors};`;
    })}
    ${columnSums ? 'nearSum += near * vec4f(1.0); farSum += far * vec4f(1.0);' : ''}
  }`,
};

const four = (item: (q: number) => string): string => [0, 1, 2, 3].map(item).join(', ');

const leftRows = (rows: string, inner: string) =>
  unroll(ROWS, (i) => `let left${i} = min(row + ${i}u, ${rows} - 1u) * ${inner};`);
