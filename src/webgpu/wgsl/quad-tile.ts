/**
 * A matrix product by quads: four neighbouring threads of a subgroup compute 16 × 16 numbers, each 8 × 8 of them in its registers. Two of them
 * need the same rows of left, two the same columns of right; each loads half of what it needs and gets the rest from its neighbour's
 * registers. No shared memory and no barrier, and half the loads of register-tile.ts.
 *
 * So that no thread has to choose between what it loaded and what it got, each counts its own half first: `near` and `top` are what it
 * loads itself, `far` and `bottom` what its neighbour does. All threads of a quad must run to the end: rows beyond the product are computed
 * (from its last row) and then not written.
 */
import {unroll} from '../kernel.js';
import type {Operand, Product} from './product.js';

/** Rows of a thread's tile; it is two vectors wide. A workgroup has 4 × 4 quads. */
const ROWS = 8;

export function quadTile(product: Product): string {
  const {name, rows, columns4, inner, finish, columnSums} = product;
  const {left, right} = LOAD[product.form](product);
  return `
fn ${name}(across: u32, down: u32, local: u32) {
  let quad = local / 4u;
  let right1 = local & 1u;          // this thread's column and row in its quad
  let down1 = (local >> 1u) & 1u;
  let firstRow = down * 64u + quad / 4u * 16u + down1 * ${ROWS}u;
  let firstColumn4 = across * 16u + quad % 4u * 4u + right1 * 2u;
  let topRow = firstRow + 4u * right1;
  let bottomRow = firstRow + 4u * (1u - right1);
  let nearColumn4 = firstColumn4 + down1;
  let farColumn4 = firstColumn4 + 1u - down1;
  ${unroll(ROWS, (i) => `var near${i} = vec4f(); var far${i} = vec4f();`)}
  ${columnSums ? 'var nearSum = vec4f(); var farSum = vec4f();' : ''}
  for (var k = 0u; k < ${inner}; k++) {
    let top = ${left('topRow')};
    let near = ${right('nearColumn4')};
    let bottom = mat4x4f(${four((q) => `quadSwapX(top[${q}])`)});
    let far = mat4x4f(${four((q) => `quadSwapY(near[${q}])`)});
    ${unroll(ROWS, (i) => {
      const factors = `${i < 4 ? 'top' : 'bottom'}[${i % 4}]`;
      return `near${i} += near * ${factors}; far${i} += far * ${factors};`;
    })}
    ${columnSums ? 'nearSum += near * vec4f(1.0); farSum += far * vec4f(1.0);' : ''}
  }
  ${unroll(ROWS, (i) => {
    const row = `${i < 4 ? 'topRow' : 'bottomRow'} + ${i % 4}u`;
    return `if (${row} < ${rows}) {
    if (nearColumn4 < ${columns4}) { ${finish}(${row}, nearColumn4, near${i}); }
    if (farColumn4 < ${columns4}) { ${finish}(${row}, farColumn4, far${i}); }
  }`;
  })}
  ${
    columnSums
      ? `if (down == 0u && quad < 4u) { // the four of a quad have loaded four columns
    if (nearColumn4 < ${columns4}) { ${columnSums}(nearColumn4, nearSum); }
  }`
      : ''
  }
}`;
}

const four = (item: (q: number) => string): string => [0, 1, 2, 3].map(item).join(', ');

/** WGSL for a mat4x4f: of left, the factors of four rows from `row` on, one a column; of right, the four terms of a vector of columns. */
interface Loads {
  left: (row: string) => string;
  right: (column4: string) => string;
}

const LOAD: Record<Product['form'], (product: Product) => Loads> = {
  NN: ({left, right, rows, columns4, inner, rightRows}) => ({
    left: rowsOf(left, rows, inner),
    right: (column4) =>
      `mat4x4f(${four((q) => {
        const source = rightRows ? `min(4u * k + ${q}u, ${rightRows} - 1u)` : `(4u * k + ${q}u)`;
        return `${right(`${source} * ${columns4} + min(${column4}, ${columns4} - 1u)`)}`;
      })})`,
  }),
  NT: ({left, right, rows, columns4, inner, rightRows}) => {
    const last = `${rightRows ?? `4u * ${columns4}`} - 1u`;
    const line = (column4: string) => (q: number) =>
      `${right(`min(4u * ${column4} + ${q}u, ${last}) * ${inner} + k`)}`;
    return {
      left: rowsOf(left, rows, inner),
      right: (column4) => `transpose(mat4x4f(${four(line(column4))}))`,
    };
  },
  TN: ({left, right, rows, columns4}) => {
    const rows4 = `((${rows} + 3u) / 4u)`;
    const line = (row: string) => (q: number) =>
      `${left(`(4u * k + ${q}u) * ${rows4} + min((${row}) / 4u, ${rows4} - 1u)`)}`;
    return {
      left: (row) => `transpose(mat4x4f(${four(line(row))}))`,
      right: (column4) =>
        `mat4x4f(${four((q) => `${right(`(4u * k + ${q}u) * ${columns4} + min(${column4}, ${columns4} - 1u)`)}`)})`,
    };
  },
};

const rowsOf = (left: Operand, rows: string, inner: string) => (row: string) =>
  `mat4x4f(${four((q) => `${left(`min(${row} + ${q}u, ${rows} - 1u) * ${inner} + k`)}`)})`;
