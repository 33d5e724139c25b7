import {expect} from '@open-wc/testing';
import {trainBPE} from './bpe/train.js';
import {CharTokenizer} from './char.js';
import {encodeInSlices} from './encode-slices.js';
import {loadTokenizer} from './load.js';
import type {Tokenizer} from './tokenizer.js';
import {UnknownTokenError} from './unknown-token.js';
import {WordTokenizer} from './word.js';

/** Whatever patterns might cut differently at the end of a slice. */
const LINES = [
  "He said: “don’t”, and we'll see.",
  '  indented\twith tabs  and   runs',
  '世界。',
  '/path/to/file',
  '',
  '',
  '1,234 apples!!!',
  'ends with spaces   ',
  '👍🏽 é ñ',
  '"quoted"',
];
const LONG = Array.from({length: 4000}, (_, i) => LINES[(i * 7 + (i >> 3)) % LINES.length]).join('\n');

describe('encodeInSlices', () => {
  const same = async (tokenizer: Tokenizer) =>
    expect([...(await encodeInSlices(tokenizer, LONG))]).to.deep.equal(tokenizer.encode(LONG));

  it('gives the ids of the whole text for one’s own BPE, characters and words', async () => {
    await same(await trainBPE(LONG.slice(0, 5000), {merges: 200}));
    await same(CharTokenizer.fromText(LONG));
    await same(WordTokenizer.fromText(LONG));
  });

  for (const encoding of ['gpt2', 'cl100k_base', 'o200k_base'] as const)
    it(`gives the ids of the whole text for ${encoding}`, async () => same(await loadTokenizer(encoding)));

  it('takes a text without a place to cut', async () => {
    const tokenizer = CharTokenizer.fromText('ab');
    expect(await encodeInSlices(tokenizer, 'ab'.repeat(20_000))).to.have.length(40_000);
    expect(await encodeInSlices(tokenizer, '')).to.have.length(0);
  });

  it('keeps special tokens whole, also those with a space in their name', async () => {
    const name = '<end of text>';
    const trained = await trainBPE('a b c', {merges: 1, specialTokens: [name]});
    const text = `word ${name} `.repeat(1000);
    const ids = await encodeInSlices(trained, text, {allowedSpecial: 'all'});
    expect(ids.filter((id) => id === trained.vocabSize - 1)).to.have.length(1000);
  });

  it('says where in the whole text something unknown stands', async () => {
    const tokenizer = CharTokenizer.fromText('ab ');
    const error = await encodeInSlices(tokenizer, `${'ab '.repeat(9000)}x`).catch((e) => e);
    expect(error).to.be.instanceOf(UnknownTokenError);
    expect(error.position).to.equal(27_000);
  });

  it('tells how far it is, lets others have their turn, and stops when asked to', async () => {
    const slow = {
      ...CharTokenizer.fromText(LONG),
      specialTokens: new Map(),
      encode: slowly,
    } as unknown as Tokenizer;
    const seen: number[] = [];
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await encodeInSlices(slow, LONG, {onProgress: (done) => seen.push(done)});
    clearInterval(timer);
    expect(seen.length).to.be.above(2);
    expect(seen).to.deep.equal([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).to.equal(LONG.length);
    expect(turns).to.be.above(0);

    const ending = new AbortController();
    const work = encodeInSlices(slow, LONG, {signal: ending.signal, onProgress: () => ending.abort()});
    expect((await work.catch((e) => e)).name).to.equal('AbortError');
  });
});

/** A tokenizer that takes longer than a slice for each part. */
function slowly(): number[] {
  const start = performance.now();
  while (performance.now() - start < 15);
  return [0];
}
