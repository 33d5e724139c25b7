import {hash32} from '../../math/rng.js';

/** Two hashes of 32 bits of a tensor's numbers, taken as they pass, in slices of any length. */
export class Fingerprint {
  #a = 1;
  #b = 2;
  #length = 0;

  add(numbers: Float32Array): void {
    const words = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
    for (const word of words) {
      this.#a = hash32(this.#a ^ word);
      this.#b = Math.imul(this.#b ^ word, 0x01000193); // FNV-1a, on words
    }
    this.#length += words.length;
  }

  equals(other: Fingerprint): boolean {
    return this.#a === other.#a && this.#b === other.#b && this.#length === other.#length;
  }
}
