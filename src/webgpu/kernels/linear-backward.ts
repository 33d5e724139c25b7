/**
 * A linear layer's whole backward pass in one dispatch, from dY [N, M]:
 *   dX = dY Wᵀ            [N, K]   (· gelu'(pre) where X = gelu(pre): what comes out is then dPre)
 *   dW = Xᵀ dY            [K, M]
 *   db = Σ over rows dY   [M]
 * The workgroups are split in two ranges: the first compute dX, the others dW and, on the way, db.
 * Memory: reads 2 NM + NK + KM, writes NK + KM. The sums over N run in order, so that the same batch gives the same bits.
 */
import {defineKernel, type Kernel} from '../kernel.js';
import {GELU} from '../wgsl/gelu.js';
import {registerTile, TILE_COLUMNS4, TILE_ROWS} from '../wgsl/register-tile.js';

const GROUP = {columns: 4, rows: 4};

export function linearBackward({gelu}: {gelu: boolean}): Kernel {
  return defineKernel({
    name: gelu ? 'linear backward, gelu' : 'linear backward',
    sizes: ['rows', 'inner4', 'columns4', 'inputGroups', 'inputGroupsAcross', 'weightGroupsAcross'],
    buffers: {
      a: 'read vec4f',
      dy: 'read vec4f',
      weight: 'read vec4f',
      ...(gelu ? {pre: 'read vec4f' as const} : {}),
      da: 'write vec4f',
      dweight: 'write vec4f',
      dbias: 'write vec4f',
    },
    body: `${gelu ? GELU : ''}
fn finishInput(row: u32, column4: u32, sum: vec4f) {
  let at = row * size.inner4 + column4;
  da[at] = ${gelu ? 'sum * geluSlope(pre[at])' : 'sum'};
}
fn finishWeight(row: u32, column4: u32, sum: vec4f) {
  let at = row * size.columns4 + column4;
  if (step.accumulate == 1u) { dweight[at] += sum; } else { dweight[at] = sum; }
}
fn biasGradient(column4: u32) {
  if (column4 >= size.columns4) { return; }
  var sum = vec4f();
  for (var n = 0u; n < size.rows; n++) { sum += dy[n * size.columns4 + column4]; }
  if (step.accumulate == 1u) { dbias[column4] += sum; } else { dbias[column4] = sum; }
}
${registerTile({
  name: 'inputGradient',
  form: 'NT',
  left: 'dy',
  right: 'weight',
  rows: 'size.rows',
  columns4: 'size.inner4',
  inner: 'size.columns4',
  finish: 'finishInput',
})}
${registerTile({
  name: 'weightGradient',
  form: 'TN',
  left: 'a',
  right: 'dy',
  rows: '(4u * size.inner4)',
  columns4: 'size.columns4',
  inner: '((size.rows + 3u) / 4u)',
  finish: 'finishWeight',
})}
@compute @workgroup_size(${GROUP.columns}, ${GROUP.rows})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_id) local: vec3u) {
  if (workgroup.x < size.inputGroups) {
    let row = (workgroup.x / size.inputGroupsAcross * ${GROUP.rows}u + local.y) * ${TILE_ROWS}u;
    let column4 = (workgroup.x % size.inputGroupsAcross * ${GROUP.columns}u + local.x) * ${TILE_COLUMNS4}u;
    if (row < size.rows && column4 < size.inner4) { inputGradient(row, column4); }
  } else {
    let group = workgroup.x - size.inputGroups;
    let row = (group / size.weightGroupsAcross * ${GROUP.rows}u + local.y) * ${TILE_ROWS}u;
    let column4 = (group % size.weightGroupsAcross * ${GROUP.columns}u + local.x) * ${TILE_COLUMNS4}u;
    if (row < 4u * size.inner4 && column4 < size.columns4) {
      weightGradient(row, column4);
      if (row == 0u) { biasGradient(column4); biasGradient(column4 + 1u); }
    }
  }
}`,
  });
}

/** Sizes and workgroups. @param shape rows N, inner K, columns M */
export function linearBackwardSizes(shape: {rows: number; inner: number; columns: number}) {
  const across = (columns: number) => Math.ceil(columns / (4 * TILE_COLUMNS4 * GROUP.columns));
  const down = (rows: number) => Math.ceil(rows / (TILE_ROWS * GROUP.rows));
  const inputGroupsAcross = across(shape.inner);
  const weightGroupsAcross = across(shape.columns);
  const inputGroups = inputGroupsAcross * down(shape.rows);
  const groups: [number, number, number] = [inputGroups + weightGroupsAcross * down(shape.inner), 1, 1];
  const sizes = {
    rows: shape.rows,
    inner4: shape.inner / 4,
    columns4: shape.columns / 4,
    inputGroups,
    inputGroupsAcross,
    weightGroupsAcross,
  };
  return {sizes, groups};
}
