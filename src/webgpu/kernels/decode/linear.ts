/**
 * Decoding, linear layers: one row times a matrix, bound by reading the matrix once.
 *   hidden = gelu(LN(x) W + b)     c_fc, with ln_2 on the fly
 *   x += a W + b                   both c_proj
 *   logits = LN(x) Wᵀ              the head, with ln_f on the fly; W is [V, C]
 * Shapes: x [C], W [K, M] in 32 or 16 bits, b [M]; a thread (or one for each slice of the sum) computes four outputs, of the head one.
 */
import {defineKernel, type Kernel} from '../../kernel.js';
import {GELU} from '../../wgsl/gelu.js';
import {NORMALIZED_INPUT} from '../../wgsl/normalized-input.js';
import {SLICE_THREADS, slicedSum, slicePlace} from '../../wgsl/sliced-sum.js';
import {STORED, type Stored, type StoredAccess} from '../../wgsl/stored.js';

const main = (slices: number, body: string) => `
${slicedSum(slices)}
@compute @workgroup_size(${SLICE_THREADS})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  ${slicePlace(slices)}
  ${body}
}`;

/** WGSL: four rows of a matrix [K, M] at one vector of columns. */
const rowsOf = ({functions, load}: StoredAccess) => `${functions}
fn weightRows(k: u32, column4: u32) -> mat4x4f {
  let first = 4u * k * size.columns4 + column4;
  return mat4x4f(
    ${load('weight[first]')}, ${load('weight[first + size.columns4]')},
    ${load('weight[first + 2u * size.columns4]')}, ${load('weight[first + 3u * size.columns4]')},
  );
}`;

export function decodeFeedForward(slices: number, held: Stored = 'f32'): Kernel {
  const access = STORED[held];
  return defineKernel({
    name: 'decode c_fc',
    sizes: ['width4', 'betaOffset4', 'columns4'],
    buffers: {
      x: 'read vec4f',
      norm: 'read vec4f',
      weight: access.read,
      bias: 'read vec4f',
      hidden: 'write vec4f',
    },
    body: `${GELU}
${NORMALIZED_INPUT}
${rowsOf(access)}
${main(
  slices,
  `var part = vec4f();
  if (output < size.columns4) {
    let stats = rowStats();
    for (var k = slice; k < size.width4; k += ${slices}u) { part += weightRows(k, output) * normalized(stats, k); }
  }
  let sum = sliced(part, local);
  if (output < size.columns4 && slice == 0u) { hidden[output] = gelu(sum + bias[output]); }`,
)}`,
  });
}

export function decodeAddition(slices: number, held: Stored = 'f32'): Kernel {
  const access = STORED[held];
  return defineKernel({
    name: 'decode c_proj',
    sizes: ['inner4', 'columns4'],
    buffers: {a: 'read vec4f', weight: access.read, bias: 'read vec4f', x: 'write vec4f'},
    body: `${rowsOf(access)}
${main(
  slices,
  `var part = vec4f();
  if (output < size.columns4) {
    for (var k = slice; k < size.inner4; k += ${slices}u) { part += weightRows(k, output) * a[k]; }
  }
  let sum = sliced(part, local);
  if (output < size.columns4 && slice == 0u) { x[output] += sum + bias[output]; }`,
)}`,
  });
}

export function decodeHead(slices: number, held: Stored = 'f32'): Kernel {
  const access = STORED[held];
  return defineKernel({
    name: 'decode head',
    sizes: ['width4', 'betaOffset4', 'vocabulary'],
    buffers: {x: 'read vec4f', norm: 'read vec4f', weight: access.read, logits: 'write f32'},
    body: `${access.functions}${NORMALIZED_INPUT}
${main(
  slices,
  `var part = vec4f();
  if (output < size.vocabulary) {
    let stats = rowStats();
    for (var k = slice; k < size.width4; k += ${slices}u) {
      part += ${access.load('weight[output * size.width4 + k]')} * normalized(stats, k);
    }
  }
  let sum = sliced(part, local);
  if (output < size.vocabulary && slice == 0u) { logits[output] = dot(sum, vec4f(1.0)); }`,
)}`,
  });
}
