import {expect} from '@open-wc/testing';
import {HeldExtent, niceCeiling} from './nice.js';

describe('round ends of scales', () => {
  it('are 1, 2 or 5 × 10ⁿ', () => {
    expect([0.0312, 0.05, 0.051, 1, 1.01, 730, 0].map(niceCeiling)).to.deep.equal([
      0.05, 0.05, 0.1, 1, 2, 1000, 1,
    ]);
  });

  it('stay while numbers shrink, and move when one leaves', () => {
    const extent = new HeldExtent();
    expect(extent.hold([0.03, -0.04])).to.equal(0.05);
    expect(extent.hold([0.001])).to.equal(0.05);
    expect(extent.hold([-0.2])).to.equal(0.2);
    extent.forget();
    expect(extent.hold([0.001])).to.equal(0.001);
  });
});
