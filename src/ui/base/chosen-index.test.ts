import {expect} from '@open-wc/testing';
import {chosenIndex} from './chosen-index.js';

describe('chosenIndex', () => {
  it('chosenIndex moves what is outside the list to its nearer end', () => {
    expect([-1, 0, 2, 3, 99].map((index) => chosenIndex(index, 3))).to.deep.equal([0, 0, 2, 2, 2]);
  });

  it('chosenIndex is the last index where no whole number is given', () => {
    expect([undefined, null, Number.NaN, 1.5].map((index) => chosenIndex(index, 3))).to.deep.equal([
      2, 2, 2, 2,
    ]);
  });
});
