import {expect} from '@open-wc/testing';
import {classScores, confusion, roc} from './classifier-metrics.js';

describe('the scores of a classifier', () => {
  it('follow from its confusion matrix', () => {
    const counts = confusion([0, 0, 0, 1, 1], [0, 1, 0, 1, 1], 2);
    expect(counts).to.deep.equal([
      [2, 1],
      [0, 2],
    ]);
    expect(classScores(counts, 1)).to.deep.equal({precision: 2 / 3, recall: 1, f1: 0.8});
    expect(
      classScores(
        [
          [3, 0],
          [2, 0],
        ],
        1,
      ),
    ).to.deep.equal({precision: Number.NaN, recall: 0, f1: 0});
  });

  it('include the ROC curve, whose area is the share of pairs in the right order', () => {
    const {points, area} = roc([0.9, 0.8, 0.8, 0.1], [true, false, true, false]);
    expect(points.map(({threshold}) => threshold)).to.deep.equal([Number.POSITIVE_INFINITY, 0.9, 0.8, 0.1]);
    expect(points.at(-1)).to.deep.equal({threshold: 0.1, falsePositiveRate: 1, truePositiveRate: 1});
    // Of the pairs (0.9, 0.8), (0.9, 0.1), (0.8, 0.8), (0.8, 0.1) three are in order and one is tied.
    expect(area).to.be.closeTo(3.5 / 4, 1e-12);
    expect(() => roc([1, 2], [true, true])).to.throw(RangeError, 'both kinds');
  });
});
