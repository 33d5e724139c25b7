import {expect} from '@open-wc/testing';
import {uniformStream} from '../math/rng.js';
import golden from './golden/tiktoken.json';
import many from './golden/tiktoken-many.json';
import {loadRanked} from './ranked.js';
import {loadTiktoken} from './tiktoken.js';
import type {TiktokenEncoding} from './tokenizer.js';

const SIZES: Record<TiktokenEncoding, number> = {gpt2: 50257, cl100k_base: 100277, o200k_base: 200019};
const ENCODINGS = Object.keys(SIZES) as TiktokenEncoding[];

describe('TiktokenTokenizer', () => {
  for (const encoding of ENCODINGS) {
    describe(encoding, () => {
      it('has the size that is published', async () => {
        expect((await loadTiktoken(encoding)).vocabSize).to.equal(SIZES[encoding]);
      });

      it('gives the ids of Python tiktoken, special tokens read as text', async () => {
        const tokenizer = await loadTiktoken(encoding);
        for (const [i, text] of golden.strings.entries())
          expect(tokenizer.encode(text), JSON.stringify(text)).to.deep.equal(golden.ids[encoding][i]);
      });

      it('gives the ids of Python tiktoken, special tokens allowed', async () => {
        const tokenizer = await loadTiktoken(encoding);
        for (const [i, text] of golden.strings.entries())
          expect(tokenizer.encode(text, {allowedSpecial: 'all'}), JSON.stringify(text)).to.deep.equal(
            golden.idsWithSpecial[encoding][i],
          );
      });

      it('gives the ids of Python tiktoken for 2,000 strings more, and the text back', async () => {
        const withSpecial: Record<string, number[]> = many.idsWithSpecial[encoding];
        const differing: string[] = []; // an assertion for each would take longer than the encoding
        for (const tokenizer of [await loadTiktoken(encoding), await loadRanked(encoding)])
          for (const [i, golden] of many.strings.entries()) {
            // Python has U+FFFD where UTF-16 has half of a pair: both are the same bytes.
            const text = i % 2 ? golden : golden.replaceAll('\ufffd', '\ud83d');
            const ids = tokenizer.encode(text);
            const special = tokenizer.encode(text, {allowedSpecial: 'all'});
            const wanted = many.ids[encoding][i]!;
            if (
              String(ids) !== String(wanted) ||
              String(special) !== String(withSpecial[i] ?? wanted) ||
              tokenizer.decode(ids) !== golden
            )
              differing.push(text);
          }
        expect(differing).to.deep.equal([]);
      });

      it('gives back every golden string', async () => {
        const tokenizer = await loadTiktoken(encoding);
        for (const text of golden.strings) expect(tokenizer.decode(tokenizer.encode(text))).to.equal(text);
      });
    });
  }

  it('gives the ids that every GPT-2 course shows', async () => {
    const tokenizer = await loadTiktoken('gpt2');
    expect(tokenizer.encode('Hello, I am')).to.deep.equal([15496, 11, 314, 716]);
    expect(tokenizer.encode('<|endoftext|>', {allowedSpecial: ['<|endoftext|>']})).to.deep.equal([50256]);
    expect(tokenizer.encode('<|endoftext|>')).to.have.length.above(1);
    expect(tokenizer.decode([50256])).to.equal('<|endoftext|>');
    expect(tokenizer.specialTokens.get('<|endoftext|>')).to.equal(50256);
  });

  it('knows the bytes of a token that is a part of a character', async () => {
    const tokenizer = await loadTiktoken('gpt2');
    const ids = tokenizer.encode('世');
    expect(ids.length).to.be.above(1);
    expect(tokenizer.token(ids[0]!)).to.equal('\ufffd');
    expect(ids.flatMap((id) => [...tokenizer.bytes(id)])).to.deep.equal([0xe4, 0xb8, 0x96]);
    expect(tokenizer.decode(ids)).to.equal('世');
  });

  it('keeps a byte-order mark, and turns a lone surrogate into U+FFFD', async () => {
    const tokenizer = await loadTiktoken('gpt2');
    expect(tokenizer.decode(tokenizer.encode('\ufeffa'))).to.equal('\ufeffa');
    expect(tokenizer.decode(tokenizer.encode('a\ud800b'))).to.equal('a\ufffdb');
  });

  it('refuses ids beyond its vocabulary, and gives nothing for unused ones', async () => {
    const tokenizer = await loadTiktoken('cl100k_base');
    expect(() => tokenizer.decode([100277])).to.throw(RangeError, '100276');
    expect(() => tokenizer.token(-1)).to.throw(RangeError);
    expect(tokenizer.token(100270)).to.equal('');
  });

  it('gives back any valid Unicode string', async () => {
    const differing: string[] = [];
    const [tokenizer, ranked] = [await loadTiktoken('gpt2'), await loadRanked('gpt2')];
    const next = uniformStream(11);
    const planes = [0x80, 0x250, 0x3000, 0xa000, 0x1f000, 0x20000];
    for (let i = 0; i < 100_000; i++) {
      const start = planes[Math.floor(next() * planes.length)]!;
      const codes = Array.from({length: Math.floor(next() * 10)}, () =>
        next() < 0.3 ? 0x20 + Math.floor(next() * 4) : start + Math.floor(next() * 0x400) - 0x40,
      );
      const text = String.fromCodePoint(...codes);
      const ids = ranked.encode(text);
      if (ranked.decode(ids) !== text) differing.push(text);
      if (i % 50 === 0 && String(tokenizer.encode(text)) !== String(ids)) differing.push(text);
    }
    expect(differing).to.deep.equal([]);
  });

  it('loads the ranks of an encoding once', async () => {
    expect(await loadTiktoken('gpt2')).to.equal(await loadTiktoken('gpt2'));
  });
});
