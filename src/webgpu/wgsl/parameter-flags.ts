/**
 * Two bits for every 64 numbers of the arena (slots start at multiples of that) say whether weight decay pulls at them and whether they
 * are trained at all; 16 pairs share a word. Sees: flags, array<u32>.
 */
import {type ParameterLayout, SLOT_ALIGNMENT} from '../../model/parameters.js';

const DECAYS = 1;
const TRAINABLE = 2;

export const PARAMETER_FLAGS = `
const DECAYS = ${DECAYS}u;
const TRAINABLE = ${TRAINABLE}u;
fn flagsOf(vector: u32) -> u32 {
  let chunk = vector / ${SLOT_ALIGNMENT / 4}u;
  return (flags[chunk / 16u] >> (2u * (chunk % 16u))) & 3u;
}`;

/** The words for a layout. */
export function parameterFlags(
  layout: ParameterLayout,
  trainable: (name: string) => boolean,
): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(layout.length / SLOT_ALIGNMENT / 16));
  for (const {name, offset, size, decay} of layout.slots) {
    const bits = (decay ? DECAYS : 0) | (trainable(name) ? TRAINABLE : 0);
    for (let chunk = offset / SLOT_ALIGNMENT; chunk < (offset + size) / SLOT_ALIGNMENT; chunk++)
      words[chunk >> 4]! |= bits << (2 * (chunk & 15));
  }
  return words;
}
