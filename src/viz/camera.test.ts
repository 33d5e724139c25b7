import {expect, fixture, html} from '@open-wc/testing';
import {Camera} from './camera.js';

describe('Camera', () => {
  it('zooms by about a third for one notch of a wheel, and gently while two fingers pinch', async () => {
    const element = await fixture<HTMLElement>(html`<div style="width: 100px; height: 100px"></div>`);
    const camera = new Camera(element, 40, () => undefined);
    const factorOf = (init: WheelEventInit): number => {
      camera.reset();
      element.dispatchEvent(
        new WheelEvent('wheel', {ctrlKey: true, cancelable: true, view: window, ...init}),
      );
      return camera.view.k;
    };
    expect(factorOf({deltaY: -100})).to.be.closeTo(1.3, 0.001);
    expect(factorOf({deltaY: -3, deltaMode: WheelEvent.DOM_DELTA_LINE})).to.be.closeTo(1.3, 0.001);
    expect(factorOf({deltaY: -4})).to.be.within(1.02, 1.1);
    expect(factorOf({deltaY: -100, ctrlKey: false}), 'the page scrolls').to.equal(1);
  });
});
