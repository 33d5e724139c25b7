/**
 * Half precision as whole numbers of 16 bits: F16 is IEEE 754 binary16 (1 sign, 5 exponent, 10 fraction bits), BF16 is the
 * upper half of a float32. Browsers know neither everywhere yet.
 */

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The largest number that F16 holds. */
export const MAX_F16 = 65504;

/** The nearest F16, ties to even, as its 16 bits. Beyond ±65,520 it is infinity; not-a-number stays one. */
export function toF16(value: number): number {
  float[0] = value;
  const sign = (bits[0]! >>> 16) & 0x8000;
  const magnitude = Math.abs(float[0]!);
  if (Number.isNaN(magnitude)) return sign | 0x7e00;
  if (magnitude >= 65520) return sign | 0x7c00;
  // Below 2^-14 the steps are 2^-24 wide, above each power of two has 1,024 of them.
  const exponent = magnitude < 2 ** -14 ? -14 : ((bits[0]! >>> 23) & 0xff) - 127;
  const steps = roundToEven(magnitude / 2 ** (exponent - 10));
  // A rounding up to the next power of two carries into the exponent by itself.
  return sign | (magnitude < 2 ** -14 ? steps : ((exponent + 15) << 10) + (steps - 1024));
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

/** The number that 16 bits of F16 stand for. */
export function fromF16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

let table: Float32Array | undefined;

/** Widens many numbers at once, through a table of all 65,536. */
export function decodeF16(halves: Uint16Array, into: Float32Array): void {
  table ??= Float32Array.from({length: 0x10000}, (_, half) => fromF16(half));
  for (let i = 0; i < halves.length; i++) into[i] = table[halves[i]!]!;
}

/** Widens many numbers at once. */
export function decodeBF16(halves: Uint16Array, into: Float32Array): void {
  const words = new Uint32Array(into.buffer, into.byteOffset, into.length);
  for (let i = 0; i < halves.length; i++) words[i] = halves[i]! << 16;
}
