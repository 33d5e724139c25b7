import {expect} from '@open-wc/testing';
import {stagesOf} from '../stages/stages.js';
import type {MapLayout} from './map-layout.js';
import {narrowLayout} from './narrow.js';
import {spotsOf} from './spots.js';
import {mlpNorm, wideLayout} from './wide.js';

const input = {
  nLayers: 2,
  nHeads: 4,
  embDim: 96,
  tokens: 11,
  chosen: 10,
  labelLengths: Array<number>(11).fill(4),
};
const LAYOUTS: [string, MapLayout][] = [
  ['wide', wideLayout({...input, width: 1200})],
  ['wide, compact', wideLayout({...input, width: 1200, compact: true})],
  ['12 blocks', wideLayout({...input, nLayers: 12, nHeads: 12, width: 1200, focus: 'h.1.mlp'})],
  ['narrow', narrowLayout({...input, width: 358})],
  ['narrow, compact', narrowLayout({...input, width: 358, compact: true})],
];

describe('the spots of stages', () => {
  for (const [name, layout] of LAYOUTS)
    it(`are inside the picture, with at least one for each stage (${name})`, () => {
      for (const {id, parts} of stagesOf({nLayers: 2})) {
        const spots = spotsOf(id, parts, layout, input.chosen);
        expect(spots, id).not.to.be.empty;
        for (const {x, y, width, height} of spots) {
          expect(Math.min(width, height), id).to.be.greaterThan(0);
          expect(x, id).to.be.at.least(-1);
          expect(y, id).to.be.at.least(0);
          expect(x + width, id).to.be.at.most(layout.width + 1);
          expect(y + height, id).to.be.at.most(layout.height + 1);
        }
      }
    });

  it('of the final norm, the logits and the probabilities differ', () => {
    const [, layout] = LAYOUTS[0]!;
    const [norm, logits, probs] = ['ln_f', 'logits', 'probs'].map(
      (id) => spotsOf(id, ['next'], layout, input.chosen)[0]!,
    );
    expect(norm!.x + norm!.width).to.be.below(logits!.x + logits!.width);
    expect(logits!.x + logits!.width).to.be.at.most(probs!.x + 1);
  });

  it('of a norm hold its bar and leave out the ⊕ beside it', () => {
    const layout = wideLayout({...input, width: 1184});
    const block = layout.blocks[0]!;
    const [norm] = spotsOf('h.0.ln_2', ['h.0.mlp'], layout, input.chosen);
    expect(norm!.x).to.be.at.least(block.attentionAdd + 4);
    expect(norm!.x + norm!.width).to.be.above(mlpNorm({mlp: block.mlp!, attentionAdd: block.attentionAdd}));
    const [out] = spotsOf('h.0.attn.out', ['h.0.attn'], layout, input.chosen);
    expect(out!.x + out!.width, 'reaches the ⊕').to.be.above(block.attentionAdd);
  });

  it('of an addition are a small part of its sublayer', () => {
    const [, layout] = LAYOUTS[0]!;
    const [add] = spotsOf('h.0.resid_mid', ['h.0.attn'], layout, input.chosen);
    const [scores] = spotsOf('h.0.attn.scores', ['h.0.attn'], layout, input.chosen);
    expect(add!.width * add!.height).to.be.below(0.1 * scores!.width * scores!.height);
  });
});
