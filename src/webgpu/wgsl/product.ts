/**
 * A matrix product to be written in WGSL. All matrices are arrays of vec4f, row after row. Three forms cover a linear layer and its backward:
 * - NN  left [rows, inner] · right [inner, columns]     Y = X W
 * - NT  left [rows, inner] · right [columns, inner]ᵀ    dX = dY Wᵀ
 * - TN  left [inner, rows]ᵀ · right [inner, columns]    dW = Xᵀ dY
 */
/** WGSL for the element at an index: a vec4f. */
export type Operand = (at: string) => string;

export interface Product {
  /** The WGSL function to write: `fn <name>(across: u32, down: u32, local: u32)` computes one workgroup's tile of the product. */
  name: string;
  form: 'NN' | 'NT' | 'TN';
  left: Operand;
  right: Operand;
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
  /** What a column's sums start with, by the vector's index (the bias). Default: 0. */
  start?: Operand;
  /** WGSL function that takes the sums away: `fn <finish>(row: u32, column4: u32, sum: vec4f)`. */
  finish: string;
  /** TN only: a WGSL function that gets the sums of right's columns on the way: `fn <columnSums>(column4: u32, sum: vec4f)`. */
  columnSums?: string;
  /** Whether a workgroup's tiles lie below each other in the product's first columns, to own whole rows in the end. */
  ownsRows?: boolean;
}

/** WGSL for what the sums of a vector of columns start with. A column beyond the last is the last. */
export const startOf = ({start, columns4}: Product, column4: string): string =>
  start ? start(`min(${column4}, ${columns4} - 1u)`) : 'vec4f()';
