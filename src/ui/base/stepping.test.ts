import {expect} from '@open-wc/testing';
import {stepFor} from './stepping.js';

describe('stepFor', () => {
  const step = (key: string, init: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent('keydown', {key, cancelable: true, ...init});
    return [stepFor(event, {current: 2, first: 1, last: 3}), event.defaultPrevented];
  };

  it('goes forward by → and Space, back by ←, to the ends by Home and End, and prevents what the key does itself', () => {
    expect(step('ArrowRight')).to.deep.equal([3, true]);
    expect(step(' ')).to.deep.equal([3, true]);
    expect(step('ArrowLeft')).to.deep.equal([1, true]);
    expect(step('Home')).to.deep.equal([1, true]);
    expect(step('End')).to.deep.equal([3, true]);
  });

  it('stays within the ends, and leaves other keys and shortcuts alone', () => {
    const right = new KeyboardEvent('keydown', {key: 'ArrowRight'});
    expect(stepFor(right, {current: 3, last: 3})).to.equal(3);
    expect(step('Enter')).to.deep.equal([undefined, false]);
    expect(step('ArrowRight', {altKey: true})).to.deep.equal([undefined, false]);
  });
});
