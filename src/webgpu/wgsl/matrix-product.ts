/**
 * Matrix products, in ways that compute the same:
 * - `registers`: a thread computes 8 × 8 numbers by itself (register-tile.ts). For adapters that compute on the CPU, where a barrier costs
 *   more than what it saves.
 * - `quads`: four threads exchange registers, each with 8 × 8 numbers (quad-tile.ts). For graphics cards with subgroups whose barriers are dear.
 * - `wide quads`: the same with 16 × 16 numbers a thread, more than a graphics card has registers for. For adapters that compute on the CPU,
 *   four threads at once.
 * - `small quads`: as `quads`, in less code: for a CPU's products that are soon done, where compiling takes longer than computing.
 * - `workgroup`: 64 threads share what they load (workgroup-tile.ts). For graphics cards, where memory is what is short.
 */
import type {Product} from './product.js';
import {type QuadShape, quadTile} from './quad-tile.js';
import {registerTile} from './register-tile.js';
import {TILE_MEMORY, workgroupTile} from './workgroup-tile.js';

export type Tile = 'registers' | 'quads' | 'wide quads' | 'small quads' | 'workgroup';

interface TileShape {
  threads: number;
  /** Rows and vectors of a row that a workgroup computes. */
  rows: number;
  columns4: number;
}

/** What a workgroup computes. */
export const TILE: Record<Tile, TileShape> = {
  registers: {threads: 16, rows: 32, columns4: 8},
  quads: {threads: 64, rows: 64, columns4: 16},
  'wide quads': {threads: 16, rows: 64, columns4: 16},
  'small quads': {threads: 16, rows: 32, columns4: 8},
  workgroup: {threads: 64, rows: 64, columns4: 16},
};

/** Of the tiles that are computed by quads. */
const QUADS: Partial<Record<Tile, QuadShape>> = {
  quads: {fours: 1, vectors: 1, quads: 4, inTurn: false},
  'wide quads': {fours: 2, vectors: 2, quads: 2, inTurn: true},
  'small quads': {fours: 1, vectors: 1, quads: 2, inTurn: true},
};

/** The WGSL directive that a kernel with such tiles begins with. */
export const tileEnable = (tile: Tile): string => (QUADS[tile] ? 'enable subgroups;' : '');

/** The same where each workgroup owns rows. */
export const ROW_TILE: Record<Tile, TileShape> = {
  registers: {threads: 4, rows: 32, columns4: 2},
  quads: TILE.quads,
  'wide quads': TILE['wide quads'],
  'small quads': TILE['small quads'],
  workgroup: TILE.workgroup,
};

/** WGSL for a kernel's products. */
export function matrixProducts(tile: Tile, ...products: Product[]): string {
  if (tile === 'registers') return products.map(registerTile).join('\n');
  const shape = QUADS[tile];
  if (shape) return products.map((product) => quadTile(shape, product)).join('\n');
  return [TILE_MEMORY, ...products.map(workgroupTile)].join('\n');
}

/** Tiles that cover a product. */
export function tilesOf(tile: Tile, rows: number, columns: number): {across: number; down: number} {
  const {rows: high, columns4} = TILE[tile];
  return {across: Math.ceil(columns / (4 * columns4)), down: Math.ceil(rows / high)};
}
