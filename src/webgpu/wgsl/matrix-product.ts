/**
 * Matrix products, in two ways that compute the same:
 * - `registers`: a thread computes 8 × 8 numbers by itself (register-tile.ts). For adapters that compute on the CPU, where a barrier costs
 *   more than what it saves.
 * - `workgroup`: 64 threads share what they load (workgroup-tile.ts). For graphics cards, where memory is what is short.
 *
 * All matrices are arrays of vec4f, row after row. Three forms cover a linear layer and its backward:
 * - NN  left [rows, inner] · right [inner, columns]     Y = X W
 * - NT  left [rows, inner] · right [columns, inner]ᵀ    dX = dY Wᵀ
 * - TN  left [inner, rows]ᵀ · right [inner, columns]    dW = Xᵀ dY
 */
import {registerTile} from './register-tile.js';
import {TILE_MEMORY, workgroupTile} from './workgroup-tile.js';

export interface Product {
  /** The WGSL function to write: `fn <name>(across: u32, down: u32, local: u32)` computes one workgroup's tile of the product. */
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
  /** TN only: a WGSL function that gets the sums of right's columns on the way: `fn <columnSums>(column4: u32, sum: vec4f)`. */
  columnSums?: string;
  /** Whether a workgroup's tiles lie below each other in the product's first columns, to own whole rows in the end. */
  ownsRows?: boolean;
}

export type Tile = 'registers' | 'workgroup';

interface TileShape {
  threads: number;
  /** Rows and vectors of a row that a workgroup computes. */
  rows: number;
  columns4: number;
}

/** What a workgroup computes. */
export const TILE: Record<Tile, TileShape> = {
  registers: {threads: 16, rows: 32, columns4: 8},
  workgroup: {threads: 64, rows: 64, columns4: 16},
};

/** The same where each workgroup owns rows. */
export const ROW_TILE: Record<Tile, TileShape> = {
  registers: {threads: 4, rows: 32, columns4: 2},
  workgroup: TILE.workgroup,
};

/** WGSL for a kernel's products. */
export function matrixProducts(tile: Tile, ...products: Product[]): string {
  if (tile === 'registers') return products.map(registerTile).join('\n');
  return [TILE_MEMORY, ...products.map(workgroupTile)].join('\n');
}

/** Tiles that cover a product. */
export function tilesOf(tile: Tile, rows: number, columns: number): {across: number; down: number} {
  const {rows: high, columns4} = TILE[tile];
  return {across: Math.ceil(columns / (4 * columns4)), down: Math.ceil(rows / high)};
}
