import {expect} from '@open-wc/testing';
import golden from '../math/golden/sampling.json';
import {candidates, choose, SamplingError, type SamplingOptions} from './sample.js';

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

  for (const {name, logits, results} of golden.cases)
    it(`has the eligible tokens of Hugging Face's processors (${name})`, () => {
      for (const {eligible, ...settings} of results) {
        const list = candidates(Float32Array.from(logits), settings).toSorted((a, b) => a.id - b.id);
        expect(ids(list), JSON.stringify(settings)).to.deep.equal(eligible.map(([id]) => id));
        for (const [i, [, probability]] of eligible.entries())
          expect(list[i]!.probability, JSON.stringify(settings)).to.be.closeTo(probability!, 2e-6);
      }
    });

  it('draws from the highest logits alone at temperatures that are next to nothing', () => {
    for (const temperature of [1e-40, 5e-324, 1e-20])
      expect(candidates(Float32Array.of(1, 3, 2, 3), {temperature})).to.deep.equal([
        {id: 1, probability: 0.5},
        {id: 3, probability: 0.5},
      ]);
  });

  it('takes a setting of null for one that is not set', () => {
    const unset = {temperature: null, topK: null, topP: null} as unknown as SamplingOptions;
    expect(candidates(logits, unset)).to.deep.equal(candidates(logits));
  });

  for (const [name, values, sentence] of [
    ['temperature', [-1, -1e-40, Number.NaN, Infinity, 1e39, '0.5'], /The temperature cannot be .+: it must be a number of at least 0/],
    ['topK', [-1, 2.5, Number.NaN, Infinity, 1e300, '3'], /The top-k cannot be .+: it must be a whole number of at least 0/],
    ['topP', [-0.1, 1.1, Number.NaN, Infinity, -1e-40, '1'], /The top-p cannot be .+: it must be a number from 0 to 1/],
  ] as const) // biome-ignore format: one line each
    it(`refuses a ${name} outside its range with a sentence`, () => {
      for (const value of values)
        for (const temperature of [0, 1])
          expect(
            () => candidates(logits, {temperature, [name]: value} as SamplingOptions),
            String(value),
          ).to.throw(SamplingError, sentence);
    });

  it('refuses scores that are not finite numbers', () => {
    for (const value of [Number.NaN, Infinity, -Infinity])
      expect(() => candidates(Float32Array.of(1, value, 2))).to.throw(SamplingError, 'not finite');
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
