import {fixture, html} from '@open-wc/testing';
import {until} from '../testing/until.js';
import {sideways} from './sideways.js';

describe('the directive sideways', () => {
  it('tells on which sides a box hides something, as it scrolls and changes its width', async () => {
    const box = await fixture<HTMLElement>(
      html`<div ${sideways()} style="width: 100px; overflow-x: auto"><div style="width: 300px; height: 9px"></div></div>`,
    );
    await until(() => box.dataset.hides === 'right', 'more to the right');
    box.scrollLeft = 50;
    await until(() => box.dataset.hides === 'left right', 'more on both sides');
    box.scrollLeft = 200;
    await until(() => box.dataset.hides === 'left', 'more to the left');
    box.style.width = '400px';
    await until(() => box.dataset.hides === '', 'nothing hidden');
  });
});
