import {expect} from '@open-wc/testing';
import golden from './golden/tiktoken.json';
import {mergeSteps} from './merge-steps.js';
import {importFile, loadRanks, RANK_BYTES} from './rank-files.js';
import {loadTiktoken, TiktokenTokenizer} from './tiktoken.js';
import type {TiktokenEncoding} from './tokenizer.js';

const ENCODINGS = Object.keys(RANK_BYTES) as TiktokenEncoding[];

describe('TiktokenTokenizer', () => {
  for (const encoding of ENCODINGS)
    it(`gives the ids of Python tiktoken for ${encoding}, special tokens as text and allowed, and the text back`, async () => {
      const tokenizer = await loadTiktoken(encoding);
      for (const [i, text] of golden.strings.entries()) {
        const ids = tokenizer.encode(text);
        expect(ids, JSON.stringify(text)).to.deep.equal(golden.ids[encoding][i]);
        expect(tokenizer.encode(text, {allowedSpecial: 'all'}), JSON.stringify(text)).to.deep.equal(
          golden.idsWithSpecial[encoding][i],
        );
        expect(tokenizer.decode(ids)).to.equal(text);
      }
    });

  it('knows the ends of its vocabulary', async () => {
    const tokenizer = await loadTiktoken('gpt2');
    expect(tokenizer.vocabSize).to.equal(50257);
    expect(tokenizer.token(50256)).to.equal('<|endoftext|>');
    expect(() => tokenizer.bytes(50257)).to.throw(RangeError, '50256');
    const cl100k = await loadTiktoken('cl100k_base');
    expect(cl100k.vocabSize).to.equal(100277);
    expect(cl100k.token(100270)).to.equal('');
  });

  it('is made ready in turns, so that a page does not stand still', async () => {
    let turns = 0;
    await TiktokenTokenizer.from('gpt2', await loadRanks('gpt2'), async () => void turns++);
    expect(turns).to.equal(12); // 50,256 tokens, 4,000 at a time
  });

  it('is made once', async () => {
    expect(await loadTiktoken('gpt2')).to.equal(await loadTiktoken('gpt2'));
  });

  it('asks for each rank once, also where a word never ends', async () => {
    const {rankOf} = await loadTiktoken('gpt2');
    const piece = 'ab'.repeat(2000);
    let asked = 0;
    mergeSteps(piece, (left, right) => {
      asked++;
      return rankOf(left, right);
    });
    expect(asked).to.be.below(3 * piece.length); // n − 1 at first, then two a merge
  });
});

describe('importFile', () => {
  const here = (name: string) => new URL(name, import.meta.url).href;

  it('tells how much of a file is there, and imports it', async () => {
    const seen: number[] = [];
    const {RANK_BYTES: bytes} = await importFile<{RANK_BYTES: unknown}>(
      here('./rank-files.ts'),
      1e6,
      ({done}) => seen.push(done),
    );
    expect(bytes).to.deep.equal(RANK_BYTES);
    expect(seen.at(-1)).to.be.above(1000);
  });

  it('takes what is no address of the web as it is', async () => {
    const {a} = await importFile<{a: number}>('data:text/javascript,export const a = 1', 1);
    expect(a).to.equal(1);
  });

  it('fails where the file is not there, before anything is imported', async () => {
    const failed = importFile(here('./no-such-file.js'), 1).catch(({message}: Error) => message);
    expect(await failed).to.contain('404');
  });
});
