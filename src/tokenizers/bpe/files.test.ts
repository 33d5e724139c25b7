import {expect} from '@open-wc/testing';
import golden from '../golden/bpe.json';
import saved from '../golden/bpe-saved.json';
import {TokenizerSpecError} from '../tokenizer.js';
import {fromTokenizerJson, fromVocabAndMerges, toTokenizerJson, toVocabAndMerges} from './files.js';
import type {BytePairTokenizer} from './tokenizer.js';
import {trainBPE} from './train.js';

describe('tokenizer files', () => {
  let tokenizer: BytePairTokenizer;
  before(async () => {
    tokenizer = await trainBPE(golden.corpus, {merges: 100, specialTokens: ['<|endoftext|>']});
  });

  // scripts/golden/tokenizer_bpe.py loads these very files in Hugging Face's libraries and compares the ids.
  it('are those that Hugging Face was seen to load, with these ids', () => {
    expect(toTokenizerJson(tokenizer)).to.equal(saved.tokenizerJson);
    expect(toVocabAndMerges(tokenizer)).to.deep.equal({
      vocab: saved['vocab.json'],
      merges: saved['merges.txt'],
    });
    for (const [i, text] of golden.texts.entries())
      expect(tokenizer.encode(text, {allowedSpecial: 'all'})).to.deep.equal(saved.ids[i]);
  });

  it('load again as the same tokenizer', () => {
    const {vocab, merges} = toVocabAndMerges(tokenizer);
    expect(fromTokenizerJson(toTokenizerJson(tokenizer)).spec).to.deep.equal(tokenizer.spec);
    expect(fromVocabAndMerges(vocab, merges).spec).to.deep.equal(tokenizer.spec);
    expect(fromVocabAndMerges(vocab, merges.replaceAll('\n', '\r\n')).spec).to.deep.equal(tokenizer.spec);
  });

  it('may write merges in the older way, and special tokens outside the vocabulary', () => {
    const file = JSON.parse(toTokenizerJson(tokenizer));
    file.model.merges = file.model.merges.map((pair: string[]) => pair.join(' '));
    delete file.model.vocab['<|endoftext|>'];
    expect(fromTokenizerJson(JSON.stringify(file)).spec).to.deep.equal(tokenizer.spec);
  });

  /** The file with one entry changed is refused, and the message says this. */
  function refused(path: string, value: unknown, message: string): void {
    const file = JSON.parse(toTokenizerJson(tokenizer));
    const keys = path.split('.');
    const last = keys.pop()!;
    keys.reduce((at, key) => at[key], file)[last] = value;
    expect(() => fromTokenizerJson(JSON.stringify(file)), message).to.throw(TokenizerSpecError, message);
  }

  it('of another kind are refused with the reason', () => {
    refused('model.type', 'WordPiece', '"WordPiece"');
    refused('normalizer', {type: 'NFC'}, 'normalizer');
    refused('pre_tokenizer.add_prefix_space', true, 'add_prefix_space');
    refused('pre_tokenizer.use_regex', false, 'use_regex');
    refused('pre_tokenizer', {type: 'Metaspace'}, 'Metaspace');
    refused('pre_tokenizer', null, 'pre_tokenizer');
    refused('model.byte_fallback', true, 'byte_fallback');
    refused('model.end_of_word_suffix', '</w>', 'end_of_word_suffix');
  });

  it('that are broken or hostile are refused with the place', () => {
    expect(() => fromTokenizerJson('{')).to.throw(TokenizerSpecError, 'not valid JSON');
    expect(() => fromTokenizerJson('[]')).to.throw(TokenizerSpecError, 'should be an object');
    expect(() => fromTokenizerJson('x'.repeat(64_000_001))).to.throw(TokenizerSpecError, 'at most 64 MB');
    refused('model', 5, 'Its “model” should be an object');
    refused('model.vocab', ['a'], 'Its “vocab” should be an object');
    refused('model.vocab.a', 1e9, 'has the id 1000000000');
    refused('model.vocab.a', '0', 'has the id "0"');
    refused('model.vocab.a', 5, 'have the same id, 5');
    refused('model.merges', {length: 3}, '“merges” should be a list');
    refused('model.merges.3', 7, 'Merge 3');
    refused('model.merges.3', ['a', {}], 'Merge 3');
    refused('added_tokens', [null], 'Entry 0 of “added_tokens”');
    refused('added_tokens.0.content', '', 'has no “content”');
    refused('added_tokens.0.id', 1, 'has two ids');
    expect(() => fromVocabAndMerges('{"a": 0}', 'a b')).to.throw(TokenizerSpecError, 'Merge 0');
  });

  it('are refused where the list of merges was cut short, wherever that was', () => {
    const {vocab, merges} = toVocabAndMerges(tokenizer);
    const whole = merges.trimEnd().length;
    for (let length = 0; length < whole; length += 7)
      expect(() => fromVocabAndMerges(vocab, merges.slice(0, length)), `${length} characters`).to.throw(
        TokenizerSpecError,
      );
    expect(() => fromVocabAndMerges(vocab, merges.split('\n').slice(0, 90).join('\n'))).to.throw(
      TokenizerSpecError,
      /^The list of merges is not complete: it has 89, and none makes “.+” and 10 more tokens of the vocabulary/,
    );
    expect(fromVocabAndMerges(vocab, merges.slice(0, whole)).spec).to.deep.equal(tokenizer.spec);
    const file = JSON.parse(toTokenizerJson(tokenizer));
    refused('model.merges', file.model.merges.slice(0, 99), 'The list of merges is not complete: it has 99');
  });

  it('that are refused echo no more than a line of themselves', () => {
    const long = 'x'.repeat(200_000);
    for (const [path, value] of [
      ['model.type', long],
      ['normalizer', {type: long}],
      [`model.vocab.${long}`, 1e9],
      ['model.merges.3', [long, long]],
      ['model.merges.3', {long}],
      ['added_tokens', long],
      ['added_tokens.0.id', long],
    ] as const) {
      const file = JSON.parse(toTokenizerJson(tokenizer));
      const keys = path.split('.');
      const last = keys.pop()!;
      keys.reduce((at, key) => at[key], file)[last] = value;
      let message = '';
      try {
        fromTokenizerJson(JSON.stringify(file));
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message.length, path.slice(0, 30)).to.be.within(1, 300);
    }
  });

  it('may hold a token named __proto__', () => {
    const file = JSON.parse(toTokenizerJson(tokenizer));
    const json = JSON.stringify(file).replace('"vocab":{', `"vocab":{"__proto__":${tokenizer.vocabSize},`);
    const loaded = fromTokenizerJson(json);
    expect(loaded.token(tokenizer.vocabSize)).to.equal('__proto__');
    expect(fromTokenizerJson(toTokenizerJson(loaded)).spec).to.deep.equal(loaded.spec);
  });
});
