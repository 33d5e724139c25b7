import {expect} from '@open-wc/testing';
import type {Check} from './check.js';
import {nameOf, visibleElements} from './visible.js';

const WIDTH = 320;

export const fitsNarrow: Check = {
  title: 'fits a page of 320 px without scrolling it sideways',
  async run(stage) {
    const {harness, box} = await stage.mount({style: `width: ${WIDTH}px`});
    await harness.until(() => box.scrollWidth <= WIDTH, 'a drawing that fits', 3000).catch(() => {});
    const edge = box.getBoundingClientRect().right + 1;
    const widest = visibleElements(harness.root).find(
      (element) => element.getBoundingClientRect().right > edge,
    );
    expect(box.scrollWidth, widest && nameOf(widest)).to.be.at.most(WIDTH);
  },
};
