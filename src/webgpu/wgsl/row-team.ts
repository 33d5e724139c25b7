/**
 * Kernels that work row by row (layer norm, cross-entropy) are written once, for a team of LANES threads a row.
 * - One thread a row: no barriers. Adapters that compute on the CPU run threads one after another and pay dearly for each barrier.
 * - A workgroup a row: its threads read neighboring numbers (one memory transaction) and add up through shared memory.
 */
export type RowTeam = 'thread' | 'workgroup';

const LANES = {thread: 1, workgroup: 64} as const;
const THREADS = {thread: 16, workgroup: 64} as const;

/** How many workgroups process `rows` rows. */
export function rowGroups(team: RowTeam, rows: number): number {
  return team === 'thread' ? Math.ceil(rows / THREADS.thread) : rows;
}

/**
 * WGSL: `LANES`, `teamSum(value, lane)`, and `main`, which calls `fn row(row: u32, lane: u32)` for every row below `rows`
 * @param rows a WGSL expression
 * @param beyond WGSL for the workgroups after those: the statement sees `group` (from 0) and `local`
 */
export function rowTeam(team: RowTeam, rows: string, beyond = ''): string {
  const groups = team === 'thread' ? `((${rows} + ${THREADS.thread - 1}u) / ${THREADS.thread}u)` : rows;
  const rest = beyond ? `else { let group = workgroup.x - ${groups}; ${beyond} }` : '';
  const own =
    team === 'thread'
      ? `let index = workgroup.x * ${THREADS.thread}u + local; if (index < ${rows}) { row(index, 0u); }`
      : 'row(workgroup.x, local);';
  return `${TEAM[team]}
@compute @workgroup_size(${THREADS[team]})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  if (workgroup.x < ${groups}) { ${own} } ${rest}
}`;
}

/** Threads of a workgroup of such a kernel. */
export const rowTeamThreads = (team: RowTeam): number => THREADS[team];

/** WGSL for a team of one. */
export const ONE_THREAD_A_ROW = `
const LANES = 1u;
fn teamSum(value: f32, lane: u32) -> f32 { return value; }
fn teamMax(value: f32, lane: u32) -> f32 { return value; }
fn teamSync() {}`;

/** WGSL for a team of a workgroup's threads: every one of them gets the result. */
export const teamOf = (lanes: number): string => `
const LANES = ${lanes}u;
var<workgroup> team: array<f32, ${lanes}>;
fn teamSum(value: f32, lane: u32) -> f32 {
  workgroupBarrier(); // whoever still reads the last result
  team[lane] = value;
  for (var half = LANES / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) { team[lane] += team[lane + half]; }
  }
  workgroupBarrier();
  return team[0];
}
fn teamMax(value: f32, lane: u32) -> f32 {
  workgroupBarrier();
  team[lane] = value;
  for (var half = LANES / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane < half) { team[lane] = max(team[lane], team[lane + half]); }
  }
  workgroupBarrier();
  return team[0];
}
fn teamSync() { workgroupBarrier(); }`;

const TEAM: Record<RowTeam, string> = {thread: ONE_THREAD_A_ROW, workgroup: teamOf(LANES.workgroup)};
