/** Widens a matrix from 16 bits per number to 32, for kernels that read the latter: wide = packed. Memory: reads N/2 words, writes N. */
import {defineKernel, type Kernel} from '../kernel.js';
import {STORED} from '../wgsl/stored.js';

const THREADS = 256;
const {read, functions, load} = STORED.f16;

export const widen: Kernel = defineKernel({
  name: 'widen',
  sizes: ['count4'],
  buffers: {packed: read, wide: 'write vec4f'},
  body: `${functions}
@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < size.count4) { wide[id.x] = ${load('packed[id.x]')}; }
}`,
});

export const widenGroups = (count: number): [number, number, number] => [
  Math.ceil(count / 4 / THREADS),
  1,
  1,
];
