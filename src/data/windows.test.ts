import {expect} from '@open-wc/testing';
import {uniformStream} from '../math/rng.js';
import {CorpusError} from './corpus.js';
import {checkLongEnough, coverage, largestContext, slidingWindows, splitTokens, windowAt} from './windows.js';

const tokens = Int32Array.from({length: 10}, (_, i) => 10 + i);

describe('slidingWindows', () => {
  it('gives the worked examples', () => {
    expect([...slidingWindows(10, 4, 4)]).to.deep.equal([0, 4]);
    expect([...slidingWindows(10, 4, 1)]).to.deep.equal([0, 1, 2, 3, 4, 5]);
    expect([...slidingWindows(5, 4, 3)]).to.deep.equal([0]);
    expect([...slidingWindows(4, 4, 1)]).to.deep.equal([]);
    expect([...slidingWindows(0, 4, 1)]).to.deep.equal([]);
  });

  it('gives as many as Python’s range(0, length − context, stride) does', () => {
    const next = uniformStream(3);
    for (let i = 0; i < 500; i++) {
      const [length, context, stride] = [60, 12, 15].map((most) => 1 + Math.floor(next() * most)) as [
        number,
        number,
        number,
      ];
      const range: number[] = [];
      for (let start = 0; start < length - context; start += stride) range.push(start);
      expect([...slidingWindows(length, context, stride)], `${[length, context, stride]}`).to.deep.equal(
        range,
      );
    }
  });

  it('refuses a context or a stride that is none', () => {
    expect(() => slidingWindows(10, 0, 1)).to.throw(RangeError, 'contextLength');
    expect(() => slidingWindows(10, 4, 0)).to.throw(RangeError, 'stride');
    expect(() => slidingWindows(10, 4, 1.5)).to.throw(RangeError, '1.5');
  });
});

describe('windowAt', () => {
  it('shifts the target by one', () => {
    const {input, target} = windowAt(tokens, 4, 4);
    expect([...input]).to.deep.equal([14, 15, 16, 17]);
    expect([...target]).to.deep.equal([15, 16, 17, 18]);
  });

  it('copies nothing', () => {
    expect(windowAt(tokens, 2, 3).input.buffer).to.equal(tokens.buffer);
  });

  it('refuses a window that does not fit', () => {
    expect([...windowAt(tokens, 5, 4).target]).to.deep.equal([16, 17, 18, 19]);
    expect(() => windowAt(tokens, 6, 4)).to.throw(RangeError, 'needs 11 tokens');
    expect(() => windowAt(tokens, -1, 4)).to.throw(RangeError);
  });
});

describe('coverage', () => {
  it('is what one counts token by token', () => {
    for (let length = 0; length < 40; length++)
      for (let context = 1; context < 9; context++)
        for (let stride = 1; stride < 12; stride++) {
          const reads = new Array<number>(length).fill(0);
          const starts = slidingWindows(length, context, stride);
          for (const start of starts) for (let i = 0; i < context; i++) reads[start + i]!++;
          expect(coverage(length, context, stride), `${[length, context, stride]}`).to.deep.equal({
            windows: starts.length,
            read: reads.filter((n) => n > 0).length,
            readAgain: reads.filter((n) => n > 1).length,
            unread: reads.filter((n) => n === 0).length,
          });
        }
  });
});

describe('splitTokens', () => {
  it('cuts once and loses nothing', () => {
    const {train, validation} = splitTokens(tokens, 0.8);
    expect([...train, ...validation]).to.deep.equal([...tokens]);
    expect(validation.length).to.equal(2);
  });

  it('refuses a share that leaves a part empty', () => {
    for (const share of [0, 1, -0.1, Number.NaN])
      expect(() => splitTokens(tokens, share)).to.throw(RangeError);
  });
});

describe('largestContext', () => {
  it('is the largest power of two whose windows fit in both parts', () => {
    expect(largestContext(100, 0.9)).to.equal(8);
    expect(largestContext(30, 0.9)).to.equal(2);
    for (const length of [30, 100, 646, 5000]) {
      const context = largestContext(length, 0.9)!;
      checkLongEnough(length, context, 0.9);
      expect(() => checkLongEnough(length, 2 * context, 0.9)).to.throw(CorpusError);
    }
    expect(largestContext(10, 0.9)).to.equal(undefined);
  });
});

describe('checkLongEnough', () => {
  it('names what there is, what is needed and what to do', () => {
    try {
      checkLongEnough(100, 64, 0.9);
      expect.fail('no error');
    } catch (error) {
      expect(error).to.be.instanceOf(CorpusError);
      expect((error as CorpusError).code).to.equal('too-short');
      expect((error as CorpusError).message)
        .to.contain('100 tokens')
        .and.to.contain('646 tokens')
        .and.to.contain('longer text or a smaller context');
    }
  });

  it('asks for exactly as many as are enough', () => {
    for (const context of [1, 4, 64, 256])
      for (const share of [0.1, 0.5, 0.8, 0.9, 0.95]) {
        let needed = 1;
        const fits = (n: number) => {
          const {train, validation} = splitTokens(new Int32Array(n), share);
          return (
            slidingWindows(train.length, context, 1).length > 0 &&
            slidingWindows(validation.length, context, 1).length > 0
          );
        };
        while (!fits(needed)) needed++;
        expect(() => checkLongEnough(needed, context, share)).to.not.throw();
        expect(() => checkLongEnough(needed - 1, context, share)).to.throw(
          CorpusError,
          `that takes ${needed.toLocaleString('en')} token`,
        );
      }
  });
});
