import {expect} from '@open-wc/testing';
import {scaleLinear, scaleLog} from 'd3';
import {linearScale, logScale} from './scale.js';

const DOMAINS = [
  [0, 1],
  [0, 500],
  [-3, 7.5],
  [0.0001, 0.001],
  [1.2, 4.4],
  [2, 2000],
  [0.01, 30],
  [3, 1e12],
] as const;
const RANGE = [44, 500] as const;
const COUNTS = [2, 3, 5, 10, 20];

describe('the scales of a chart', () => {
  it('place numbers where d3 places them, and find them again', () => {
    for (const domain of DOMAINS)
      for (const [ours, theirs] of [
        [linearScale(domain, RANGE), scaleLinear(domain, RANGE)],
        ...(domain[0] > 0 ? [[logScale(domain, RANGE), scaleLog(domain, RANGE)] as const] : []),
      ] as const)
        for (const share of [-0.1, 0, 0.25, 0.5, 1, 1.3]) {
          const value = Math.max(domain[0] / 2, domain[0] + share * (domain[1] - domain[0]));
          expect(ours(value)).to.be.closeTo(theirs(value), 1e-9);
          expect(ours.invert(ours(value))).to.be.closeTo(value, 1e-9 * Math.max(1, Math.abs(value)));
        }
  });

  it('have the ticks that d3 has', () => {
    for (const domain of DOMAINS)
      for (const count of COUNTS) {
        expect(linearScale(domain, RANGE).ticks(count)).to.deep.equal(
          scaleLinear(domain, RANGE).ticks(count),
        );
        if (domain[0] > 0)
          expect(logScale(domain, RANGE).ticks(count)).to.deep.equal(scaleLog(domain, RANGE).ticks(count));
      }
  });
});
