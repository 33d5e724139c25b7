import {expect} from '@open-wc/testing';
import type {Check} from './check.js';

export const isAccessible: Check = {
  title: 'has no fault that axe finds',
  async run(stage) {
    const {element} = await stage.mount();
    await expect(element).to.be.accessible();
  },
};
