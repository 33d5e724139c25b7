/**
 * What an adapter adds to an output of its layer: (α / r) · (u B), with u = x A computed before. r is small, so that the sum is a short
 * loop for each output. Sees: low (u, [N, r]), up (B, [r, M]), size.rank4, size.scale (the bits of α / r).
 */
import type {BufferType} from '../kernel.js';
import {STORED, type Stored} from './stored.js';

export const lowRankBuffers = (stored: Stored): Record<string, BufferType> => ({
  low: STORED[stored].read,
  up: 'read vec4f',
});

export const LOW_RANK_SIZES = ['rank4', 'scale'] as const;

export const lowRank = (stored: Stored): string => `
fn lowRank(row: u32, column4: u32, columns4: u32) -> vec4f {
  var sum = vec4f();
  for (var q = 0u; q < size.rank4; q++) {
    let u = ${STORED[stored].load('low[row * size.rank4 + q]')};
    let at = 4u * q * columns4 + column4;
    sum += u.x * up[at] + u.y * up[at + columns4] + u.z * up[at + 2u * columns4] + u.w * up[at + 3u * columns4];
  }
  return bitcast<f32>(size.scale) * sum;
}`;

/** A float32's bits: sizes are whole numbers. */
export const floatBits = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0]!;
