/**
 * How what forward saves for backward is stored: as it is computed, or in half the bytes (IEEE binary16: 11 bits of precision, up to 65,504).
 * Every sum is computed in float32 either way, and the residual stream, logits, gradients and weights stay float32. Four numbers of 16 bits
 * are two words: WGSL packs them without any optional feature.
 */
import type {BufferType} from '../kernel.js';
import type {Operand} from './product.js';

export type Stored = 'f32' | 'f16';

export interface StoredAccess {
  /** Of a buffer's elements, four numbers each. */
  read: BufferType;
  write: BufferType;
  /** WGSL that the two below need. */
  functions: string;
  /** WGSL: from an element to a vec4f, and back. */
  load: (element: string) => string;
  store: (value: string) => string;
}

export const STORED: Record<Stored, StoredAccess> = {
  f32: {
    read: 'read vec4f',
    write: 'write vec4f',
    functions: '',
    load: (element) => element,
    store: (value) => value,
  },
  f16: {
    read: 'read vec2u',
    write: 'write vec2u',
    functions: `
fn fromHalf(bits: vec2u) -> vec4f { return vec4f(unpack2x16float(bits.x), unpack2x16float(bits.y)); }
fn toHalf(value: vec4f) -> vec2u {
  let kept = clamp(value, vec4f(-65504.0), vec4f(65504.0)); // what does not fit would be anything
  return vec2u(pack2x16float(kept.xy), pack2x16float(kept.zw));
}`,
    load: (element) => `fromHalf(${element})`,
    store: (value) => `toHalf(${value})`,
  },
};

/** Words that `count` numbers take. */
export const storedWords = (stored: Stored, count: number): number => (stored === 'f16' ? count / 2 : count);

/** An operand of a product, in a buffer stored like this. */
export const operand =
  (buffer: string, stored: Stored = 'f32'): Operand =>
  (at) =>
    STORED[stored].load(`${buffer}[${at}]`);
