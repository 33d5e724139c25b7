import {expect} from '@open-wc/testing';
import {GPT_CONFIG_124M} from './config.js';
import {flopsPerToken} from './flops.js';
import {parameterShapes} from './parameters.js';

describe('flopsPerToken', () => {
  it('flopsPerToken agrees with 6 N + 12 L H Q T of the PaLM paper, where N are the weights of all matrices', () => {
    const {embDim, nLayers, contextLength} = GPT_CONFIG_124M;
    const N = parameterShapes(GPT_CONFIG_124M)
      .filter(([name, shape]) => shape.length === 2 && !/^w[tp]e/.test(name))
      .reduce((sum, [, [rows, columns]]) => sum + rows! * columns!, 0);
    const {forward, training} = flopsPerToken(GPT_CONFIG_124M);
    expect(training).to.equal(6 * N + 12 * nLayers * embDim * contextLength); // H · Q = C
    expect(forward).to.equal(284_812_800);
  });
});
