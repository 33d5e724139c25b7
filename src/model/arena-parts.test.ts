import {expect} from '@open-wc/testing';
import {arenaParts, learningParts, piecesIn} from './arena-parts.js';
import {normalizeConfig} from './config.js';
import {fineTuningLayout, learningLayout} from './fine-tuning.js';
import {parameterLayout} from './parameters.js';

const DEFAULT_BINDING = 128 * 2 ** 20;
const GPT2 = normalizeConfig({embDim: 768, nHeads: 12, nLayers: 12, tieWeights: false, qkvBias: true});

describe('an arena that is cut into buffers', () => {
  it('has one part where it fits', () => {
    const layout = parameterLayout(GPT2);
    expect(arenaParts(layout, Number.POSITIVE_INFINITY)).to.deep.equal([{first: 0, length: layout.length}]);
    expect(arenaParts(layout, 4 * layout.length)).to.have.length(1);
    expect(arenaParts(layout, 4 * layout.length - 4).length).to.be.above(1);
  });

  it('covers GPT-2 small with buffers that every WebGPU device can bind, and cuts only its tables', () => {
    const layout = parameterLayout(GPT2);
    const parts = arenaParts(layout, DEFAULT_BINDING);
    expect(parts).to.have.length(6); // 652 MB in pieces of 134
    let next = 0;
    for (const {first, length} of parts) {
      expect(first).to.equal(next);
      expect(first % 64, 'a binding begins at a multiple of 256 bytes').to.equal(0);
      expect(4 * length).to.be.at.most(DEFAULT_BINDING);
      next = first + length;
    }
    expect(next).to.equal(layout.length);
    const cut = layout.slots.filter(({offset, size}) => piecesIn(parts, offset, size).length > 1);
    expect(cut.map(({name}) => name)).to.deep.equal(['wte.weight', 'lm_head.weight']);
    for (const {offset, size} of cut)
      for (const {from, count} of piecesIn(parts, offset, size))
        expect([from % (64 * 768), count % 768]).to.deep.equal([0, 0]);
  });

  it('keeps a norm’s γ and β together, wherever the limit falls', () => {
    const config = normalizeConfig({
      ...{vocabSize: 70, contextLength: 4, embDim: 16, nHeads: 2, nLayers: 3},
      tieWeights: true,
    });
    const layout = parameterLayout(config);
    const partOf = (name: string, parts: ReturnType<typeof arenaParts>) => {
      const {offset, size} = layout.slots.find((slot) => slot.name === name)!;
      return piecesIn(parts, offset, size).map(({part}) => part);
    };
    for (let numbers = 1024; numbers < layout.length; numbers += 64) {
      const parts = arenaParts(layout, 4 * numbers);
      for (const norm of ['h.0.ln_1', 'h.1.ln_2', 'h.2.ln_1', 'ln_f'])
        expect(partOf(`${norm}.weight`, parts), `${norm} at ${numbers}`).to.deep.equal(
          partOf(`${norm}.bias`, parts),
        );
      for (const {length} of parts) expect(length).to.be.at.most(Math.max(numbers, 64 * 16));
    }
  });

  it('has its trained numbers in the same parts, packed', () => {
    const config = normalizeConfig({
      ...{vocabSize: 200, contextLength: 4, embDim: 16, nHeads: 2, nLayers: 2},
      tieWeights: false,
    });
    for (const trainable of [
      undefined,
      (name: string) => name.startsWith('h.1.') || name === 'wte.weight',
      (name: string) => name === 'lm_head.weight',
    ]) {
      const tuning = {trainable, lora: {rank: 2, alpha: 2}};
      const layout = fineTuningLayout(config, tuning);
      const learning = learningLayout(layout, tuning);
      const parts = arenaParts(layout, 5000);
      const learned = learningParts(layout, learning, parts);
      expect(learned).to.have.length(parts.length);
      expect(learned.reduce((sum, {length}) => sum + length, 0)).to.equal(learning.length);
      for (const {name, offset, size} of learning.slots) {
        const slot = layout.slots.find((one) => one.name === name)!;
        const places = (list: typeof parts, start: number) =>
          piecesIn(list, start, size).map(({part, from, count}) => [part, from, count]);
        expect(places(learned, offset), name).to.deep.equal(places(parts, slot.offset));
      }
    }
  });
});
