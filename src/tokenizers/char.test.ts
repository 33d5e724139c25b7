import {expect} from '@open-wc/testing';
import {uniformStream} from '../math/rng.js';
import {CharTokenizer} from './char.js';
import {UnknownTokenError} from './unknown-token.js';

describe('CharTokenizer', () => {
  it('takes the sorted characters of a text as its vocabulary', () => {
    const tokenizer = CharTokenizer.fromText('hello');
    expect(tokenizer.spec).to.deep.equal({kind: 'char', vocab: ['e', 'h', 'l', 'o']});
    expect(tokenizer.vocabSize).to.equal(4);
    expect(tokenizer.encode('hello')).to.deep.equal([1, 0, 2, 2, 3]);
    expect(tokenizer.decode([1, 3])).to.equal('ho');
    expect(tokenizer.token(2)).to.equal('l');
  });

  it('sorts by code point, where UTF-16 would put emoji before the last plane’s characters', () => {
    expect(CharTokenizer.fromText('😀\ufb01a').spec.vocab).to.deep.equal(['a', '\ufb01', '😀']);
  });

  it('names every unknown character once, and where the first one stands', () => {
    const tokenizer = CharTokenizer.fromText('abc ');
    const error = caught(() => tokenizer.encode('a😀 xbx'));
    expect(error).to.be.instanceOf(UnknownTokenError);
    expect((error as UnknownTokenError).unknown).to.deep.equal(['😀', 'x']);
    expect((error as UnknownTokenError).position).to.equal(1);
  });

  it('refuses a vocabulary that is not single, different characters', () => {
    expect(() => new CharTokenizer(['a', 'bc'])).to.throw(RangeError, 'entry 1');
    expect(() => new CharTokenizer(['a', ''])).to.throw(RangeError, 'entry 1');
    expect(() => new CharTokenizer(['a', 'a'])).to.throw(RangeError, 'twice');
  });

  it('refuses ids that it does not have', () => {
    const tokenizer = CharTokenizer.fromText('ab');
    for (const id of [-1, 2, 0.5, Number.NaN])
      expect(() => tokenizer.decode([0, id]), String(id)).to.throw(RangeError, 'from 0 to 1');
  });

  it('gives the UTF-8 bytes of a token', () => {
    const tokenizer = CharTokenizer.fromText('é');
    expect([...tokenizer.bytes(0)]).to.deep.equal([0xc3, 0xa9]);
  });

  it('gives back any string, lone surrogates included', () => {
    const next = uniformStream(7);
    for (let i = 0; i < 300; i++) {
      const units = Array.from({length: Math.floor(next() * 40)}, () => Math.floor(next() * 0x10000));
      const text = String.fromCharCode(...units);
      const tokenizer = CharTokenizer.fromText(text);
      expect(tokenizer.decode(tokenizer.encode(text))).to.equal(text);
    }
  });
});

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
