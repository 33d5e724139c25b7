import {expect} from '@open-wc/testing';
import {softmax} from './attention.js';
import {argMax, largest} from './largest.js';

describe('the largest of many numbers', () => {
  it('is found, and where it is first', () => {
    expect(largest([2, -1, 7, 7])).to.equal(7);
    expect(argMax([2, -1, 7, 7])).to.equal(2);
    expect(largest([])).to.equal(Number.NEGATIVE_INFINITY);
    expect(argMax([])).to.equal(-1);
  });

  it('is found among as many as o200k_base has tokens', () => {
    const scores = new Float32Array(200_019);
    scores[150_000] = 3;
    expect(largest(scores)).to.equal(3);
    expect(argMax(scores)).to.equal(150_000);
    const probabilities = softmax(scores);
    expect(probabilities[150_000]! / probabilities[0]!).to.be.closeTo(Math.exp(3), 1e-6);
  });
});
