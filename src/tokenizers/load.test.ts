import {expect} from '@open-wc/testing';
import {loadTokenizer} from './load.js';
import {streamDecoder} from './stream.js';
import type {TokenizerChoice} from './tokenizer.js';
import {visibleWhitespace} from './visible.js';

describe('loadTokenizer', () => {
  it('makes a character tokenizer from the corpus', async () => {
    const tokenizer = await loadTokenizer('char', 'banana');
    expect(tokenizer.spec).to.deep.equal({kind: 'char', vocab: ['a', 'b', 'n']});
  });

  it('makes the same tokenizer again from its spec, after a trip through JSON', async () => {
    for (const choice of ['char', 'word', 'gpt2'] as const) {
      const first = await loadTokenizer(choice, 'Mia saw a kite.');
      const again = await loadTokenizer(JSON.parse(JSON.stringify(first.spec)));
      expect(again.spec).to.deep.equal(first.spec);
      expect(again.vocabSize).to.equal(first.vocabSize);
      expect(again.encode('a kite.')).to.deep.equal(first.encode('a kite.'));
    }
  });

  it('says what is missing', async () => {
    expect(await message('char')).to.contain('give it a corpus');
    expect(await message('gpt5' as TokenizerChoice))
      .to.contain('gpt5')
      .and.to.contain('cl100k_base');
    expect(await message({kind: 'syllable'} as unknown as TokenizerChoice)).to.contain('syllable');
  });
});

async function message(choice: TokenizerChoice): Promise<string> {
  return loadTokenizer(choice).then(
    () => 'no error',
    (error: Error) => error.message,
  );
}

describe('streamDecoder', () => {
  it('gives an emoji with its last token and loses nothing', async () => {
    const tokenizer = await loadTokenizer('gpt2');
    const text = 'a 🦕 b 世界';
    const ids = tokenizer.encode(text);
    const next = streamDecoder(tokenizer);
    const pieces = ids.map((id) => next(id));
    expect(pieces.join('') + next()).to.equal(text);
    expect(pieces).to.include('').and.to.include('🦕');
    expect(pieces.join('')).to.not.contain('\ufffd');
  });

  it('shows a character that was cut off as U+FFFD at the end', async () => {
    const tokenizer = await loadTokenizer('gpt2');
    const next = streamDecoder(tokenizer);
    expect(next(tokenizer.encode('世')[0])).to.equal('');
    expect(next()).to.equal('\ufffd');
  });
});

describe('visibleWhitespace', () => {
  it('marks spaces, newlines and tabs, and leaves the rest', () => {
    expect(visibleWhitespace(' a b\n\tc\r\n')).to.equal('·a·b↵⇥c␍↵');
    expect(visibleWhitespace('é世🦕.')).to.equal('é世🦕.');
  });

  it('leaves no control character invisible', () => {
    expect(visibleWhitespace('\0\x07\x7f\x85\u00a0')).to.equal('␀␇␡\\x85⍽');
  });
});
