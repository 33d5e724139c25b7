import {expect} from '@open-wc/testing';
import {givenValues} from '../testing/given-values.js';
import {story} from './story.js';

describe('story', () => {
  it('names the part that adds most to the guess, and none where the guess stays as likely', () => {
    const data = givenValues();
    expect(story(data, 2)).to.equal(
      'The attention of block 1 adds most to the guess ·kite: 50 % before it, 63 % after. In the end, ·kite has 75 %.',
    );
    const stream = data.stream.map(({at}, point) => ({
      at,
      guesses: data.tokens.map(() => [{id: 1, token: ' kite', probability: 0.003 + point * 1e-5}]),
    }));
    expect(story({...data, stream}, 2)).to.equal('In the end, ·kite has 0.3 %.');
  });
});
