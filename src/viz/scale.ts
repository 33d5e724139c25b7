/**
 * Linear and logarithmic axes, as d3-scale has them. That package brings color and number formats along, which weigh ten
 * times as much as what a chart needs.
 */
import {ticks} from 'd3';

/** Numbers to pixels, and back. */
export interface Scale {
  (value: number): number;
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
  /** The number at a pixel. */
  invert(pixel: number): number;
  /** Round numbers within the domain, about `count` of them, in its order. */
  ticks(count: number): number[];
}

type Interval = readonly [from: number, to: number];

/** Returns a scale on which equal differences are equally long. */
export const scaleLinear = (domain: Interval, range: Interval): Scale =>
  scale(domain, range, {
    forward: (value) => value,
    back: (value) => value,
    ticks: (count) => ticks(...domain, count),
  });

/** Returns a scale on which equal ratios are equally long. The domain is positive. */
export const scaleLog = (domain: Interval, range: Interval): Scale =>
  scale(domain, range, {forward: Math.log, back: Math.exp, ticks: (count) => logTicks(domain, count)});

interface Kind {
  forward(value: number): number;
  back(value: number): number;
  ticks(count: number): number[];
}

function scale(domain: Interval, range: Interval, {forward, back, ticks}: Kind): Scale {
  const [a, b] = domain.map(forward) as [number, number];
  const [from, to] = range;
  // Of an empty interval, everything is in the middle.
  const share = (value: number, start: number, end: number) =>
    end === start ? 0.5 : (value - start) / (end - start);
  return Object.assign((value: number) => from + (to - from) * share(forward(value), a, b), {
    domain,
    range,
    ticks,
    invert: (pixel: number) => back(a + (b - a) * share(pixel, from, to)),
  });
}

/** 1, 2, … 9 times each power of ten; powers of ten alone where there are many, round numbers where there are few. */
function logTicks([from, to]: Interval, count: number): number[] {
  if (to < from) return logTicks([to, from], count).reverse();
  const [low, high] = [Math.log10(from), Math.log10(to)];
  if (high - low >= count)
    return ticks(low, high, Math.min(high - low, count)).map((exponent) => 10 ** exponent);
  const found: number[] = [];
  for (let exponent = Math.floor(low); exponent <= Math.ceil(high); exponent++)
    for (let digit = 1; digit < 10; digit++) {
      const tick = Number(`${digit}e${exponent}`);
      if (tick >= from && tick <= to) found.push(tick);
    }
  return found.length * 2 < count ? ticks(from, to, count) : found;
}
