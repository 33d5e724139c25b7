/**
 * A matrix product by quads: four neighboring threads of a subgroup compute a square of numbers, each a quarter of them in its registers.
 * Two of them need the same rows of left, two the same columns of right; each loads half of what it needs and gets the rest from its
 * neighbor's registers. No shared memory and no barrier, and half the loads of register-tile.ts.
 *
 * So that no thread has to choose between what it loaded and what it got, each counts its own half first: `near` and `top` are what it
 * loads itself, `far` and `bottom` what its neighbor does. All threads of a quad must run to the end: rows beyond the product are computed
 * (from its last row) and then not written.
 *
 * What does not change from round to round of the inner loop is computed before it: not every compiler does that by itself.
 */
import {unroll} from '../kernel.js';
import {type Operand, type Product, startOf} from './product.js';

/** How much of a product a thread computes: 8 · fours rows, 2 · vectors vectors wide. It loads half of the rows and columns. */
export interface QuadShape {
  fours: number;
  vectors: number;
  /** Quads of a workgroup are a square: so many across, and so many down. */
  quads: number;
  /** Whether sums are finished by a loop. With many of them a copy of `finish` for each compiles for seconds. */
  inTurn: boolean;
}

/** The quarters of a thread's tile: rows it loaded or got, columns it loaded or got. */
const QUARTERS = [
  {half: 'top', side: 'near'},
  {half: 'top', side: 'far'},
  {half: 'bottom', side: 'near'},
  {half: 'bottom', side: 'far'},
] as const;

type SumLine = (sum: string, quarter: (typeof QUARTERS)[number], row: number, v: number) => string;

export function quadTile(shape: QuadShape, product: Product): string {
  const {fours, vectors, quads, inTurn} = shape;
  const {name, rows, columns4, inner, finish, columnSums} = product;
  const {left, right} = READS[product.form](product, shape);
  const high = 8 * fours; // rows of a thread's tile
  const wide = 2 * vectors; // vectors of its rows
  const columns = (line: (v: number) => string) => unroll(vectors, line);
  /** A line for each of the sums that block f of the rows goes into; `row` and `v` are their places in their quarter. */
  const sums = (f: number, line: SumLine) =>
    unroll(vectors, (v) =>
      unroll(4, (i) =>
        QUARTERS.map((quarter) =>
          line(`${quarter.half}_${quarter.side}${f}${v}${i}`, quarter, 4 * f + i, v),
        ).join(' '),
      ),
    );
  const allSums = (line: SumLine) => unroll(fours, (f) => sums(f, line));
  return `
fn ${name}(across: u32, down: u32, local: u32) {
  let quad = local / 4u;
  let right1 = local & 1u;          // this thread's column and row in its quad
  let down1 = (local >> 1u) & 1u;
  let firstRow = ((down * ${quads}u + quad / ${quads}u) * 2u + down1) * ${high}u;
  let firstColumn4 = ((across * ${quads}u + quad % ${quads}u) * 2u + right1) * ${wide}u;
  let topRow = firstRow + ${4 * fours}u * right1;
  let bottomRow = firstRow + ${4 * fours}u * (1u - right1);
  let nearColumn4 = firstColumn4 + ${vectors}u * down1;
  let farColumn4 = firstColumn4 + ${vectors}u * (1u - down1);
  ${columns((v) => `let first_near${v} = ${startOf(product, `nearColumn4 + ${v}u`)}; let first_far${v} = ${startOf(product, `farColumn4 + ${v}u`)};`)}
  ${allSums((sum, {side}, _, v) => `var ${sum} = first_${side}${v};`)}
  ${columnSums ? columns((v) => `var columnSum${v} = vec4f();`) : ''}
  ${left.before}
  ${right.before}
  for (var k = 0u; k < ${inner}; k++) {
    ${left.round}
    ${right.round}
    ${columns(
      (v) => `let near${v} = ${right.block(v)};
    let far${v} = ${swapped('quadSwapY', `near${v}`)};
    ${columnSums ? `columnSum${v} += near${v} * vec4f(1.0);` : ''}`,
    )}
    ${unroll(
      fours,
      (f) => `{
      let top = ${left.block(f)};
      let bottom = ${swapped('quadSwapX', 'top')};
      ${sums(f, (sum, {half, side}, row, v) => `${sum} += ${side}${v} * ${half}[${row % 4}];`)}
    }`,
    )}
  }
  ${inTurn ? finishInTurn() : finishEach()}
  ${
    columnSums
      ? `if (down == 0u && quad < ${quads}u) { // the threads of a quad have loaded all of its columns
    ${columns((v) => `if (nearColumn4 + ${v}u < ${columns4}) { ${columnSums}(nearColumn4 + ${v}u, columnSum${v}); }`)}
  }`
      : ''
  }
}`;

  function finishEach(): string {
    return allSums(
      (sum, {half, side}, row, v) => `
  if (${half}Row + ${row}u < ${rows} && ${side}Column4 + ${v}u < ${columns4}) {
    ${finish}(${half}Row + ${row}u, ${side}Column4 + ${v}u, ${sum});
  }`,
    );
  }

  function finishInTurn(): string {
    const place: SumLine = (sum, {half, side}, row, v) => {
      const down = half === 'top' ? row : row + high / 2;
      const over = side === 'near' ? v : v + vectors;
      return `tile[${down * wide + over}] = ${sum};`;
    };
    return `var tile: array<vec4f, ${high * wide}>;
  ${allSums(place)}
  for (var i = 0u; i < ${high * wide}u; i++) {
    let down = i / ${wide}u;
    let over = i % ${wide}u;
    let row = select(bottomRow - ${high / 2}u, topRow, down < ${high / 2}u) + down;
    let column4 = select(farColumn4 - ${vectors}u, nearColumn4, over < ${vectors}u) + over;
    if (row < ${rows} && column4 < ${columns4}) { ${finish}(row, column4, tile[i]); }
  }`;
  }
}

