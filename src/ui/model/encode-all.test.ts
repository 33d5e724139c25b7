import {expect} from '@open-wc/testing';
import {CharTokenizer} from '../../tokenizers/char.js';
import {encodeAll} from './encode-all.js';

/** A tokenizer that counts the characters which it is given at once, here on the page. */
function watched(vocab: string) {
  const tokenizer = CharTokenizer.fromText(vocab);
  const seen: number[] = [];
  const encode = tokenizer.encode.bind(tokenizer);
  tokenizer.encode = (text: string) => {
    seen.push(text.length);
    return encode(text);
  };
  return {tokenizer, seen};
}

describe('encodeAll', () => {
  it('encodes a text on the page, in slices', async () => {
    const {tokenizer, seen} = watched('ab ');
    const ids = await encodeAll(tokenizer, 'ab '.repeat(30_000));
    expect(ids).to.be.instanceOf(Int32Array);
    expect([...ids.subarray(0, 4)]).to.deep.equal([1, 2, 0, 1]);
    expect(ids).to.have.lengthOf(90_000);
    expect(Math.max(...seen)).to.be.below(20_000);
  });

  it('and in the worker where there is too much, or no place to cut', async () => {
    for (const text of ['ab'.repeat(50_000), 'ab '.repeat(400_000)]) {
      const {tokenizer, seen} = watched('ab ');
      const ids = await encodeAll(tokenizer, text);
      expect(ids).to.have.lengthOf(text.length);
      expect([...ids.subarray(0, 2)]).to.deep.equal([1, 2]);
      expect(seen).to.deep.equal([]);
    }
  });

  it('ends when it is no longer wanted', async () => {
    const {tokenizer} = watched('ab');
    const ending = new AbortController();
    const ids = encodeAll(tokenizer, 'ab'.repeat(200_000), {signal: ending.signal}).catch((error) => error);
    ending.abort();
    expect(await ids).to.be.instanceOf(Error);
  });
});
