import {expect} from '@open-wc/testing';
import {otherText} from './other-text.js';

const guess = (token: string) => ({id: 0, token, probability: 0.5});

describe('otherText', () => {
  const tokens = ['Amy', ' had', ' a', ' kite', '.'];
  const stream = [
    {at: 'embed', guesses: []},
    {
      at: 'h.0.resid_post',
      guesses: [[guess(' saw')], [guess(' the')], [guess(' kite'), guess('.'), guess(' drum')], [guess('.')]],
    },
  ];
  const words = (text: string) => text.match(/ ?\w+|\./g)!.length;

  it('replaces the last word by another one that the model expects there', () => {
    expect(otherText({tokens, stream}, words)).to.equal('Amy had a drum.');
  });

  it('replaces an earlier word where a text would have another number of tokens', () => {
    const lengthOf = (text: string) => words(text) + Number(text.includes('drum'));
    expect(otherText({tokens, stream}, lengthOf)).to.equal('Amy had the kite.');
  });

  it('returns nothing where no word can be replaced', () => {
    expect(otherText({tokens: ['Amy'], stream}, words)).to.equal(undefined);
  });
});
