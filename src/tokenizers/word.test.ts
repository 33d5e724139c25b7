import {expect} from '@open-wc/testing';
import {prepareCorpus} from '../data/prepare.js';
import {tinyTales} from '../data/tiny-tales/index.js';
import {streamDecoder} from './stream.js';
import {TokenizerSpecError} from './tokenizer.js';
import {WordTokenizer} from './word.js';

const TEXT = 'The cat sat -- "Hello, world!" It\'s a test_case.';

describe('WordTokenizer', () => {
  const tokenizer = WordTokenizer.fromText(TEXT);
  const [end, unknown] = ['<|endoftext|>', '<|unk|>'].map((name) => tokenizer.specialTokens.get(name)!);

  it('takes words and punctuation as its vocabulary, sorted, and then two special tokens', () => {
    const words = [
      '!',
      '"',
      "'",
      ',',
      '--',
      '.',
      'Hello',
      'It',
      'The',
      '_',
      'a',
      'case',
      'cat',
      's',
      'sat',
      'test',
      'world',
    ];
    expect(tokenizer.spec.vocab).to.deep.equal([...words, '<|endoftext|>', '<|unk|>']);
    expect([end, unknown]).to.deep.equal([17, 18]);
    expect(tokenizer.encode('The cat.')).to.deep.equal([8, 12, 5]);
  });

  it('loses every word that it does not know', () => {
    expect(tokenizer.encode('The dog sat.')).to.deep.equal([8, unknown, 14, 5]);
    expect(tokenizer.decode(tokenizer.encode('The dog sat.'))).to.equal('The <|unk|> sat.');
    expect(tokenizer.encode('the')).to.deep.equal([unknown]);
  });

  it('gives words back with single spaces, none before punctuation', () => {
    expect(tokenizer.decode(tokenizer.encode('Hello ,\n\n  world !'))).to.equal('Hello, world!');
    expect(tokenizer.encode(' \n ')).to.deep.equal([]);
    expect(tokenizer.decode([])).to.equal('');
  });

  it('takes a special token for an unknown word unless it is allowed', () => {
    expect(tokenizer.encode('The <|endoftext|> cat')).to.deep.equal([8, unknown, 12]);
    expect(tokenizer.encode('The <|endoftext|>cat', {allowedSpecial: 'all'})).to.deep.equal([8, end, 12]);
  });

  it('streams what decode gives at once', () => {
    const ids = tokenizer.encode('"Hello, world!" It\'s a cat.');
    const next = streamDecoder(tokenizer);
    expect(ids.map((id) => next(id)).join('') + next()).to.equal(tokenizer.decode(ids));
  });

  it('refuses a vocabulary that contradicts itself, and ids that it does not have', () => {
    expect(() => new WordTokenizer(['a', 'a', '<|endoftext|>', '<|unk|>'])).to.throw(
      TokenizerSpecError,
      '“a” comes twice',
    );
    expect(() => new WordTokenizer(['a', '<|endoftext|>'])).to.throw(TokenizerSpecError, '<|unk|>');
    expect(() => tokenizer.decode([19])).to.throw(RangeError, 'from 0 to 18');
  });

  it('has no floor of the loss: words do not carry the whole text', () => {
    const corpus = tinyTales({stories: 50});
    const {facts} = prepareCorpus(corpus, WordTokenizer.fromText(corpus.text), {contextLength: 16});
    expect(corpus.entropyPerCharacter).to.be.above(0);
    expect(facts.floor).to.equal(undefined);
  });
});
