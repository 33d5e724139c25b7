import {expect} from '@open-wc/testing';
import {GPT_CONFIG_124M, type GPTConfig, normalizeConfig} from '../../../model/config.js';
import {countParameters} from '../../../model/parameters.js';
import {partSizes} from './sizes.js';

const total = (config: GPTConfig): number =>
  partSizes(config, 1).reduce((sum, {parameters}) => sum + parameters, 0);

describe('the sizes of parts', () => {
  it('add up to all parameters: GPT-2 small untied, tied, and with qkv bias', () => {
    expect(total(GPT_CONFIG_124M)).to.equal(163_009_536);
    expect(total(normalizeConfig({tieWeights: true}))).to.equal(124_412_160);
    expect(total(normalizeConfig({tieWeights: true, qkvBias: true}))).to.equal(124_439_808);
  });

  it('agree with the layout of the parameters for any configuration', () => {
    for (const nLayers of [1, 3])
      for (const embDim of [12, 48])
        for (const qkvBias of [true, false])
          for (const tieWeights of [true, false]) {
            const config = normalizeConfig({
              vocabSize: 50,
              contextLength: 16,
              embDim,
              nHeads: 3,
              nLayers,
              qkvBias,
              tieWeights,
            });
            expect(total(config)).to.equal(countParameters(config));
          }
  });

  it('count twice the weights of a matrix as operations, and attention by the tokens that it looks at', () => {
    const flops = (length: number) =>
      partSizes(GPT_CONFIG_124M, length).reduce((sum, one) => sum + one.flops, 0);
    expect(flops(0)).to.equal(2 * (12 * 12 * 768 ** 2 + 50257 * 768));
    expect(flops(1024) - flops(0)).to.equal(12 * 4 * 1024 * 768);
  });
});
