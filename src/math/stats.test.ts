import {expect} from '@open-wc/testing';
import {entropy, mean, movingAverage} from './stats.js';

describe('stats', () => {
  it('averages', () => {
    expect(mean([1, 2, 6])).to.equal(3);
  });

  it('measures how spread out a distribution is', () => {
    expect(entropy([1, 0, 0])).to.equal(0);
    expect(entropy([0.25, 0.25, 0.25, 0.25])).to.be.closeTo(Math.log(4), 1e-12);
  });

  it('smooths without leaning on a past that is not there', () => {
    expect([...movingAverage([3, 3, 3], 0.9)]).to.satisfy((values: number[]) =>
      values.every((value) => Math.abs(value - 3) < 1e-12),
    );
    const [first, second] = movingAverage([1, 2], 0.5);
    expect(first).to.equal(1);
    expect(second).to.be.closeTo((0.25 * 1 + 0.5 * 2) / 0.75, 1e-12);
    expect([...movingAverage([1, 5, 2], 0)]).to.deep.equal([1, 5, 2]);
  });
});
