import {expect} from '@open-wc/testing';
import {givenValues} from '../testing/given-values.js';
import {story} from './story.js';

describe('story', () => {
  it('names the part with which the guess rises most, and none where it stays as likely', () => {
    const data = givenValues();
    expect(story(data, 2)).to.equal(
      'The guess ·kite rises most with the attention of block 1: from 50 % to 63 %. In the end, it has 75 %.',
    );
    const stream = data.stream.map(({at}, point) => ({
      at,
      guesses: data.tokens.map(() => [{id: 1, token: ' kite', probability: 0.003 + point * 1e-5}]),
    }));
    expect(story({...data, stream}, 2)).to.equal('In the end, ·kite has 0.3 %.');
  });

  it('names the part with which the guess falls, where it falls visibly', () => {
    const data = givenValues();
    const shares = [0.1, 0.4, 0.2];
    const stream = data.stream.map(({at}, point) => ({
      at,
      guesses: data.tokens.map(() => [{id: 1, token: ' kite', probability: shares[Math.min(point, 2)]!}]),
    }));
    expect(story({...data, stream}, 2)).to.equal(
      'The guess ·kite rises most with the attention of block 1: from 10 % to 40 %. The MLP of block 1 takes it from 40 % down to 20 %, in favor of others. In the end, it has 20 %.',
    );
  });
});
