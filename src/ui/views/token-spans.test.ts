import {expect} from '@open-wc/testing';
import {spanAt, spanOf, tokenSpans} from './token-spans.js';

const shown = (text: string, lengths: number[]) =>
  tokenSpans(text, lengths).map(({start, end, first, count}) => [text.slice(start, end), first, count]);

describe('tokenSpans', () => {
  it('gives each token its characters', () => {
    expect(shown('Hello, I', [5, 1, 2])).to.deep.equal([
      ['Hello', 0, 1],
      [',', 1, 1],
      [' I', 2, 1],
    ]);
  });

  it('takes tokens together that cut a character', () => {
    // é: 2 bytes, 😀: 4, cut as in GPT-2
    expect(shown('é😀!', [1, 1, 3, 1, 1])).to.deep.equal([
      ['é', 0, 2],
      ['😀', 2, 2],
      ['!', 4, 1],
    ]);
    expect(shown('a世', [2, 2])).to.deep.equal([['a世', 0, 2]]);
  });

  it('counts a lone surrogate as the U+FFFD that it becomes', () => {
    expect(shown('a\ud800b', [1, 3, 1])).to.deep.equal([
      ['a', 0, 1],
      ['\ud800', 1, 1],
      ['b', 2, 1],
    ]);
  });

  it('stops where the tokens stop', () => {
    expect(shown('one two', [3])).to.deep.equal([['one', 0, 1]]);
    expect(tokenSpans('', [])).to.deep.equal([]);
  });

  it('is found by character and by token', () => {
    const spans = tokenSpans('é😀!', [1, 1, 3, 1, 1]);
    expect(spanAt(spans, 2)?.first).to.equal(2);
    expect(spanAt(spans, 4)).to.equal(undefined);
    expect(spanOf(spans, 3)).to.equal(spans[1]);
    expect(spanOf(spans, 5)).to.equal(undefined);
  });
});
