/** Parts of the model that can be switched off, and the interventions that do it. */
import type {Intervention, InterventionPlace} from '../../../engine/protocol.js';
import type {Config} from './architecture-data.js';

/** The position embedding as a part that can be switched off. */
export const POSITIONS = 'positions';

/** Returns every part that can be switched off, in order of computation. */
export function switchableParts({nLayers, nHeads}: Pick<Config, 'nLayers' | 'nHeads'>): string[] {
  const blocks = Array.from({length: nLayers}, (_, n) => [
    ...Array.from({length: nHeads}, (__, head) => `h.${n}.attn.${head}`),
    `h.${n}.mlp`,
  ]);
  return [POSITIONS, ...blocks.flat()];
}

/** Returns what the reader sees of a list such as `"h.0.attn.1 h.1.mlp"`: the parts that the model has, each once. */
export function partsIn(list: string | null, config: Pick<Config, 'nLayers' | 'nHeads'>): string[] {
  const wanted = new Set((list ?? '').split(/\s+/));
  return switchableParts(config).filter((part) => wanted.has(part));
}

/** Returns the change to the forward pass that switches a part off. */
export function interventionFor(part: string): Intervention {
  if (part === POSITIONS) return {at: 'embed.position', change: 'zero'};
  const [, layer, kind, head] = part.split('.');
  return kind === 'mlp'
    ? {at: `h.${layer}.mlp.out`, change: 'zero'}
    : {at: `h.${layer}.attn.context`, head: Number(head), change: 'zero'};
}

/** Returns what the reader switches off with a part of the map. */
export const switchedBy = (part: string): string => (part === 'embed.position' ? POSITIONS : part);

/** Returns the list without the part, or with it if it lacks it. */
export function toggled(list: string | null, part: string, config: Config): string {
  const parts = partsIn(list, config);
  const changed = parts.includes(part) ? parts.filter((one) => one !== part) : [...parts, part];
  return partsIn(changed.join(' '), config).join(' ');
}

/** Returns what of `"h.0.attn.1 h.1.mlp"` can be patched: positions are the same for each text. */
export const patchesIn = (list: string | null, config: Config): string[] =>
  partsIn(list, config).filter((part) => part !== POSITIONS);

/** Returns where a part writes. */
export function outputOf(part: string): InterventionPlace {
  const {at, head} = interventionFor(part);
  return head === undefined ? {at} : {at, head};
}

/** Returns the part’s name for readers. */
export function partName(part: string): string {
  if (part === POSITIONS) return 'positions';
  const [, layer, kind, head] = part.split('.');
  const block = `block ${Number(layer) + 1}`;
  return kind === 'mlp' ? `MLP of ${block}` : `head ${Number(head) + 1} of ${block}`;
}
