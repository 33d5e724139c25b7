import {expect} from '@open-wc/testing';
import type {LayoutInput} from '../layout/map-layout.js';
import {allNodes} from '../layout/map-layout.js';
import {type DrawnOptions, sceneFor} from '../testing/drawn-map.js';
import {madeUpPass, type Size} from '../testing/made-up-pass.js';
import {crossedBy, overlaps, TextBoxSurface} from '../testing/text-boxes.js';
import {drawMap} from './draw-map.js';

const TALE = ['Mia', ' saw', ' a', ' kite', ' and', ' a', ' drum', '.', ' She', ' took', ' the'];
const SMALL = {nLayers: 2, nHeads: 4, embDim: 96};

const TEXTS: [string, Size][] = [
  ['1 token', {...SMALL, tokens: ['Mia']}],
  ['2 tokens', {...SMALL, tokens: ['Mia', ' saw']}],
  ['5 tokens', {...SMALL, tokens: TALE.slice(0, 5)}],
  ['11 tokens', {...SMALL, tokens: TALE}],
  [
    '16 tokens, some long',
    {...SMALL, tokens: [...TALE, ' wonderful', ' blanket', ' to', ' Grandmother', ' the']},
  ],
  ['1 block', {...SMALL, nLayers: 1, tokens: TALE}],
  ['3 blocks', {...SMALL, nLayers: 3, tokens: TALE}],
  ['12 blocks of 12 heads', {nLayers: 12, nHeads: 12, embDim: 768, tokens: TALE}],
];
const WIDTHS = [288, 350, 600, 700, 900, 1100, 1184, 1440];
const COMPACT_WIDTHS = [288, 350, 600, 900, 1184, 1440];
/** What a reader can open, in each of the forms that the map then takes. */
const OPENED = [
  'embed.token',
  'embed.position',
  'h.0.attn.0',
  'h.0.attn.1',
  'h.1.attn.3',
  'h.0.mlp',
  'h.1.mlp',
];

/** Returns the texts that lie over each other. */
function textsOver(size: Size, width: number, options: DrawnOptions = {}): string[] {
  const {layout, view} = sceneFor(madeUpPass(size), width, options.chosen ?? size.tokens.length - 1, options);
  const surface = new TextBoxSurface();
  drawMap(surface, layout, view);
  return overlaps(surface.boxes, layout);
}

const opening = (part: string): LayoutInput['opened'] => new Map([[part, 1]]);

describe('the words of the map', () => {
  for (const [name, size] of TEXTS) {
    it(`do not lie over each other at any width (${name})`, () => {
      for (const width of WIDTHS) expect(textsOver(size, width), `${width} px`).to.deep.equal([]);
    });

    it(`do not lie over each other in the compact form (${name})`, () => {
      for (const width of COMPACT_WIDTHS)
        expect(textsOver(size, width, {compact: true}), `${width} px`).to.deep.equal([]);
    });

    it(`do not lie over each other while a part is open (${name})`, () => {
      for (const width of [700, 900, 1184, 1440])
        for (const part of OPENED.filter((one) => size.nLayers > Number(/^h\.(\d)/.exec(one)?.[1] ?? 0)))
          expect(
            textsOver(size, width, {opened: opening(part), focus: part}),
            `${part} at ${width} px`,
          ).to.deep.equal([]);
    });

    it(`do not lie over each other whichever token is chosen or pointed at (${name})`, () => {
      for (const chosen of [0, Math.floor(size.tokens.length / 2)])
        for (const hovered of [undefined, size.tokens.length - 1])
          expect(textsOver(size, 1184, {chosen, hovered}), `token ${chosen}`).to.deep.equal([]);
    });

    it(`are not crossed by the sides of a chosen part’s frame (${name})`, () => {
      for (const width of [900, 1184])
        for (const part of OPENED)
          for (const opened of [undefined, opening(part)]) {
            const {layout, view} = sceneFor(madeUpPass(size), width, size.tokens.length - 1, {
              opened,
              focus: part,
            });
            const surface = new TextBoxSurface();
            drawMap(surface, layout, view);
            const frame = [...allNodes(layout.nodes)].find(({id}) => id === part)?.rect;
            if (frame) expect(crossedBy(frame, surface.boxes), `${part} at ${width} px`).to.deep.equal([]);
          }
    });
  }
});
