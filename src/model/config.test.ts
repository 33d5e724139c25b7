import {expect} from '@open-wc/testing';
import {ConfigError, type GPTConfigInput, normalizeConfig} from './config.js';
import {PRESETS} from './presets.js';

describe('normalizeConfig', () => {
  it('accepts every preset, and the largest GPT that was published with its numbers', () => {
    for (const {config} of Object.values(PRESETS)) normalizeConfig(config);
    normalizeConfig({vocab_size: 50257, context_length: 2048, emb_dim: 12288, n_heads: 96, n_layers: 96});
  });

  for (const key of ['vocabSize', 'contextLength', 'embDim', 'nHeads', 'nLayers', 'n_layers', 'emb_dim'])
    it(`refuses a ${key} that makes no model, or one that would freeze the page, with a sentence`, () => {
      for (const value of [
        0,
        -1,
        1.5,
        Number.NaN,
        Infinity,
        null,
        '8',
        1e7,
        1e9,
        Number.MAX_SAFE_INTEGER,
        'x'.repeat(200_000),
      ])
        expect(() => normalizeConfig({[key]: value} as GPTConfigInput), String(value).slice(0, 20)).to.throw(
          ConfigError,
          /^\w+ must be a whole number from 1 to [\d,]+, not .{1,70}\.$/,
        );
    });

  it('accepts norms after the sums, and no other place for them', () => {
    expect(normalizeConfig({norm: 'post'}).norm).to.equal('post');
    expect(normalizeConfig({})).not.to.have.property('norm');
    expect(() => normalizeConfig({norm: 'between'} as unknown as GPTConfigInput)).to.throw(
      ConfigError,
      'norm must be “pre” or “post”, not "between".',
    );
  });

  it('refuses names that objects have by themselves, and names of any length', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'x'.repeat(200_000)]) {
      const input = JSON.parse(`{"${name}": 4}`);
      expect(() => normalizeConfig(input), name.slice(0, 20)).to.throw(
        ConfigError,
        /^“.{1,61}” is not part of a GPT configuration/,
      );
    }
  });
});
