import {expect} from '@open-wc/testing';
import {countParameters} from '../../../model/parameters.js';
import {gpt2Family} from './gpt2-family.js';

describe('the GPT-2 family', () => {
  it('has as many parameters as the published models', () => {
    expect(gpt2Family().map(({name, parameters}) => [name, parameters])).to.deep.equal([
      ['GPT-2 small', 124_439_808],
      ['GPT-2 medium', 354_823_168],
      ['GPT-2 large', 774_030_080],
      ['GPT-2 XL', 1_557_611_200],
    ]);
    for (const {config, parameters} of gpt2Family()) expect(parameters).to.equal(countParameters(config));
  });

  it('is the sum of its embeddings and blocks', () => {
    for (const {embedding, block, config, parameters} of gpt2Family())
      expect(embedding + config.nLayers * block).to.be.closeTo(parameters, 1e-3);
  });
});
