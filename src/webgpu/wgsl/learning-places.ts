/**
 * Only what is trained has a gradient and moments: they are packed one after the other. A word for every 64 numbers of them says where
 * in the arena of weights these numbers stand (slots start at multiples of 64 there too), and, in its last bit, whether weight decay pulls
 * at them. Sees: places, array<u32>.
 */
import type {ArenaPart} from '../../model/arena-parts.js';
import {type ParameterLayout, SLOT_ALIGNMENT} from '../../model/parameters.js';

const CHUNK4 = SLOT_ALIGNMENT / 4;

export const LEARNING_PLACES = `
/** Where the weights of the vector i of the gradient are. */
fn weightsOf(i: u32) -> u32 { return (places[i / ${CHUNK4}u] >> 1u) * ${CHUNK4}u + i % ${CHUNK4}u; }
fn decays(i: u32) -> bool { return (places[i / ${CHUNK4}u] & 1u) != 0u; }`;

/** The words. @param learning the layout of gradients, whose slots are among those of `layout` */
export function learningPlaces(layout: ParameterLayout, learning: ParameterLayout): Uint32Array<ArrayBuffer> {
  const whole = new Map(layout.slots.map((slot) => [slot.name, slot]));
  const words = new Uint32Array(learning.length / SLOT_ALIGNMENT);
  for (const {name, offset, size, decay} of learning.slots) {
    const first = whole.get(name)!.offset / SLOT_ALIGNMENT;
    for (let chunk = 0; chunk < Math.ceil(size / SLOT_ALIGNMENT); chunk++)
      words[offset / SLOT_ALIGNMENT + chunk] = ((first + chunk) << 1) | (decay ? 1 : 0);
  }
  return words;
}

/**
 * The words for a part of the gradient, whose places count from the start of its part of the weights.
 * @param words those of the whole gradient
 * @param firstWeight index of the first weight of that part
 */
export const placesIn = (
  words: Uint32Array,
  {first, length}: ArenaPart,
  firstWeight: number,
): Uint32Array<ArrayBuffer> =>
  Uint32Array.from(
    words.subarray(first / SLOT_ALIGNMENT, (first + length) / SLOT_ALIGNMENT),
    (word) => word - ((firstWeight / SLOT_ALIGNMENT) << 1),
  );
