import {expect} from '@open-wc/testing';
import {placeChips} from './chips.js';

describe('placeChips', () => {
  it('breaks a row before the chip that would go beyond the width', () => {
    const {chips, height} = placeChips([{text: 'aaaa'}, {text: 'bb'}, {text: 'cccccc'}], 80);
    const lines = chips.map(({y}) => y);
    expect(lines[0]).to.equal(0);
    expect(lines[1]).to.equal(0);
    expect(lines[2]).to.be.above(0);
    expect(chips[2]!.x).to.equal(0);
    expect(height).to.be.above(lines[2]!);
    for (const {x, width} of chips) expect(x + width).to.be.at.most(80);
  });

  it('gives a character of an East Asian script, and an emoji, the width of two letters', () => {
    const {chips} = placeChips([{text: '世🙂'}, {text: 'abcd'}], 1000);
    expect(chips[0]!.width).to.equal(chips[1]!.width);
  });

  it('makes a chip as wide as a note that is longer than its text', () => {
    const [short, long] = placeChips([{text: 'a'}, {text: 'a', note: '1234567'}], 1000).chips;
    expect(long!.width).to.be.above(short!.width);
  });

  it('needs no room for no chips', () => {
    expect(placeChips([], 100).height).to.equal(0);
  });
});
