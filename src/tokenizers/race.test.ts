import {expect} from '@open-wc/testing';
import {raceEncoders} from './race.js';

describe('raceEncoders', () => {
  it('times both on the same text, which becomes the same tokens', async () => {
    const text = 'Naïve cats 😀 sat on mats.\n'.repeat(100);
    const {own, jsTiktoken, bytes, tokens, same, rounds} = await raceEncoders('gpt2', text);
    expect(same).to.equal(true);
    expect(bytes).to.equal(new TextEncoder().encode(text).length);
    expect(tokens).to.be.above(700);
    expect(rounds).to.equal(3);
    for (const time of [own, jsTiktoken]) {
      expect(time.ready).to.be.above(0);
      expect(time.encode).to.be.above(0);
    }
  });

  it('stops between two rounds', async () => {
    const error = await raceEncoders('gpt2', 'a', AbortSignal.abort()).catch(({name}: Error) => name);
    expect(error).to.equal('AbortError');
  });
});
