/**
 * How a head's D numbers are spread over threads in attention.
 * - 1 lane: a thread holds whole rows of q, k, v. No communication; wide heads want many registers.
 * - 4 lanes: four neighbouring threads (a quad) hold a quarter of a row each and add their parts of a dot product up by exchanging registers. For
 *   graphics cards with subgroups: heads up to 128 wide then fit into registers, and there are four times as many threads.
 * Lanes of a quad must all run when they exchange, so that with 4 lanes a whole workgroup walks along the same keys, and those that a
 * row must not see weigh 0.
 */
import {unroll} from '../kernel.js';

export type HeadLanes = 1 | 4;

/** Rows that a workgroup works on, if a thread has one. */
export const ATTENTION_ROWS = 16;
const ROWS = ATTENTION_ROWS;

export interface HeadSpread {
  /** Goes before everything else in the module. */
  enable: string;
  /** Threads of a workgroup, and rows it works on. */
  threads: number;
  rows: number;
  /** WGSL: `part`, where this lane's vectors start in a row; `settle(local)`, to be called first; `across(x)`, sums over the lanes. */
  functions: string;
  /** WGSL: the row of a thread, of `rows` in its workgroup. */
  row: string;
  /** WGSL: the first and the last row that the threads who walk in step have, from the thread's own. */
  firstInStep: (own: string) => string;
  lastInStep: (own: string) => string;
  /** A line for each of this lane's vectors. */
  each: (line: (d: number) => string) => string;
  /** A sum over all numbers of a row. */
  sum: (term: (d: number) => string) => string;
}

export function headSpread(headSize: number, lanes: HeadLanes): HeadSpread {
  const vectors = headSize / 4 / lanes;
  const terms = (term: (d: number) => string) => Array.from({length: vectors}, (_, d) => term(d)).join(' + ');
  const each = (line: (d: number) => string) => unroll(vectors, line);
  if (lanes === 1)
    return {
      enable: '',
      threads: ROWS,
      rows: ROWS,
      functions: 'const part = 0u;\nfn settle(local: u32) {}',
      row: 'local',
      firstInStep: (own) => `${own} & ~3u`, // four threads that a CPU's vectors run at once read the same rows
      lastInStep: (own) => own,
      each,
      sum: terms,
    };
  return {
    enable: 'enable subgroups;',
    threads: ROWS * lanes,
    rows: ROWS,
    functions: `var<private> part: u32;
fn settle(local: u32) { part = local % ${lanes}u * ${vectors}u; }
fn across(x: f32) -> f32 {
  let pair = x + quadSwapX(x);
  return pair + quadSwapY(pair);
}`,
    row: `local / ${lanes}u`,
    firstInStep: () => `workgroup.x * ${ROWS}u`,
    lastInStep: () => `workgroup.x * ${ROWS}u + ${ROWS - 1}u`,
    each,
    sum: (term) => `across(${terms(term)})`,
  };
}

/** The most lanes that a head can be spread over. */
export const lanesFor = (headSize: number, most: HeadLanes): HeadLanes => (headSize % 16 === 0 ? most : 1);
