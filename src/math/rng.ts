/**
 * Random numbers as pure functions of a key, so that a run can be continued from its step number alone: batch 731 of seed 42 is the same
 * batch after a reload.
 */

/** Returns a 32-bit hash; neighboring inputs give unrelated outputs (lowbias32, C. Wellons). */
export function hash32(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Returns a 32-bit key from several numbers, e.g. `key(seed, step, layer)`. Their order matters. */
export function key(...parts: number[]): number {
  let h = 0x9e3779b9;
  for (const part of parts) h = hash32((h ^ (part >>> 0)) + 0x9e3779b9);
  return h;
}

/** Returns the counter-th uniform number in [0, 1) of a key, independently of the others. */
export function uniformAt(streamKey: number, counter: number): number {
  return hash32(streamKey ^ hash32(counter + 0x9e3779b9)) / 4294967296;
}

/** Returns a function that gives the uniform numbers in [0, 1) of a key, one after the other. */
export function uniformStream(streamKey: number): () => number {
  let counter = 0;
  return () => uniformAt(streamKey, counter++);
}

/** Returns `size` numbers from a normal distribution (Box–Muller). */
export function normals(size: number, mean: number, std: number, streamKey: number): Float32Array {
  const next = uniformStream(streamKey);
  const out = new Float32Array(size);
  for (let i = 0; i < size; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - next())) * std;
    const angle = 2 * Math.PI * next();
    out[i] = mean + radius * Math.cos(angle);
    if (i + 1 < size) out[i + 1] = mean + radius * Math.sin(angle);
  }
  return out;
}

/** Returns the numbers 0 … size − 1 in random order (Fisher–Yates). */
export function permutation(size: number, streamKey: number): Uint32Array {
  const next = uniformStream(streamKey);
  const out = Uint32Array.from({length: size}, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
