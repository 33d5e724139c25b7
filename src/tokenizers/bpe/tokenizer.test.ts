import {expect} from '@open-wc/testing';
import {uniformStream} from '../../math/rng.js';
import golden from '../golden/bpe.json';
import {TokenizerSpecError} from '../tokenizer.js';
import {UnknownTokenError} from '../unknown-token.js';
import {fromTokenizerJson} from './files.js';
import {firstMerges} from './spec.js';
import {BytePairTokenizer} from './tokenizer.js';
import {trainBPE} from './train.js';

const END = '<|endoftext|>';

describe('BytePairTokenizer', () => {
  let tokenizer: BytePairTokenizer;
  before(async () => {
    tokenizer = await trainBPE(golden.corpus, {merges: 600, specialTokens: [END]});
  });

  it('gives the ids of Hugging Face, which recognizes special tokens', () => {
    const theirs = fromTokenizerJson(JSON.stringify(golden.tokenizerJson));
    for (const [i, text] of golden.texts.entries())
      expect(theirs.encode(text, {allowedSpecial: 'all'}), JSON.stringify(text)).to.deep.equal(golden.ids[i]);
  });

  it('gives back 100,000 random strings', () => {
    const next = uniformStream(5);
    const starts = [0x20, 0x20, 0x61, 0xa0, 0x300, 0x4e00, 0xe000, 0x1f600, 0x20000];
    const texts = Array.from({length: 100_000}, () => {
      const start = starts[Math.floor(next() * starts.length)]!;
      const length = Math.floor(next() * 9);
      return String.fromCodePoint(...Array.from({length}, () => start + Math.floor(next() * 90)));
    });
    expect(texts.findIndex((text) => tokenizer.decode(tokenizer.encode(text)) !== text)).to.equal(-1);
  });

  it('reads a special token as text unless it is allowed', () => {
    const text = `one${END}two`;
    const end = tokenizer.specialTokens.get(END)!;
    expect(tokenizer.encode(text)).to.not.include(end);
    for (const allowedSpecial of ['all', [END]] as const) {
      const ids = tokenizer.encode(text, {allowedSpecial});
      expect(ids).to.deep.equal([...tokenizer.encode('one'), end, ...tokenizer.encode('two')]);
      expect(tokenizer.decode(ids)).to.equal(text);
    }
    expect(() => tokenizer.encode(text, {allowedSpecial: ['<|pad|>']})).to.throw(RangeError, '<|pad|>');
  });

  it('takes the longest special token, and its name letter by letter', () => {
    const vocab = [...tokenizer.spec.vocab, '<a', '<a.b>', '*+?'];
    const special = new BytePairTokenizer({
      ...tokenizer.spec,
      vocab,
      specialTokens: [END, '<a', '<a.b>', '*+?'],
    });
    const [short, long, odd] = ['<a', '<a.b>', '*+?'].map((name) => special.specialTokens.get(name)!);
    const ids = special.encode('<a.b><axb>*+?', {allowedSpecial: 'all'});
    expect(ids.filter((id) => id >= vocab.length - 3)).to.deep.equal([long, short, odd]);
  });

  it('keeps a byte-order mark, and turns a lone surrogate into U+FFFD', () => {
    expect(tokenizer.decode(tokenizer.encode('\ufeffa'))).to.equal('\ufeffa');
    expect(tokenizer.decode(tokenizer.encode('a\ud800b\udc00'))).to.equal('a\ufffdb\ufffd');
  });

  it('knows the bytes of every token', () => {
    expect([...tokenizer.bytes(tokenizer.encode(' ')[0]!)]).to.deep.equal([0x20]);
    expect(tokenizer.encode('𐍇').flatMap((id) => [...tokenizer.bytes(id)])).to.deep.equal([
      0xf0, 0x90, 0x8d, 0x87,
    ]);
    for (const id of [-1, tokenizer.vocabSize, 0.5]) expect(() => tokenizer.bytes(id)).to.throw(RangeError);
  });

  it('takes a run without any break in good time', async () => {
    const runs = await trainBPE(`${'a'.repeat(300)} ${'a'.repeat(300)}`, {merges: 8});
    const ids = runs.encode('a'.repeat(200_003));
    expect(runs.decode(ids)).to.have.length(200_003);
    expect(ids).to.have.length.below(2000);
  });

  it('names the character whose bytes a vocabulary lacks', () => {
    const few = new BytePairTokenizer({
      kind: 'bpe',
      vocab: ['a', 'b', 'ab'],
      merges: ['a b'],
      specialTokens: [],
    });
    expect(few.encode('abb')).to.deep.equal([2, 1]);
    expect(() => few.encode('abé')).to.throw(UnknownTokenError, '“é”');
  });

  it('can be taken back to its first merges', async () => {
    const earlier = firstMerges(tokenizer.spec, 70);
    const trained = await trainBPE(golden.corpus, {merges: 70, specialTokens: [END]});
    expect(earlier).to.deep.equal(trained.spec);
    expect(firstMerges(tokenizer.spec, 600)).to.deep.equal(tokenizer.spec);
  });

  it('refuses a spec that contradicts itself', () => {
    const spec = {kind: 'bpe' as const, vocab: ['a', 'b', 'ab'], merges: ['a b'], specialTokens: []};
    const wrong = (part: object, message: string) =>
      expect(() => new BytePairTokenizer({...spec, ...part}), message).to.throw(TokenizerSpecError, message);
    wrong({vocab: ['a', 'b', 'ab', 'a']}, 'comes twice in the vocabulary');
    wrong({vocab: ['a', 'b', 'ab', 'a b']}, 'spelling of bytes');
    wrong({vocab: ['a', 'b', 'ab', '']}, 'spelling of bytes');
    wrong({merges: ['a b', 'a b']}, 'Merge 1, “a b”, comes twice');
    wrong({merges: ['a c']}, 'names a token that is not in the vocabulary');
    wrong({merges: ['b a']}, 'makes a token that is not in the vocabulary');
    wrong({merges: ['a b c']}, 'not two tokens');
    wrong({merges: ['ab']}, 'not two tokens');
    wrong({specialTokens: ['<|x|>']}, 'not in the vocabulary');
    wrong({vocab: undefined}, 'three lists of texts');
    wrong({merges: [['a', 'b']]}, 'three lists of texts');
    wrong({specialTokens: ['a']}, 'names a token that is not in the vocabulary');
    wrong({merges: [], specialTokens: ['a', 'a']}, 'twice');
  });
});
