import {expect} from '@open-wc/testing';
import {largestDifference} from './differences.js';
import golden from './golden/pca.json';
import {pca, project} from './pca.js';
import {normals} from './rng.js';

describe('principal components', () => {
  for (const {width, matrix, axes, shares, projected} of golden.cases)
    it(`are numpy’s, signs included: ${matrix.length / width} points of ${width} numbers`, () => {
      const found = pca(matrix, width);
      expect(found.axes).to.have.length(3);
      for (const [k, axis] of axes.entries())
        expect(largestDifference(found.axes[k]!, axis)).to.be.lessThan(1e-6);
      expect(largestDifference(found.shares, shares)).to.be.lessThan(1e-8);
      expect(largestDifference(project(matrix, width, found), projected)).to.be.lessThan(1e-5);
    });

  it('point the same way as those before them', () => {
    const {width, matrix} = golden.cases[1]!;
    const before = pca(matrix, width).axes.map((axis) => axis.map((value) => -value));
    const after = pca(matrix, width, {like: before});
    for (const [k, axis] of before.entries())
      expect(largestDifference(after.axes[k]!, axis)).to.be.lessThan(1e-6);
  });

  it('are as many as the points span', () => {
    // Three points in a plane, and two on a line.
    expect(pca([0, 0, 0, 1, 0, 0, 0, 1, 0], 3).axes).to.have.length(2);
    const line = pca([1, 1, 1, 3, 3, 3], 3);
    expect(line.axes).to.have.length(1);
    expect(line.shares[0]).to.be.closeTo(1, 1e-12);
    expect(pca([5, 5, 5, 5], 2).axes).to.have.length(0);
    expect(pca([5, 5], 2).axes).to.have.length(0);
  });

  it('are found also where no direction stands out', () => {
    const width = 48;
    const found = pca(normals(64 * width, 0, 0.02, 7), width);
    for (const [i, a] of found.axes.entries())
      for (const [j, b] of found.axes.entries())
        expect(a.reduce((sum, value, n) => sum + value * b[n]!, 0)).to.be.closeTo(i === j ? 1 : 0, 1e-9);
    expect(found.shares).to.deep.equal([...found.shares].sort((a, b) => b - a));
  });

  it('refuse what makes no rows', () => {
    expect(() => pca([1, 2, 3], 2)).to.throw(RangeError, 'make no rows of 2');
    expect(() => pca([], 2)).to.throw(RangeError);
  });
});
