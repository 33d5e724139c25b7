import {expect} from '@open-wc/testing';
import {candidates, choose} from './sample.js';

// Probabilities 0.5, 0.3, 0.15, 0.05 for the tokens 2, 0, 3, 1.
const logits = Float32Array.from([0.3, 0.05, 0.5, 0.15], Math.log);
const ids = (list: {id: number}[]) => list.map(({id}) => id);
const total = (list: {probability: number}[]) => list.reduce((sum, {probability}) => sum + probability, 0);

describe('sampling', () => {
  it('gives the softmax, likeliest first', () => {
    const list = candidates(logits);
    expect(ids(list)).to.deep.equal([2, 0, 3, 1]);
    [0.5, 0.3, 0.15, 0.05].forEach((p, i) => {
      expect(list[i]!.probability).to.be.closeTo(p, 1e-6);
    });
  });

  it('sharpens and flattens with temperature', () => {
    const squares = [0.25, 0.09, 0.0225, 0.0025];
    const sum = squares.reduce((a, b) => a + b);
    candidates(logits, {temperature: 0.5}).forEach(({probability}, i) => {
      expect(probability).to.be.closeTo(squares[i]! / sum, 1e-6);
    });
    for (const {probability} of candidates(logits, {temperature: 1e6}))
      expect(probability).to.be.closeTo(0.25, 1e-5);
  });

  it('is greedy at temperature 0', () => {
    expect(candidates(logits, {temperature: 0})).to.deep.equal([{id: 2, probability: 1}]);
    expect(ids(candidates(new Float32Array(5), {temperature: 0}))).to.deep.equal([0]); // a tie: the lower id
  });

  it('keeps the k likeliest', () => {
    const list = candidates(logits, {topK: 2});
    expect(ids(list)).to.deep.equal([2, 0]);
    expect(list[0]!.probability).to.be.closeTo(0.625, 1e-6);
    expect(candidates(logits, {topK: 100}).length).to.equal(4);
  });

  it('keeps the nucleus', () => {
    expect(ids(candidates(logits, {topP: 0.4}))).to.deep.equal([2]);
    expect(ids(candidates(logits, {topP: 0.79}))).to.deep.equal([2, 0]);
    expect(ids(candidates(logits, {topP: 0.9}))).to.deep.equal([2, 0, 3]);
    expect(total(candidates(logits, {topP: 0.9}))).to.be.closeTo(1, 1e-9);
    expect(ids(candidates(logits, {topK: 2, topP: 0.6}))).to.deep.equal([2]); // of the renormalized two
  });

  it('draws in proportion', () => {
    const list = candidates(logits);
    expect(choose(list, 0).id).to.equal(2);
    expect(choose(list, 0.499).id).to.equal(2);
    expect(choose(list, 0.501).id).to.equal(0);
    expect(choose(list, 0.96).id).to.equal(1);
    expect(choose(list, 0.9999999999).id).to.equal(1);
  });
});
