/**
 * A matrix product by workgroups: 64 threads compute 64 × 64 numbers. For every 16 numbers of the inner sum each thread brings one
 * 4 × 4 block of both operands into shared memory; then each multiplies 8 rows by 8 columns out of it. A number read from memory
 * is used 64 times.
 *
 * Shared memory holds both operands turned so that the inner sum runs down: [16][64]. Blocks whose rows in memory run along the inner sum
 * are transposed in registers on the way.
 */
import {unroll} from '../kernel.js';
import {type Operand, type Product, startOf} from './product.js';

/** Rows a thread computes; its columns are two vectors, half a tile apart. */
const ROWS = 8;

/** What the products of a kernel share: 8 KB. */
export const TILE_MEMORY = `
var<workgroup> leftTile: array<vec4f, 256>;
var<workgroup> rightTile: array<vec4f, 256>;`;

export function workgroupTile(product: Product): string {
  const {name, rows, columns4, inner, finish, columnSums} = product;
  return `
fn ${name}(across: u32, down: u32, local: u32) {
  let blockAcross = local % 16u;
  let blockDown = local / 16u;
  let row = down * 64u + local / 8u * ${ROWS}u;
  let column4 = across * 16u + local % 8u;
  let firstNear = ${startOf(product, 'column4')};
  let firstFar = ${startOf(product, 'column4 + 8u')};
  ${unroll(ROWS, (i) => `var near${i} = firstNear; var far${i} = firstFar;`)}
  ${columnSums ? 'var nearSum = vec4f(); var farSum = vec4f();' : ''}
  for (var start = 0u; start < ${inner}; start += 4u) {
    let within = start + blockDown < ${inner};
    let k = min(start + blockDown, ${inner} - 1u);
    var left = ${LEFT[product.form](product, 'down * 16u + blockAcross')};
    let right = ${RIGHT[product.form](product, 'across * 16u + blockAcross')};
    if (!within) { left = mat4x4f(); }
    workgroupBarrier(); // the last blocks are used up
    ${unroll(
      4,
      (q) => `leftTile[(4u * blockDown + ${q}u) * 16u + blockAcross] = left[${q}];
    rightTile[(4u * blockDown + ${q}u) * 16u + blockAcross] = ${columnSums ? `select(vec4f(), right[${q}], within)` : `right[${q}]`};`,
    )}
    workgroupBarrier();
    for (var q = 0u; q < 16u; q++) {
      let top = leftTile[q * 16u + local / 8u * 2u];
      let bottom = leftTile[q * 16u + local / 8u * 2u + 1u];
      let near = rightTile[q * 16u + local % 8u];
      let far = rightTile[q * 16u + local % 8u + 8u];
      ${unroll(ROWS, (i) => {
        const factor = `${i < 4 ? 'top' : 'bottom'}.${'xyzw'[i % 4]}`;
        return `near${i} += ${factor} * near; far${i} += ${factor} * far;`;
      })}
      ${columnSums ? 'nearSum += near; farSum += far;' : ''}
    }
  }
  ${unroll(
    ROWS,
    (i) => `if (row + ${i}u < ${rows}) {
    if (column4 < ${columns4}) { ${finish}(row + ${i}u, column4, near${i}); }
    if (column4 + 8u < ${columns4}) { ${finish}(row + ${i}u, column4 + 8u, far${i}); }
  }`,
  )}
  ${
    columnSums
      ? `if (row == 0u) {
    if (column4 < ${columns4}) { ${columnSums}(column4, nearSum); }
    if (column4 + 8u < ${columns4}) { ${columnSums}(column4 + 8u, farSum); }
  }`
      : ''
  }
}`;
}

/** A 4 × 4 block whose rows in memory are the product's rows (or columns): [its four rows][inner], to be turned over. */
function turnedBlock(buffer: Operand, at: string, last: string, stride: string): string {
  const line = (q: number) => `${buffer(`min(4u * (${at}) + ${q}u, ${last} - 1u) * ${stride} + k`)}`;
  return `transpose(mat4x4f(${[0, 1, 2, 3].map(line).join(', ')}))`;
}

/** A block whose rows in memory are steps of the inner sum: [inner][its four columns]. */
function straightBlock(buffer: Operand, at: string, stride: string, lastRow?: string): string {
  const row = (q: number) => (lastRow ? `min(4u * k + ${q}u, ${lastRow} - 1u)` : `(4u * k + ${q}u)`);
  const line = (q: number) => `${buffer(`${row(q)} * ${stride} + min(${at}, ${stride} - 1u)`)}`;
  return `mat4x4f(${[0, 1, 2, 3].map(line).join(', ')})`;
}

type Block = (product: Product, at: string) => string;

const LEFT: Record<Product['form'], Block> = {
  NN: ({left, rows, inner}, at) => turnedBlock(left, at, rows, inner),
  NT: ({left, rows, inner}, at) => turnedBlock(left, at, rows, inner),
  TN: ({left, rows}, at) => straightBlock(left, at, `((${rows} + 3u) / 4u)`),
};

const RIGHT: Record<Product['form'], Block> = {
  NN: ({right, columns4, rightRows}, at) => straightBlock(right, at, columns4, rightRows),
  NT: ({right, columns4, inner, rightRows}, at) =>
    turnedBlock(right, at, rightRows ?? `(4u * ${columns4})`, inner),
  TN: ({right, columns4}, at) => straightBlock(right, at, columns4),
};
