import {expect} from '@open-wc/testing';
import {CanvasTexts} from './canvas-texts.js';
import type {Check} from './check.js';
import type {Stage} from './stage.js';
import {nameOf, textLeaves} from './visible.js';

/** Readers who set larger letters get all of each word. */
export const keepsLargeText: Check = {
  title: 'clips no text in a page whose root font is 20 px',
  async run(stage) {
    const usual = await clippedAt(stage, 16);
    const large = await clippedAt(stage, 20);
    expect(large.filter((name) => !usual.includes(name))).to.deep.equal([]);
  },
};

async function clippedAt(stage: Stage, px: number): Promise<string[]> {
  const texts = new CanvasTexts();
  document.documentElement.style.fontSize = `${px}px`;
  try {
    const {harness} = await stage.mount({style: 'width: 600px'});
    return [...textLeaves(harness.root).filter(isClipped).map(nameOf), ...texts.clipped];
  } finally {
    document.documentElement.style.fontSize = '';
    texts.end();
    stage.clear();
  }
}

/** Whether an element, or a box around it that does not scroll, hides part of its text. */
function isClipped(leaf: HTMLElement): boolean {
  const range = document.createRange();
  range.selectNodeContents(leaf);
  const text = range.getBoundingClientRect();
  for (let box: HTMLElement | null = leaf; box; box = box.parentElement) {
    const {overflowX, overflowY, textOverflow} = getComputedStyle(box);
    const {left, right, top, bottom} = box.getBoundingClientRect();
    if (/auto|scroll/.test(overflowX + overflowY)) return false; // the reader gets to the rest
    if (/hidden|clip/.test(overflowY) && (text.bottom > bottom + 2 || text.top < top - 2)) return true;
    if (
      /hidden|clip/.test(overflowX) &&
      textOverflow !== 'ellipsis' &&
      (text.right > right + 2 || text.left < left - 2)
    )
      return true;
  }
  return false;
}
