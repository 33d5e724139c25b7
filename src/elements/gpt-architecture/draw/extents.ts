import {type ArchitectureData, normAt, streamPoints} from '../data/architecture-data.js';
import {oncePerData} from '../data/per-data.js';

export interface Extents {
  embed: number[];
  hidden: number[];
  norm: number[];
}

/** Returns what the color scales and the ribbons have to reach. */
export const extentsOf = (data: ArchitectureData): Extents => extents(data, '');

const extents = oncePerData((data: ArchitectureData): Extents => {
  const {config, trace, tokens} = data;
  const largest = (name: string): number => {
    let most = 0;
    for (const value of trace[name]!.data as Float32Array) most = Math.max(most, Math.abs(value));
    return most;
  };
  const layers = Array.from({length: config.nLayers}, (_, n) => n);
  return {
    embed: [largest('embed.token'), largest('embed.position')],
    hidden: layers.map((n) => largest(`h.${n}.mlp.hidden`)),
    norm: streamPoints(config).flatMap((at) => tokens.map((_, t) => normAt(data, at, t))),
  };
});
