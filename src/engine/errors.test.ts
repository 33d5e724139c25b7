import {expect} from '@open-wc/testing';
import {TextError} from '../tokenizers/tokenizer.js';
import {StepError} from '../training/errors.js';
import {toErrorFact} from './errors.js';

describe('error codes', () => {
  it('are “token” for a text that cannot be split, and “internal” for steps that get in each other’s way', () => {
    expect(toErrorFact(new TextError('too long')).code).to.equal('token');
    expect(toErrorFact(new StepError('under way'), 'storage').code).to.equal('internal');
  });
});
