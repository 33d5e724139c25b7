import {expect} from '@open-wc/testing';
import {isByteLabel, tokenLabels} from './token-label.js';

const utf8 = new TextDecoder();
const ALL = [[0x20, 0x61], [0xe2], [0xe2, 0x80], [0xe2, 0x80, 0x99]].map((bytes) => Uint8Array.from(bytes));
const tokenizer = {
  vocabSize: ALL.length,
  token: (id: number) => utf8.decode(ALL[id]),
  bytes: (id: number) => ALL[id]!,
};
const labels = tokenLabels(tokenizer, [0, 1, 2, 3, 4]);

describe('tokenLabels', () => {
  it('shows a token as text, a part of a letter by its bytes, and a row without a token by its id', () => {
    expect(labels).to.deep.equal([' a', '⟨E2⟩', '⟨E2\u202F80⟩', '’', '4']);
  });

  it('makes labels of bytes that isByteLabel tells from text', () => {
    expect(labels.map(isByteLabel)).to.deep.equal([false, true, true, false, false]);
    expect(isByteLabel('⟨x⟩')).to.equal(false);
  });
});
