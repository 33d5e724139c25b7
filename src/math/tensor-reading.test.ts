import {expect} from '@open-wc/testing';
import {tensorStatistics} from './tensor-reading.js';

describe('the statistics of a tensor', () => {
  it('hold every number of a small matrix, its norm, mean and standard deviation', () => {
    const {sample, norm, mean, deviation, extent, histogram} = tensorStatistics([3, -4, 0, 1], [2, 2]);
    expect(sample).to.deep.equal({
      rows: 2,
      columns: 2,
      values: Float32Array.of(3, -4, 0, 1),
      rowStride: 1,
      columnStride: 1,
    });
    expect(norm).to.be.closeTo(Math.sqrt(26), 1e-12);
    expect(mean).to.equal(0);
    expect(deviation).to.be.closeTo(Math.sqrt(26 / 4), 1e-12);
    expect(extent).to.equal(8);
    expect(histogram.reduce((sum, count) => sum + count)).to.equal(4);
  });

  it('sample a large matrix at even strides, with the numbers that stand there', () => {
    const [rows, columns] = [100, 200];
    const data = Float32Array.from({length: rows * columns}, (_, i) => i);
    const {sample} = tensorStatistics(data, [rows, columns]);
    expect([sample.rowStride, sample.columnStride]).to.deep.equal([3, 3]);
    expect([sample.rows, sample.columns]).to.deep.equal([34, 67]);
    for (let r = 0; r < sample.rows; r++)
      for (let c = 0; c < sample.columns; c++)
        expect(sample.values[r * sample.columns + c]).to.equal(3 * r * columns + 3 * c);
  });

  it('count what lies outside at the ends, and take a vector as one row', () => {
    const data = [...Array.from({length: 98}, () => 0), 100, -100];
    const {sample, histogram, extent} = tensorStatistics(data, [100]);
    expect(sample.rows).to.equal(1);
    expect(extent).to.equal(64);
    expect([histogram[0], histogram.at(-1), histogram[24]]).to.deep.equal([1, 1, 98]);
  });

  it('are those of nothing for zeros', () => {
    const {norm, extent, deviation} = tensorStatistics(new Float32Array(4), [2, 2]);
    expect([norm, extent, deviation]).to.deep.equal([0, 1, 0]);
  });
});
