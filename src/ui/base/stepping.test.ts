import {expect} from '@open-wc/testing';
import {arrowStep, indexFor, stepFor} from './stepping.js';

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

describe('keys that move in a row or a table', () => {
  const pressed = (key: string, init: KeyboardEventInit = {}) =>
    new KeyboardEvent('keydown', {key, cancelable: true, ...init});

  it('lead along a row, and stay within it', () => {
    const from = (current: number, key: string) => indexFor(pressed(key), current, 4);
    expect(from(1, 'ArrowRight')).to.equal(2);
    expect(from(0, 'ArrowLeft')).to.equal(0);
    expect(from(1, 'Home')).to.equal(0);
    expect(from(1, 'End')).to.equal(3);
    expect(from(1, 'ArrowDown')).to.equal(undefined);
  });

  it('point up, down, left and right', () => {
    const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home'];
    expect(keys.map((key) => arrowStep(pressed(key)))).to.deep.equal([
      [-1, 0],
      [1, 0],
      [0, -1],
      [0, 1],
      undefined,
    ]);
  });

  it('are left to the browser together with Alt, Cmd or Ctrl', () => {
    for (const modifier of ['altKey', 'metaKey', 'ctrlKey']) {
      const event = pressed('ArrowLeft', {[modifier]: true});
      expect([arrowStep(event), indexFor(event, 1, 4), event.defaultPrevented]).to.deep.equal([
        undefined,
        undefined,
        false,
      ]);
    }
  });
});
