import {expect} from '@open-wc/testing';
import {splitWordNote, splitWords} from './split-words.js';

describe('words that are cut into pieces', () => {
  it('are those of more than one token', () => {
    expect(splitWords(['Mia', ' saw', ' a', ' z', 'e', 'bra', '.', ' She'])).to.deep.equal([
      {word: 'zebra', pieces: ['z', 'e', 'bra']},
    ]);
    expect(splitWords(['x', 'y', ' ', 'p', 'q', ',', 'r'])).to.deep.equal([
      {word: 'xy', pieces: ['x', 'y']},
      {word: 'pq', pieces: ['p', 'q']},
    ]);
    expect(splitWords(['Mia', ' saw', ' a', '.', '\n', 'She'])).to.deep.equal([]);
  });

  it('are named in a sentence, with how many more there are', () => {
    expect(splitWordNote(['Mia', ' saw'], 601)).to.equal(undefined);
    expect(splitWordNote([' z', 'oo', ' o', 'f', ' z', 'e'], 601)).to.equal(
      '“zoo” is not among the 601 tokens of this model’s vocabulary: it is read in 2 pieces (z + oo). Expect a poorer guess: the model has seldom or never seen it. 2 more words are in pieces too.',
    );
    expect(splitWordNote([' z', 'oo', ' o', 'f'], 601)).to.match(/ 1 more word is in pieces too\.$/);
    expect(splitWordNote([' caf', '⟨C3⟩', '⟨A9⟩'], 601)).to.match(/^A word is not among .* in 3 pieces\./);
  });
});
