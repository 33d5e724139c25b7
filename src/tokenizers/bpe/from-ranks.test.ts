import {expect} from '@open-wc/testing';
import golden from '../golden/tiktoken.json';
import {loadTiktoken} from '../tiktoken.js';
import {TokenizerSpecError} from '../tokenizer.js';
import {bpeFromRanks} from './from-ranks.js';
import type {BpeSpec} from './spec.js';
import {BytePairTokenizer} from './tokenizer.js';

describe('bpeFromRanks', () => {
  let spec: BpeSpec;
  before(async () => {
    spec = bpeFromRanks(await loadTiktoken('gpt2'));
  });

  it('finds the 50,000 merges of GPT-2’s merges.txt, in their order', () => {
    expect(spec.merges).to.have.length(50_000);
    expect(spec.merges.slice(0, 8)).to.deep.equal(['Ġ t', 'Ġ a', 'h e', 'i n', 'r e', 'o n', 'Ġt he', 'e r']);
    expect(spec.vocab[50_256]).to.equal('<|endoftext|>');
    expect(spec.vocab.slice(0, 3)).to.deep.equal(['!', '"', '#']);
    expect(spec.specialTokens).to.deep.equal(['<|endoftext|>']);
  });

  it('gives a tokenizer with the ids of tiktoken', async () => {
    const [tiktoken, own] = [await loadTiktoken('gpt2'), new BytePairTokenizer(spec)];
    for (const text of golden.strings)
      expect(own.encode(text, {allowedSpecial: 'all'}), JSON.stringify(text.slice(0, 40))).to.deep.equal(
        tiktoken.encode(text, {allowedSpecial: 'all'}),
      );
  });

  it('refuses other encodings', async () => {
    const other = await loadTiktoken('cl100k_base');
    expect(() => bpeFromRanks(other)).to.throw(TokenizerSpecError, 'Choose the tokenizer gpt2');
  });
});
