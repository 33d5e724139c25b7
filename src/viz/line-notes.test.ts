import {expect} from '@open-wc/testing';
import type {ChartFrame} from './chart-frame.js';
import {drawNotes} from './line-notes.js';
import {scaleLinear} from './scale.js';
import type {Surface} from './surface.js';
import type {Theme} from './theme.js';

const FRAME: ChartFrame = {
  x: scaleLinear([0, 100], [0, 300]),
  y: scaleLinear([0, 1], [100, 0]),
  left: 0,
  right: 300,
  top: 0,
  bottom: 100,
};

/** The words beside a point near the left end of the frame. */
function drawn(text: string): string {
  const texts: string[] = [];
  const surface = {path: () => {}, text: (one: string) => texts.push(one)} as unknown as Surface;
  drawNotes(surface, [{x: 1, y: 0.5, title: 'step 1', text}], FRAME, {} as Theme);
  return texts[1]!;
}

describe('notes beside a curve', () => {
  it('keep a text that fits, and cut one that does not, at an ellipsis', () => {
    expect(drawn('Mia had a red kite.')).to.equal('Mia had a red kite.');
    const cut = drawn('Mia had a red kite. She hid the kite in the barn.');
    expect(cut).to.match(/^Mia had a red kite\. .+…$/);
    expect(cut.length).to.be.below(45);
  });

  it('cut wide letters sooner than narrow ones', () => {
    expect(drawn('W'.repeat(60)).length).to.be.below(drawn('n'.repeat(60)).length);
    expect(drawn('n'.repeat(60)).length).to.be.below(drawn('i'.repeat(60)).length);
  });
});
