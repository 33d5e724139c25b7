import {expect} from '@open-wc/testing';
import {inThousands, shorten, show} from './shorten.js';

describe('values from outside in a sentence', () => {
  it('are 60 characters of a text at most, and no half of a pair', () => {
    expect(shorten('a'.repeat(60))).to.equal('a'.repeat(60));
    expect(shorten('a'.repeat(61))).to.equal(`${'a'.repeat(60)}…`);
    expect(shorten(`${'a'.repeat(59)}🦕🦕`)).to.equal(`${'a'.repeat(59)}…`);
  });

  it('are JSON, numbers as they are, and what JSON cannot have by its type', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    let deep: unknown = [];
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect([Number.NaN, '0', null, undefined, {a: [1]}, circle].map(show)).to.deep.equal([
      ...['NaN', '"0"', 'null', 'undefined', '{"a":[1]}'],
      'a value of the type object',
    ]);
    expect(show(deep).length, 'nested too deeply for some engines').to.be.at.most(61);
    expect(show('x'.repeat(1_000_000))).to.have.length(61);
  });

  it('are counts with a separator every three digits', () => {
    expect(inThousands(1_234_567)).to.equal('1,234,567');
    expect(inThousands(2n ** 40n)).to.equal('1,099,511,627,776');
  });
});
