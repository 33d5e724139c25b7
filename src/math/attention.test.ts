import {expect} from '@open-wc/testing';
import {
  columns,
  concatenate,
  dropWeights,
  type Matrix,
  maskFuture,
  matMul,
  renormalizePast,
  rowsOf,
  scaledAttention,
  simpleAttention,
  softmax,
  softmaxSlope,
} from './attention.js';
import golden from './golden/attention.json';

function expectClose(actual: Matrix, expected: Matrix, tolerance = 1e-6): void {
  expect(actual.length).to.equal(expected.length);
  actual.forEach((row, i) => {
    expect(row.length).to.equal(expected[i]!.length);
    for (let j = 0; j < row.length; j++)
      expect(row[j], `${i}, ${j}`).to.be.closeTo(expected[i]![j]!, tolerance);
  });
}

describe('attention on rows of numbers, against PyTorch', () => {
  const {x, wq, wk, wv, wo, q, k, v} = golden;

  it('without weights', () => {
    const {scores, weights, context} = simpleAttention(x);
    expectClose(scores, golden.simple.scores);
    expectClose(weights, golden.simple.weights);
    expectClose(context, golden.simple.context);
  });

  it('with queries, keys and values, scaled', () => {
    expectClose(matMul(x, wq), q);
    const {scores, weights, context} = scaledAttention(q, k, v);
    expectClose(scores, golden.scaled.scores);
    expectClose(weights, golden.scaled.weights);
    expectClose(context, golden.scaled.context);
  });

  it('causal: masked before the softmax, or struck out and renormalized after it', () => {
    const {scores, weights, context} = scaledAttention(q, k, v, {causal: true});
    expectClose(weights, golden.causal.weights);
    expectClose(context, golden.causal.context);
    expectClose(maskFuture(scores).map(softmax), golden.causal.weights);
    expectClose(renormalizePast(scaledAttention(q, k, v).weights), golden.causal.weights);
    expect(weights[0]).to.deep.equal([1, 0, 0, 0, 0]);
  });

  it('with dropout under a given mask', () => {
    const {rate, keep, weights} = golden.dropout;
    const {weights: causal} = scaledAttention(q, k, v, {causal: true});
    expectClose(
      dropWeights(
        causal,
        keep.map((row) => row.map(Boolean)),
        rate,
      ),
      weights,
    );
  });

  it('many heads: one projection cut into heads, or a stack of single heads, is the same', () => {
    const heads = golden.multi.heads;
    const D = x[0]!.length / heads;
    const cut = Array.from({length: heads}, (_, h) => {
      const of = (rows: Matrix) => columns(rows, h * D, (h + 1) * D);
      return scaledAttention(of(q), of(k), of(v), {causal: true});
    });
    const single = Array.from({length: heads}, (_, h) => {
      const of = (weights: Matrix) => matMul(x, columns(weights, h * D, (h + 1) * D));
      return scaledAttention(of(wq), of(wk), of(wv), {causal: true});
    });
    cut.forEach(({weights}, h) => {
      expectClose(weights, golden.multi.weights[h]!);
      expectClose(single[h]!.weights, golden.multi.weights[h]!);
    });
    expectClose(matMul(concatenate(cut.map(({context}) => context)), wo), golden.multi.out);
  });

  it('the slope of a softmax: none where one score has everything', () => {
    expect(softmaxSlope(softmax(golden.slope.scores))).to.be.closeTo(golden.slope.norm, 1e-12);
    expect(softmaxSlope(softmax([0, 0]))).to.be.closeTo(0.5, 1e-12);
    expect(softmaxSlope(softmax([100, 0, 0]))).to.be.lessThan(1e-40);
  });

  it('shares of scores that no power can hold', () => {
    expect(softmax([1000, 1000])).to.deep.equal([0.5, 0.5]);
    expect(softmax([-Infinity, 3])).to.deep.equal([0, 1]);
  });

  it('reads a flat array as rows', () => {
    expect(rowsOf(Float32Array.of(1, 2, 3, 4), 2).map((row) => [...row])).to.deep.equal([
      [1, 2],
      [3, 4],
    ]);
  });
});
