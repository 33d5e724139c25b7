/**
 * The head scores every token of the vocabulary by its fit with the stream; its matrix [V, C] is wte where weights are tied.
 *   forward:  logits = h Wᵀ                                  [N, V]
 *   backward: dh = dLogits W [N, C],  dW = dLogitsᵀ h [V, C]  (one dispatch, split by workgroup)
 * Where W or the logits have several buffers there is a dispatch for each, with some of the tokens; backward then adds dh up.
 * Rows of logits are padded to Vp, the next multiple of 4; what stands there is 0 when backward comes (cross-entropy sees to that).
 * Memory, forward: reads NC + VC, writes NV. Backward: reads 2 NV + VC + NC, writes NC + VC.
 */
import {defineKernel, type Kernel} from '../kernel.js';
import {matrixProducts, TILE, type Tile, tileEnable, tilesOf} from '../wgsl/matrix-product.js';
import {operand, STORED, type Stored} from '../wgsl/stored.js';
import type {Needs} from './linear-backward.js';

interface HeadOptions {
  tile: Tile;
  /** How h is stored. */
  stored: Stored;
}

export const headForward = ({tile, stored}: HeadOptions): Kernel =>
  defineKernel({
    name: 'head forward',
    sizes: ['rows', 'width4', 'vocabulary', 'columns4'],
    buffers: {h: STORED[stored].read, weight: 'read vec4f', logits: 'write vec4f'},
    enable: tileEnable(tile),
    body: `${STORED[stored].functions}
fn finish(row: u32, column4: u32, sum: vec4f) { logits[row * size.columns4 + column4] = sum; }
${matrixProducts(tile, {
  name: 'product',
  form: 'NT',
  left: operand('h', stored),
  right: operand('weight'),
  rows: 'size.rows',
  columns4: 'size.columns4',
  inner: 'size.width4',
  rightRows: 'size.vocabulary',
  finish: 'finish',
})}
@compute @workgroup_size(${TILE[tile].threads})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  product(workgroup.x, workgroup.y, local);
}`,
  });

export const headBackward = ({tile, stored}: HeadOptions): Kernel =>
  defineKernel({
    name: 'head backward',
    sizes: ['rows', 'width4', 'vocabulary', 'columns4', 'inputGroups', 'across', 'adds'],
    buffers: {
      h: STORED[stored].read,
      dlogits: 'read vec4f',
      weight: 'read vec4f',
      dh: 'write vec4f',
      dweight: 'write vec4f',
    },
    enable: tileEnable(tile),
    body: `${STORED[stored].functions}
fn finishInput(row: u32, column4: u32, sum: vec4f) {
  let at = row * size.width4 + column4;
  if (size.adds == 1u) { dh[at] += sum; } else { dh[at] = sum; }
}
fn finishWeight(row: u32, column4: u32, sum: vec4f) {
  let at = row * size.width4 + column4;
  if (step.accumulate == 1u) { dweight[at] += sum; } else { dweight[at] = sum; }
}
${matrixProducts(
  tile,
  {
    name: 'inputGradient',
    form: 'NN',
    left: operand('dlogits'),
    right: operand('weight'),
    rows: 'size.rows',
    columns4: 'size.width4',
    inner: 'size.columns4',
    rightRows: 'size.vocabulary',
    finish: 'finishInput',
  },
  {
    name: 'weightGradient',
    form: 'TN',
    left: operand('dlogits'),
    right: operand('h', stored),
    rows: 'size.vocabulary',
    columns4: 'size.width4',
    inner: '((size.rows + 3u) / 4u)',
    finish: 'finishWeight',
  },
)}
@compute @workgroup_size(${TILE[tile].threads})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  if (workgroup.x < size.inputGroups) {
    inputGradient(workgroup.x % size.across, workgroup.x / size.across, local);
  } else {
    let group = workgroup.x - size.inputGroups;
    weightGradient(group % size.across, group / size.across, local);
  }
}`,
  });

/**
 * The head's tile: that of the other layers, but where the vocabulary is small any will do, and the one that compiles soonest is best (on
 * SwiftShader half a second of a training's start, for 2 ms a step).
 */
export const headTile = (tile: Tile, vocabulary: number): Tile =>
  tile === 'wide quads' && vocabulary <= 512 ? 'small quads' : tile;

interface HeadShape {
  rows: number;
  width: number;
  vocabulary: number;
}

/** Numbers in a padded row of logits. */
export const logitsStride = (vocabulary: number): number => Math.ceil(vocabulary / 4) * 4;

export function headForwardSizes(tile: Tile, {rows, width, vocabulary}: HeadShape) {
  const stride = logitsStride(vocabulary);
  const {across, down} = tilesOf(tile, rows, stride);
  const groups: [number, number, number] = [across, down, 1];
  return {sizes: {rows, width4: width / 4, vocabulary, columns4: stride / 4}, groups};
}

export function headBackwardSizes(tile: Tile, shape: HeadShape, needs: Needs = {input: true, weight: true}) {
  const {across, down} = tilesOf(tile, shape.rows, shape.width);
  const inputGroups = needs.input ? across * down : 0;
  const weightGroups = needs.weight ? across * tilesOf(tile, shape.vocabulary, shape.width).down : 0;
  const groups: [number, number, number] = [inputGroups + weightGroups, 1, 1];
  return {sizes: {...headForwardSizes(tile, shape).sizes, inputGroups, across}, groups};
}
