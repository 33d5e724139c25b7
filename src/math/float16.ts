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
  return narrow(bits[0]!);
}

/** Rounds many numbers at once, as `toF16` does. */
export function encodeF16(numbers: Float32Array, into: Uint16Array): void {
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  for (let i = 0; i < words.length; i++) into[i] = narrow(words[i]!);
}

/** @param word the bits of a float32 */
function narrow(word: number): number {
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00; // not a number
  if (magnitude >= 0x477ff000) return sign | 0x7c00; // 65,520 and more
  if (magnitude < 0x38800000) {
    // Below 2^-14 the steps are 2^-24 wide, as those of a float32 from 1/2 on: adding 1/2 rounds to them.
    bits[0] = magnitude;
    float[0] = float[0]! + 0.5;
    return sign | (bits[0]! - 0x3f000000);
  }
  // Half a step less one, and one more where the last bit that stays is odd. A carry goes into the exponent by itself.
  return sign | ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13);
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
