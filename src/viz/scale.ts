/** Scales of a chart's axes: from numbers to pixels and back. Ticks are d3's. */
import {ticks} from 'd3';

export interface Scale {
  /** The pixel at which a number lies. */
  (value: number): number;
  /** The number that lies at a pixel. */
  invert(pixel: number): number;
  /** About `count` round numbers of the domain, ascending; on a logarithmic scale the multiples of powers of ten. */
  ticks(count: number): number[];
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
}

type Pair = readonly [number, number];

/** Equal steps of the value are equal distances. */
export function linearScale(domain: Pair, range: Pair): Scale {
  const [from, to] = domain;
  const [start, end] = range;
  const scale = (value: number) => start + ((value - from) / (to - from || 1)) * (end - start);
  const invert = (pixel: number) => from + ((pixel - start) / (end - start || 1)) * (to - from);
  return Object.assign(scale, {invert, domain, range, ticks: (count: number) => ticks(from, to, count)});
}

/** Equal ratios of the value are equal distances. The domain is positive. */
export function logScale(domain: Pair, range: Pair): Scale {
  const powers = linearScale([Math.log(domain[0]), Math.log(domain[1])], range);
  return Object.assign((value: number) => powers(Math.log(value)), {
    invert: (pixel: number) => Math.exp(powers.invert(pixel)),
    ticks: (count: number) => logTicks(domain, count),
    domain,
    range,
  });
}

function logTicks([from, to]: Pair, count: number): number[] {
  const [low, high] = [Math.log10(from), Math.log10(to)];
  if (high - low >= count) return ticks(low, high, count).map((power) => 10 ** power);
  const all: number[] = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++)
    for (let digit = 1; digit < 10; digit++) {
      const tick = power < 0 ? digit / 10 ** -power : digit * 10 ** power;
      if (tick >= from && tick <= to) all.push(tick);
    }
  return 2 * all.length < count ? ticks(from, to, count) : all;
}
