/**
 * How attention's rows are spread over threads, and who loads what.
 * - `alone`: a thread holds whole rows of q, k, v and loads what it needs by itself. No communication; wide heads want many registers.
 * - `exchanged`: the same, but four neighboring threads (a quad) load a key each and pass it around, so that four keys cost one load. For
 *   adapters that compute on the CPU and run four threads at once: there a load is what costs, and an exchange is free.
 * - `split`: the four threads of a quad hold a quarter of a row each and add their parts of a dot product up by exchanging registers. For
 *   graphics cards with subgroups: heads up to 128 wide then fit into registers, and there are four times as many threads.
 * Threads of a quad must all run when they exchange, so that a whole workgroup then walks along the same rows, and those that a row must
 * not see weigh 0.
 */
import {unroll} from '../kernel.js';

export type HeadSpread = 'alone' | 'exchanged' | 'split';

/** Threads of a quad. */
const QUAD = 4;

/** Rows that a workgroup works on, if a thread has one. */
const ROWS: Record<HeadSpread, number> = {alone: 16, exchanged: QUAD, split: 16};

export interface SpreadHead {
  /** Goes before everything else in the module. */
  enable: string;
  /** Threads of a workgroup, and rows it works on. */
  threads: number;
  rows: number;
  /** WGSL: `part`, where this thread's vectors start in a row; `settle(local)`, to be called first; `across(x)`, sums over the threads of a row. */
  functions: string;
  /** WGSL: the row of a thread, of `rows` in its workgroup. */
  row: string;
  /** WGSL: the first and the last row that the threads who walk in step have, from the thread's own. */
  firstInStep: (own: string) => string;
  lastInStep: (own: string) => string;
  /** Rows that are walked along at a time: as many as the threads load for each other. */
  stride: number;
  /** WGSL: which of them this thread loads. */
  loaded: string;
  /** WGSL for what the thread `s` places away loaded, for s below `stride`, and which row that is. */
  passed: (s: number, value: string) => string;
  passedRow: (s: number) => string;
  /** This thread's vectors of a row. */
  vectors: number;
  /** A line for each of them. */
  each: (line: (d: number) => string) => string;
  /** The same for what is done once: as a loop where loads and stores are long code, so that they compile sooner. */
  inTurn: (line: (d: string) => string) => string;
  /** A sum over all numbers of a row. */
  sum: (term: (d: number) => string) => string;
  /** The same from this thread's part of it. */
  total: (part: string) => string;
}

export function spreadHead(headSize: number, spread: HeadSpread): SpreadHead {
  const rows = ROWS[spread];
  const vectors = headSize / 4 / (spread === 'split' ? QUAD : 1);
  const inTurn = (line: (d: string) => string) => unroll(vectors, (d) => line(`${d}u`));
  const terms = (term: (d: number) => string) => Array.from({length: vectors}, (_, d) => term(d)).join(' + ');
  const each = (line: (d: number) => string) => unroll(vectors, line);
  const whole = {
    threads: rows,
    rows,
    functions: 'const part = 0u;\nfn settle(local: u32) {}',
    row: 'local',
    vectors,
    each,
    inTurn,
    sum: terms,
    total: (part: string) => part,
  };
  const single = {
    stride: 1,
    loaded: '0u',
    passed: (_: number, value: string) => value,
    passedRow: () => '0u',
  };
  const together = {
    enable: 'enable subgroups;',
    firstInStep: () => `workgroup.x * ${rows}u`,
    lastInStep: () => `workgroup.x * ${rows}u + ${rows - 1}u`,
  };
  if (spread === 'alone')
    return {
      ...whole,
      ...single,
      enable: '',
      firstInStep: (own) => `${own} & ~3u`, // four threads that a CPU's vectors run at once read the same rows
      lastInStep: (own) => own,
    };
  if (spread === 'exchanged')
    return {
      ...whole,
      ...together,
      stride: QUAD,
      inTurn: (line) => `for (var d = 0u; d < ${vectors}u; d++) { ${line('d')} }`,
      loaded: '(local & 3u)',
      passed: (s, value) => (s === 0 ? value : `${SWAPS[s]}(${value})`),
      passedRow: (s) => `((local & 3u) ^ ${s}u)`,
    };
  return {
    ...single,
    ...together,
    threads: rows * QUAD,
    rows,
    functions: `var<private> part: u32;
fn settle(local: u32) { part = local % ${QUAD}u * ${vectors}u; }
fn across(x: f32) -> f32 {
  let pair = x + quadSwapX(x);
  return pair + quadSwapY(pair);
}`,
    row: `local / ${QUAD}u`,
    vectors,
    each,
    inTurn,
    sum: (term) => `across(${terms(term)})`,
    total: (part) => `across(${part})`,
  };
}

/** By how far away the other thread is: its number differs in the bits of s. */
const SWAPS = ['', 'quadSwapX', 'quadSwapY', 'quadSwapDiagonal'];

/** The spread that a head's size allows. */
export const spreadFor = (headSize: number, wanted: HeadSpread): HeadSpread =>
  wanted === 'split' && headSize % 16 !== 0 ? 'alone' : wanted;

/** Workgroups along a sequence. @param queries rows a thread works on side by side */
export const spreadGroups = (spread: HeadSpread, length: number, queries: number): number =>
  Math.ceil(length / (ROWS[spread] * queries));
