import {expect} from '@open-wc/testing';
import {layerNormSteps, standardDeviation} from './layer-norm.js';

describe('layerNormSteps', () => {
  it('layerNormSteps agrees with torch.nn.functional.layer_norm', () => {
    // torch.nn.functional.layer_norm(torch.tensor([1., 2., 4., 9.]), (4,), gamma, beta, eps=1e-5), torch 2.13.0
    const {mean, variance, normalized, output} = layerNormSteps(
      [1, 2, 4, 9],
      [1, 2, 0.5, -1],
      [0, 0.5, 0, 1],
    );
    expect(mean).to.equal(4);
    expect(variance).to.equal(9.5);
    const close = (values: Float32Array, expected: number[]): void => {
      for (const [i, value] of expected.entries()) expect(values[i]).to.be.closeTo(value, 1e-6);
    };
    close(normalized, [-0.9733281, -0.6488854, 0, 1.6222134]);
    close(output, [-0.9733281, -0.7977707, 0, -0.6222134]);
  });

  it('layerNormSteps keeps a vector of equal numbers finite', () => {
    const {normalized, output} = layerNormSteps([3, 3], [1, 1], [0.5, 0]);
    expect(Array.from(normalized)).to.deep.equal([0, 0]);
    expect(Array.from(output)).to.deep.equal([0.5, 0]);
  });

  it('standardDeviation divides by the count', () => {
    expect(standardDeviation([1, 2, 4, 9])).to.be.closeTo(Math.sqrt(9.5), 1e-12);
  });
});
