import {expect} from '@open-wc/testing';
import {scaleLinear as d3Linear, scaleLog as d3Log} from 'd3';
import {uniformAt} from '../math/rng.js';
import {scaleLinear, scaleLog} from './scale.js';

type Interval = [number, number];

/** Generated domains: wide and narrow, rising and falling, around zero, and of every magnitude. */
const domains = Array.from({length: 200}, (_, i): Interval => {
  const magnitude = 10 ** (8 * uniformAt(1, i) - 4);
  const from = magnitude * (uniformAt(2, i) - 0.3);
  const to = from + magnitude * 10 ** (4 * uniformAt(3, i) - 2);
  return i % 4 === 3 ? [to, from] : [from, to];
});

const close = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
const allClose = (some: number[], others: number[]) =>
  some.length === others.length && some.every((value, i) => close(value, others[i]!));

describe('a scale', () => {
  for (const [name, ours, theirs] of [
    ['linear', scaleLinear, (domain: Interval, range: Interval) => d3Linear(domain, range)],
    ['logarithmic', scaleLog, (domain: Interval, range: Interval) => d3Log(domain, range)],
  ] as const)
    it(`that is ${name} places, reads off and rounds as d3's does`, () => {
      const differing: string[] = [];
      for (const some of domains) {
        const shift = name === 'linear' ? 0 : 1e-5 - Math.min(...some, 0);
        const domain: Interval = [some[0] + shift, some[1] + shift];
        const range: Interval = [300, 20];
        const [a, b] = [ours(domain, range), theirs(domain, range)];
        for (const share of [0, 0.3, 1]) {
          const value = domain[0] + share * (domain[1] - domain[0]);
          if (!close(a(value), b(value))) differing.push(`${domain} at ${value}: ${a(value)}, ${b(value)}`);
          if (!close(a.invert(50 + 100 * share), b.invert(50 + 100 * share)))
            differing.push(`${domain} at ${share} back`);
        }
        for (const count of [2, 5, 10])
          if (!allClose(a.ticks(count), b.ticks(count)))
            differing.push(`${domain}, ${count}: ${a.ticks(count)} and ${b.ticks(count)}`);
      }
      expect(differing).to.deep.equal([]);
    });

  it('of a single number has it in the middle', () => {
    expect(scaleLinear([3, 3], [0, 100])(3)).to.equal(50);
    expect(scaleLinear([3, 3], [0, 100]).invert(10)).to.equal(3);
  });
});
