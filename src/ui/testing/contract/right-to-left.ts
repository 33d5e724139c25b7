import {expect} from '@open-wc/testing';
import {CanvasTexts} from './canvas-texts.js';
import type {Check} from './check.js';
import type {Stage} from './stage.js';
import {nameOf, textLeaves} from './visible.js';

/** Where the labels of a canvas stand, from its left edge. */
interface LabelPlace {
  name: string;
  offset: number;
}

export const readsRightToLeft: Check = {
  title: 'keeps labels at their cells, numbers in order and canvas texts whole in a right-to-left page',
  async run(stage) {
    const leftToRight = await look(stage, 'ltr');
    const rightToLeft = await look(stage, 'rtl');
    const moved = rightToLeft.labels.filter(
      ({name, offset}, i) =>
        Math.abs(offset - (leftToRight.labels[i]?.offset ?? offset)) > 2 &&
        name === leftToRight.labels[i]!.name,
    );
    expect(
      moved.map(({name}) => name),
      'labels that left their cells',
    ).to.deep.equal([]);
    expect(rightToLeft.turned, 'numbers that are turned around').to.deep.equal([]);
    const clipped = rightToLeft.clipped.filter((text) => !leftToRight.clipped.includes(text));
    expect(clipped, 'clipped texts of canvases').to.deep.equal([]);
  },
};

async function look(stage: Stage, direction: 'ltr' | 'rtl') {
  const page = document.documentElement;
  const texts = new CanvasTexts();
  page.dir = direction;
  try {
    const {harness} = await stage.mount({style: 'width: 600px'});
    return {
      labels: harness.all<HTMLCanvasElement>('canvas').flatMap(labelsOf),
      turned: textLeaves(harness.root).filter(isTurned).map(nameOf),
      clipped: texts.clipped,
    };
  } finally {
    page.removeAttribute('dir');
    texts.end();
    stage.clear();
  }
}

/** Texts in a row with others of their kind, above, below or beside a canvas: those stand for its columns and rows. */
function labelsOf(canvas: HTMLCanvasElement): LabelPlace[] {
  const box = canvas.getBoundingClientRect();
  let around: Element | null = canvas.parentElement;
  while (around && textLeaves(around).length === 0) around = around.parentElement;
  if (!around || box.width === 0) return [];
  return textLeaves(around)
    .filter((leaf) =>
      [...leaf.parentElement!.children].some(
        (other) => other !== leaf && leaf.className && other.className === leaf.className,
      ),
    )
    .map((leaf) => {
      const {left, width} = leaf.getBoundingClientRect();
      return {name: nameOf(leaf), offset: left + width / 2 - box.left};
    })
    .filter(({offset}) => offset > -box.width && offset < 2 * box.width);
}

/** Whether a number such as `.78`, `−3` or `78 %` ends where it should begin. */
function isTurned(leaf: HTMLElement): boolean {
  const node = [...leaf.childNodes].find(
    (child) => child instanceof Text && child.data.trim() !== '',
  ) as Text;
  const match = /(?:^|\s)([−+-]?[.\d][\d.,]*(?: ?%)?)(?=\s|$)/.exec(node.data);
  if (!match || match[1]!.length < 2) return false;
  const start = match.index + match[0].length - match[1]!.length;
  const left = (index: number): number => {
    const range = document.createRange();
    range.setStart(node, index);
    range.setEnd(node, index + 1);
    return range.getBoundingClientRect().left;
  };
  return left(start) > left(start + match[1]!.length - 1);
}
