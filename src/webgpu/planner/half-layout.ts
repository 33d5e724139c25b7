/** Where weights stand that are held in 16 bits: each matrix in a buffer of its own, biases and norms in 32 bits in the arena `theta`. */
import type {GPTConfig} from '../../model/config.js';
import {type ParameterLayout, parameterLayout, type Slot, vectorLayout} from '../../model/parameters.js';
import type {ProgramBuilder, Region} from '../program.js';
import {storedWords} from '../wgsl/stored.js';

/** Returns the slots of a model; offsets count only in vectors. */
export function halfLayout(config: GPTConfig): ParameterLayout {
  const {slots} = parameterLayout(config);
  const vectors = vectorLayout(slots);
  const matrices = slots.filter(isMatrix).map((slot) => ({...slot, offset: 0}));
  return {slots: [...vectors.slots, ...matrices], length: vectors.length};
}

export const isMatrix = ({shape}: Slot): boolean => shape.length === 2;

/** A matrix of 16-bit numbers, in the buffer that is given under its name. */
export const halfRegion = (builder: ProgramBuilder, {name, size}: Slot): Region =>
  builder.given(name, 0, storedWords('f16', size));
