import {expect} from '@open-wc/testing';
import {failuresOf, must} from '../engine/testing/rounds.js';
import {trainBPE} from './bpe/train.js';
import {CharTokenizer} from './char.js';
import {encodeTail} from './encode-tail.js';
import {loadTokenizer} from './load.js';
import type {Tokenizer} from './tokenizer.js';
import {UnknownTokenError} from './unknown-token.js';
import {WordTokenizer} from './word.js';

const PARTS = [
  'She said',
  ' “don’t”',
  " and we'll see",
  '\n',
  '\n\n',
  '  two  ',
  '世界',
  '👍🏽',
  ' 1,234',
  '!!!',
  '\t',
  ' é ñ',
  'a',
];

describe('encodeTail', () => {
  let tokenizers: Tokenizer[];
  before(async () => {
    const all = PARTS.join('');
    tokenizers = [
      CharTokenizer.fromText(all),
      WordTokenizer.fromText(all),
      await trainBPE(all.repeat(20), {merges: 60}),
      await loadTokenizer('gpt2'),
      await loadTokenizer('o200k_base'),
    ];
  });

  it('gives the last ids of the whole text, on generated texts', async () => {
    const failures = await failuresOf(60, async (draw) => {
      const text = Array.from({length: 1 + draw(4000)}, () => PARTS[draw(PARTS.length)]!).join('');
      const count = 1 + draw(draw(2) ? 8 : 200);
      for (const tokenizer of tokenizers) {
        const tail = encodeTail(tokenizer, text, count);
        const whole = tokenizer.encode(text).slice(-count);
        must(
          tail?.join() === whole.join(),
          `${tokenizer.spec.kind}, ${count} ids: ${tail} instead of ${whole}`,
        );
      }
    });
    expect(failures).to.deep.equal([]);
  });

  it('reads no more than a part of a long text, and hands one without a place to cut back', () => {
    let read = 0;
    const counting = (tokenizer: Tokenizer): Tokenizer => ({
      ...tokenizer,
      spec: tokenizer.spec,
      encode(text: string) {
        read += text.length;
        return tokenizer.encode(text);
      },
    });
    for (const tokenizer of tokenizers.slice(0, 4)) {
      read = 0;
      expect(encodeTail(counting(tokenizer), 'She said we said '.repeat(300_000), 64)).to.have.length(64);
      expect(read).to.be.below(10_000);
    }
    expect(encodeTail(tokenizers[3]!, '!'.repeat(5e6), 64)).to.equal(undefined);
    expect(encodeTail(tokenizers[0]!, '!'.repeat(5e6), 64)).to.have.length(64);
  });

  it('says where in the whole text something unknown stands', () => {
    const text = `${'a '.repeat(5000)}#a`;
    expect(() => encodeTail(CharTokenizer.fromText('a '), text, 4))
      .to.throw(UnknownTokenError)
      .with.property('position', 10_000);
  });
});
