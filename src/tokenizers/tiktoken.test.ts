import {expect} from '@open-wc/testing';
import {Tiktoken} from 'js-tiktoken/lite';
import {uniformStream} from '../math/rng.js';
import golden from './golden/tiktoken.json';
import edges from './golden/tiktoken-edges.json';
import many from './golden/tiktoken-many.json';
import {loadRanks} from './rank-files.js';
import {loadTiktoken} from './tiktoken.js';
import {CLASSES, tiktokenPieces} from './tiktoken-patterns.js';
import {TextError, type TiktokenEncoding} from './tokenizer.js';

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
        const tokenizer = await loadTiktoken(encoding);
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

      it('gives the ids of Python tiktoken where classes and case folding differ between Rust and JavaScript', async () => {
        const tokenizer = await loadTiktoken(encoding);
        const differing = edges.strings.filter(
          (text, i) => String(tokenizer.encode(text)) !== String(edges.ids[encoding][i]),
        );
        expect(differing).to.deep.equal([]);
      });

      it('gives the ids of js-tiktoken for pieces that are long', async () => {
        const [tokenizer, ranks] = [await loadTiktoken(encoding), await loadRanks(encoding)];
        const oracle = new Tiktoken(ranks);
        const next = uniformStream(5);
        for (const letters of ['a', 'ab', 'aeinorst', 'ACGT', 'éü', '世界人'])
          for (const length of [1, 41, 150]) {
            const text = Array.from({length}, () => letters[Math.floor(next() * letters.length)]).join('');
            expect(tokenizer.encode(text), text).to.deep.equal(oracle.encode(text, [], []));
          }
      });

      it('takes a time that grows as n log n, not as n², with a line without spaces', async () => {
        const tokenizer = await loadTiktoken(encoding);
        let asked = 0;
        const {get} = Map.prototype;
        Map.prototype.get = function (key) {
          asked++;
          return get.call(this, key);
        };
        try {
          tokenizer.encode(Array.from({length: 12_000}, (_, i) => 'aeinorst'[(i * i) % 7]).join(''));
        } finally {
          Map.prototype.get = get;
        }
        expect(asked).to.be.within(12_000, 20 * 12_000); // look-ups; n² would be 144 million
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
    const tokenizer = await loadTiktoken('gpt2');
    const next = uniformStream(11);
    const planes = [0x80, 0x250, 0x3000, 0xa000, 0x1f000, 0x20000];
    for (let i = 0; i < 100_000; i++) {
      const start = planes[Math.floor(next() * planes.length)]!;
      const codes = Array.from({length: Math.floor(next() * 10)}, () =>
        next() < 0.3 ? 0x20 + Math.floor(next() * 4) : start + Math.floor(next() * 0x400) - 0x40,
      );
      const text = String.fromCodePoint(...codes);
      if (tokenizer.decode(tokenizer.encode(text)) !== text) differing.push(text);
    }
    expect(differing).to.deep.equal([]);
  });

  it('loads the ranks of an encoding once', async () => {
    expect(await loadTiktoken('gpt2')).to.equal(await loadTiktoken('gpt2'));
  });
});

/** The code points of a class in the golden data: runs, each as its distance from the last one and its length, in base 36. */
function codePoints(runs: string): Set<number> {
  const codes = new Set<number>();
  let end = 0;
  for (const run of runs.split(' ')) {
    const [gap, length] = run.split(',').map((digits) => Number.parseInt(digits, 36)) as [number, number];
    for (let code = end + gap; code < end + gap + length; code++) codes.add(code);
    end += gap + length;
  }
  return codes;
}

describe('the pieces of tiktoken’s patterns', () => {
  it('say in a sentence that a piece is too long', () => {
    for (const encoding of ENCODINGS)
      expect(() => [...tiktokenPieces('a'.repeat(30_000_000), encoding)]).to.throw(
        TextError,
        'word boundary',
      );
  });
});

describe('the classes of tiktoken’s patterns', () => {
  /** Characters that this browser knows and the golden data does not: they came with a Unicode later than 17. */
  const isLater = (code: number): boolean => code > 0x33479;

  for (const [name, source] of Object.entries(CLASSES))
    it(`have every character that Rust’s have, and no other (${name})`, () => {
      const expected = codePoints(edges.classes[name as keyof typeof CLASSES]);
      const pattern = new RegExp(`^[${source}]$`, 'v');
      const differing: string[] = [];
      for (let code = 0; code <= 0x10ffff; code++) {
        if (code >= 0xd800 && code <= 0xdfff) continue;
        if (pattern.test(String.fromCodePoint(code)) !== expected.has(code) && !isLater(code))
          differing.push(code.toString(16));
      }
      expect(differing).to.deep.equal([]);
    });

  it('ignore case in contractions as Rust does, for every character', () => {
    const folded = Array.from('sdmtlver', (letter) => [...codePoints(edges.classes[letter as 's'])].length);
    expect(folded).to.deep.equal([3, 2, 2, 2, 2, 2, 2, 2]); // s, S and ſ; of the others, the two cases
    for (const code of codePoints(edges.classes.s))
      for (const encoding of ['cl100k_base', 'o200k_base'] as const)
        expect([...tiktokenPieces(`I'${String.fromCodePoint(code)}b`, encoding)], encoding).to.have.length(
          encoding === 'o200k_base' ? 2 : 3,
        );
  });
});
