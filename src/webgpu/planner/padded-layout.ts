/** Where adapters stand whose rank is no multiple of 4, as kernels see them (see padded-adapters.ts). */
import type {FineTuning} from '../../model/fine-tuning.js';
import {isLora} from '../../model/lora.js';
import {layOut, type ParameterLayout} from '../../model/parameters.js';

/** The rank that kernels see. */
export const paddedRank = (rank: number): number => Math.ceil(rank / 4) * 4;

/** Where the padded copies stand, in a buffer of their own; undefined where none are needed. */
export function paddedLayout(
  {slots}: ParameterLayout,
  {lora}: Pick<FineTuning, 'lora'>,
): ParameterLayout | undefined {
  if (!lora || lora.rank % 4 === 0) return undefined;
  const padded = (name: string, [rows, columns]: number[]): number[] =>
    name.endsWith('.lora_A') ? [rows!, paddedRank(lora.rank)] : [paddedRank(lora.rank), columns!];
  return layOut(slots.filter(({name}) => isLora(name)).map(({name, shape}) => [name, padded(name, shape)]));
}
