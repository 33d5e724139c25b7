import {expect} from '@open-wc/testing';
import {readNumber} from '../testing/read-number.js';
import {number, power, visibleToken} from './format.js';

describe('a number as readers see it', () => {
  it('has three significant digits, and a minus sign of print', () => {
    expect(number(0.71834)).to.equal('0.718');
    expect(number(-12.3456)).to.equal('−12.3');
    expect(number(0.001)).to.equal('0.00100');
  });

  it('stays exact where it is whole and below a million', () => {
    expect(number(12_345)).to.equal('12,345');
    expect(number(0)).to.equal('0');
    expect(number(-3)).to.equal('−3');
  });

  it('is written as `Intl` writes it', () => {
    for (const digits of [1, 2, 3]) {
      const intl = new Intl.NumberFormat('en', {
        minimumSignificantDigits: digits,
        maximumSignificantDigits: digits,
      });
      for (const value of [
        0.0012345, 0.09996, 0.5, 1.006, 9.996, 99.96, 123.456, 999.7, 1234.6, 98_765.4, 999_999.4,
      ])
        for (const signed of [value, -value])
          expect(number(signed, digits)).to.equal(intl.format(signed).replace('-', '−'));
    }
    for (const whole of [0, 7, 999, 1000, 123_456, -1000])
      expect(number(whole)).to.equal(whole.toLocaleString('en').replace('-', '−'));
  });

  it('is a power of ten where it is very small or very large', () => {
    expect(number(2.5e-7)).to.equal('2.50 × 10⁻⁷');
    expect(number(-0.00098765)).to.equal('−9.88 × 10⁻⁴');
    expect(number(1_234_567_890)).to.equal('1.23 × 10⁹');
    expect(number(6.02214e23)).to.equal('6.02 × 10²³');
    expect(number(3.2e-7, 1)).to.equal('3 × 10⁻⁷');
  });

  it('is the power alone where its factor is one digit, a 1', () => {
    expect(power(1e-7, 1)).to.equal('10⁻⁷');
    expect(power(-1e-7, 1)).to.equal('−1 × 10⁻⁷');
    expect(power(1e-7)).to.equal('1.00 × 10⁻⁷');
  });

  it('says what is no number', () => {
    expect(number(Number.NaN)).to.equal('not a number');
    expect(number(Infinity)).to.equal('∞');
    expect(number(-Infinity)).to.equal('−∞');
  });

  it('can be read back', () => {
    for (const value of [0.718, -12.3, 2.5e-7, -9.88e-4, 1.23e9, 12_345, 6.02e23])
      expect(readNumber(number(value))).to.equal(value);
    expect(readNumber(power(1e-7, 1))).to.equal(1e-7);
  });
});

describe('a token as readers see it', () => {
  it('has no invisible characters, and its bytes as they are', () => {
    expect(visibleToken(' a\n\u00A0\0')).to.equal('·a↵⍽␀');
    expect(visibleToken('⟨E2\u202F80⟩')).to.equal('⟨E2\u202F80⟩');
  });
});