const list4 = (item: (q: number) => string): string => [0, 1, 2, 3].map(item).join(', ');

const swapped = (swap: string, matrix: string) => `mat4x4f(${list4((q) => `${swap}(${matrix}[${q}])`)})`;

/** How a thread reads an operand: WGSL for before the loop over k, for each round of it, and for a block, a mat4x4f. */
interface Reads {
  before: string;
  round: string;
  block: (b: number) => string;
}

/** Of left, a block has the factors of four rows, a row in each column; of right, the four terms of a vector of columns. */
const READS: Record<Product['form'], (product: Product, shape: QuadShape) => {left: Reads; right: Reads}> = {
  NN: (product, shape) => ({
    left: leftLines(product, shape),
    right: rightSweep(product, shape),
  }),
  NT: (product, shape) => {
    const {right, columns4, inner, rightRows} = product;
    const last = `${rightRows ?? `4u * ${columns4}`} - 1u`;
    const read = lines(right, 'rightAt', shape.vectors, (v) => `4u * (nearColumn4 + ${v}u)`, last, inner);
    return {
      left: leftLines(product, shape),
      right: {...read, block: (v) => `transpose(${read.block(v)})`},
    };
  },
  TN: (product, shape) => {
    const {left, rows} = product;
    const width = `((${rows} + 3u) / 4u)`;
    const read = sweep(left, 'leftAt', shape.fours, (f) => `topRow / 4u + ${f}u`, width);
    return {
      left: {...read, block: (f) => `transpose(${read.block(f)})`},
      right: rightSweep(product, shape),
    };
  },
};

const leftLines = ({left, rows, inner}: Product, {fours}: QuadShape) =>
  lines(left, 'leftAt', fours, (f) => `topRow + ${4 * f}u`, `${rows} - 1u`, inner);

const rightSweep = ({right, columns4, rightRows}: Product, {vectors}: QuadShape) =>
  sweep(right, 'rightAt', vectors, (v) => `nearColumn4 + ${v}u`, columns4, rightRows);

/** Blocks of four rows, along which k walks. A row beyond the last is the last. */
function lines(
  operand: Operand,
  name: string,
  blocks: number,
  first: (b: number) => string,
  last: string,
  inner: string,
): Reads {
  const row = (b: number, q: number) => `let ${name}${b}${q} = min(${first(b)} + ${q}u, ${last}) * ${inner};`;
  return {
    before: unroll(blocks, (b) => unroll(4, (q) => row(b, q))),
    round: '',
    block: (b) => `mat4x4f(${list4((q) => operand(`${name}${b}${q} + k`))})`,
  };
}

/** Blocks of a vector of columns, down which k walks, four rows at a time. A column beyond the last is the last. */
function sweep(
  operand: Operand,
  name: string,
  blocks: number,
  column4: (b: number) => string,
  width: string,
  rows?: string,
): Reads {
  const row = (q: number) => (rows ? `min(4u * k + ${q}u, ${rows} - 1u)` : `(4u * k + ${q}u)`);
  return {
    before: unroll(blocks, (b) => `let ${name}${b} = min(${column4(b)}, ${width} - 1u);`),
    round: unroll(4, (q) => `let ${name}Row${q} = ${row(q)} * ${width};`),
    block: (b) => `mat4x4f(${list4((q) => operand(`${name}Row${q} + ${name}${b}`))})`,
  };
}
