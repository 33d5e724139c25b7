/**
 * The head scores every token of the vocabulary by its fit with the stream; its matrix [V, C] is wte where weights are tied.
 *   forward:  logits = h Wᵀ                                  [N, V]
 *   backward: dh = dLogits W [N, C],  dW = dLogitsᵀ h [V, C]  (one dispatch, split by workgroup)
 * Rows of logits are padded to Vp, the next multiple of 4; what stands there is 0 when backward comes (cross-entropy sees to that).
 * Memory, forward: reads NC + VC, writes NV. Backward: reads 2 NV + VC + NC, writes NC + VC.
 */
import {defineKernel, type Kernel} from '../kernel.js';
import {registerTile, TILE_COLUMNS4, TILE_ROWS} from '../wgsl/register-tile.js';

const GROUP = {columns: 4, rows: 4};
const across = (columns: number) => Math.ceil(columns / (4 * TILE_COLUMNS4 * GROUP.columns));
const down = (rows: number) => Math.ceil(rows / (TILE_ROWS * GROUP.rows));

export const headForward: Kernel = defineKernel({
  name: 'head forward',
  sizes: ['rows', 'width4', 'vocabulary', 'columns4'],
  buffers: {h: 'read vec4f', weight: 'read vec4f', logits: 'write vec4f'},
  body: `
fn finish(row: u32, column4: u32, sum: vec4f) { logits[row * size.columns4 + column4] = sum; }
${registerTile({
  name: 'product',
  form: 'NT',
  left: 'h',
  right: 'weight',
  rows: 'size.rows',
  columns4: 'size.columns4',
  inner: 'size.width4',
  rightRows: 'size.vocabulary',
  finish: 'finish',
})}
@compute @workgroup_size(${GROUP.columns}, ${GROUP.rows})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = id.y * ${TILE_ROWS}u;
  let column4 = id.x * ${TILE_COLUMNS4}u;
  if (row < size.rows && column4 < size.columns4) { product(row, column4); }
}`,
});

export const headBackward: Kernel = defineKernel({
  name: 'head backward',
  sizes: ['rows', 'width4', 'vocabulary', 'columns4', 'inputGroups', 'groupsAcross'],
  buffers: {
    h: 'read vec4f',
    dlogits: 'read vec4f',
    weight: 'read vec4f',
    dh: 'write vec4f',
    dweight: 'write vec4f',
  },
  body: `
fn finishInput(row: u32, column4: u32, sum: vec4f) { dh[row * size.width4 + column4] = sum; }
fn finishWeight(row: u32, column4: u32, sum: vec4f) {
  let at = row * size.width4 + column4;
  if (step.accumulate == 1u) { dweight[at] += sum; } else { dweight[at] = sum; }
}
${registerTile({
  name: 'inputGradient',
  form: 'NN',
  left: 'dlogits',
  right: 'weight',
  rows: 'size.rows',
  columns4: 'size.width4',
  inner: 'size.columns4',
  rightRows: 'size.vocabulary',
  finish: 'finishInput',
})}
${registerTile({
  name: 'weightGradient',
  form: 'TN',
  left: 'dlogits',
  right: 'h',
  rows: 'size.vocabulary',
  columns4: 'size.width4',
  inner: '((size.rows + 3u) / 4u)',
  finish: 'finishWeight',
})}
@compute @workgroup_size(${GROUP.columns}, ${GROUP.rows})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let forInput = workgroup.x < size.inputGroups;
  let group = select(workgroup.x - size.inputGroups, workgroup.x, forInput);
  let row = (group / size.groupsAcross * ${GROUP.rows}u + local.y) * ${TILE_ROWS}u;
  let column4 = (group % size.groupsAcross * ${GROUP.columns}u + local.x) * ${TILE_COLUMNS4}u;
  if (column4 >= size.width4) { return; }
  if (forInput) {
    if (row < size.rows) { inputGradient(row, column4); }
  } else if (row < size.vocabulary) { weightGradient(row, column4); }
}`,
});

interface HeadShape {
  rows: number;
  width: number;
  vocabulary: number;
}

/** Numbers in a padded row of logits. */
export const logitsStride = (vocabulary: number): number => Math.ceil(vocabulary / 4) * 4;

export function headForwardSizes({rows, width, vocabulary}: HeadShape) {
  const stride = logitsStride(vocabulary);
  const groups: [number, number, number] = [across(stride), down(rows), 1];
  return {sizes: {rows, width4: width / 4, vocabulary, columns4: stride / 4}, groups};
}

export function headBackwardSizes(shape: HeadShape) {
  const groupsAcross = across(shape.width);
  const inputGroups = groupsAcross * down(shape.rows);
  const groups: [number, number, number] = [inputGroups + groupsAcross * down(shape.vocabulary), 1, 1];
  return {sizes: {...headForwardSizes(shape).sizes, inputGroups, groupsAcross}, groups};
}
