import {expect} from '@open-wc/testing';
import {largestDifference, relativeDifference, totalVariation} from './differences.js';
import {cosine, nearest, similarities} from './neighbors.js';
import {oneHot, vectorTimesMatrix} from './one-hot.js';
import {sinusoidalPositions} from './sinusoidal.js';

describe('cosine', () => {
  it('measures the angle and not the length', () => {
    expect(cosine([1, 2], [10, 20])).to.be.closeTo(1, 1e-12);
    expect(cosine([1, 2], [-2, 1])).to.equal(0);
    expect(cosine([1, 2], [-1, -2])).to.be.closeTo(-1, 1e-12);
    expect(cosine([0, 0], [1, 1])).to.equal(0);
  });

  it('finds the nearest rows, most similar first', () => {
    const table = Float32Array.of(1, 0, 5, 5, 0, 3, 2, 0.1, 1, 1);
    const found = nearest(table, 2, 0, 3);
    expect(found.map(({row}) => row)).to.deep.equal([3, 1, 4]);
    expect(found[1]!.similarity).to.be.closeTo(Math.SQRT1_2, 1e-7);
    const all = similarities(table, 2);
    expect(all).to.have.length(25);
    for (const {row, similarity} of nearest(table, 2, 2, 9))
      expect(all[2 * 5 + row]).to.equal(Math.fround(similarity));
  });
});

describe('a one-hot vector', () => {
  it('times a matrix is the matrix’s row', () => {
    const matrix = Float32Array.from({length: 12}, (_, i) => Math.sin(i) / 3);
    expect(oneHot(2, 4)).to.deep.equal(Float32Array.of(0, 0, 1, 0));
    expect(vectorTimesMatrix(oneHot(2, 4), matrix, 3)).to.deep.equal(matrix.slice(6, 9));
    expect(vectorTimesMatrix(Float32Array.of(1, 2, 0, 0), matrix, 3)[1]).to.be.closeTo(
      matrix[1]! + 2 * matrix[4]!,
      1e-7,
    );
  });
});

describe('sinusoidal positions', () => {
  it('are the paper’s formula', () => {
    const table = sinusoidalPositions(5, 6);
    expect([...table.slice(0, 6)]).to.deep.equal([0, 1, 0, 1, 0, 1]);
    expect(table[3 * 6 + 0]).to.be.closeTo(Math.sin(3), 1e-7);
    expect(table[3 * 6 + 1]).to.be.closeTo(Math.cos(3), 1e-7);
    expect(table[4 * 6 + 4]).to.be.closeTo(Math.sin(4 / 10000 ** (4 / 6)), 1e-7);
    expect(table[4 * 6 + 5]).to.be.closeTo(Math.cos(4 / 10000 ** (4 / 6)), 1e-7);
  });
});

describe('differences', () => {
  it('are measured', () => {
    expect(largestDifference([1, 5], [2, 2])).to.equal(3);
    expect(relativeDifference([3, 4], [3, 4])).to.equal(0);
    expect(relativeDifference([3, 4], [0, 0])).to.equal(1);
    expect(totalVariation([0.5, 0.5, 0], [0.25, 0.25, 0.5])).to.equal(0.5);
  });
});
