/**
 * A linear layer's whole backward pass in one dispatch, from dY [N, M]:
 *   dX = dY Wᵀ            [N, K]   (· slope where X = gelu(what c_fc gave) and slope = gelu' of that: what comes out is then c_fc's dY)
 *   dW = Xᵀ dY            [K, M]
 *   db = Σ over rows dY   [M]
 * The workgroups are split in two ranges: the first compute dX, the others dW and, on the way, db.
 * A LoRA adapter's two thin layers go back by the same kernel: their gradients are scaled by α / r on the way, and dX may be added to what
 * the layer beside them gave.
 * Memory: reads 2 NM + NK + KM, writes NK + KM. The sums over N run in order, so that the same batch gives the same bits.
 */
import {defineKernel, type Kernel} from '../kernel.js';
import {matrixProducts, TILE, type Tile, tileEnable, tilesOf} from '../wgsl/matrix-product.js';
import {operand, STORED} from '../wgsl/stored.js';
import type {LinearOptions} from './linear-forward.js';

/** Through GELU or not: `size.gelu` says, so that both are one pipeline. Without it `slope` is bound but not read. */
export function linearBackward({tile, stored, lora = false}: LinearOptions): Kernel {
  const {read, functions, load} = STORED[stored];
  const scaled = lora ? 'bitcast<f32>(size.scale) * sum' : 'sum';
  return defineKernel({
    name: lora ? 'linear backward, adapter' : 'linear backward',
    sizes: [
      ...['rows', 'inner4', 'columns4', 'gelu', 'inputGroups', 'inputAcross', 'weightAcross'],
      ...(lora ? ['adds', 'scale'] : []),
    ],
    buffers: {
      a: read,
      dy: 'read vec4f',
      weight: 'read vec4f',
      slope: read,
      da: 'write vec4f',
      dweight: 'write vec4f',
      dbias: 'write vec4f',
    },
    enable: tileEnable(tile),
    body: `${functions}
fn finishInput(row: u32, column4: u32, sum: vec4f) {
  let at = row * size.inner4 + column4;
  var value = ${scaled};
  if (size.gelu == 1u) { value *= ${load('slope[at]')}; }
  ${lora ? 'if (size.adds == 1u) { value += da[at]; }' : ''}
  da[at] = value;
}
fn finishWeight(row: u32, column4: u32, sum: vec4f) {
  let at = row * size.columns4 + column4;
  var value = ${scaled};
  if (step.accumulate == 1u) { value += dweight[at]; }
  dweight[at] = value;
}
fn finishBias(column4: u32, sum: vec4f) {
  if (step.accumulate == 1u) { dbias[column4] += sum; } else { dbias[column4] = sum; }
}
${matrixProducts(
  tile,
  {
    name: 'inputGradient',
    form: 'NT',
    left: operand('dy'),
    right: operand('weight'),
    rows: 'size.rows',
    columns4: 'size.inner4',
    inner: 'size.columns4',
    finish: 'finishInput',
  },
  {
    name: 'weightGradient',
    form: 'TN',
    left: operand('a', stored),
    right: operand('dy'),
    rows: '(4u * size.inner4)',
    columns4: 'size.columns4',
    inner: '((size.rows + 3u) / 4u)',
    finish: 'finishWeight',
    columnSums: 'finishBias',
  },
)}
@compute @workgroup_size(${TILE[tile].threads})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  if (workgroup.x < size.inputGroups) {
    inputGradient(workgroup.x % size.inputAcross, workgroup.x / size.inputAcross, local);
  } else {
    let group = workgroup.x - size.inputGroups;
    weightGradient(group % size.weightAcross, group / size.weightAcross, local);
  }
}`,
  });
}

/** Which gradients somebody needs. */
export interface Needs {
  input: boolean;
  weight: boolean;
}

/** Sizes and workgroups. @param shape rows N, inner K, columns M */
export function linearBackwardSizes(
  tile: Tile,
  shape: {rows: number; inner: number; columns: number},
  needs: Needs = {input: true, weight: true},
) {
  const input = tilesOf(tile, shape.rows, shape.inner);
  const weight = tilesOf(tile, shape.inner, shape.columns);
  const inputGroups = needs.input ? input.across * input.down : 0;
  const weightGroups = needs.weight ? weight.across * weight.down : 0;
  const groups: [number, number, number] = [inputGroups + weightGroups, 1, 1];
  const sizes = {
    rows: shape.rows,
    inner4: shape.inner / 4,
    columns4: shape.columns / 4,
    inputGroups,
    inputAcross: input.across,
    weightAcross: weight.across,
  };
  return {sizes, groups};
}
