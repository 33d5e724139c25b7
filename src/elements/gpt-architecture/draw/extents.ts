import {type ArchitectureData, normAt, streamPoints} from '../data/architecture-data.js';

/** Returns what the color scales and the ribbons have to reach. */
export function extentsOf(data: ArchitectureData): {embed: number[]; hidden: number[]; norm: number[]} {
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
}
