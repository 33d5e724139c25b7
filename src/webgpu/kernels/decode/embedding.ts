/**
 * Decoding, first: the row of the stream for the token at the current place. x = wte[token] + wpe[position], [C]. It does nothing where wte
 * holds only some of the tokens and this one is not among them.
 */
import {defineKernel, type Kernel} from '../../kernel.js';
import {STORED, type Stored} from '../../wgsl/stored.js';

const THREADS = 64;

export function decodeEmbedding(held: Stored = 'f32'): Kernel {
  const {read, functions, load} = STORED[held];
  return defineKernel({
    name: 'decode embedding',
    sizes: ['width4', 'firstToken', 'tokens'],
    buffers: {state: 'read u32', tokens: 'read u32', wte: read, wpe: read, x: 'write vec4f'},
    body: `${functions}
@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let position = state[0];
  let row = tokens[position] - size.firstToken; // a token before the first becomes a huge number
  if (id.x < size.width4 && row < size.tokens) {
    x[id.x] = ${load('wte[row * size.width4 + id.x]')} + ${load('wpe[position * size.width4 + id.x]')};
  }
}`,
  });
}

export const decodeEmbeddingGroups = (width: number): [number, number, number] => [
  Math.ceil(width / 4 / THREADS),
  1,
  1,
];
