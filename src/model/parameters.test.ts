import {expect} from '@open-wc/testing';
import {GPT_CONFIG_124M, type GPTConfig, normalizeConfig} from './config.js';
import golden from './golden/parameter-counts.json';
import {initialArena} from './init.js';
import {activationCount, checkMemory, estimateMemory, MemoryError} from './memory.js';
import {
  countParameters,
  parameterLayout,
  readArena,
  SLOT_ALIGNMENT,
  WeightsError,
  writeArena,
} from './parameters.js';
import {PRESETS} from './presets.js';

const small: GPTConfig = {
  vocabSize: 17,
  contextLength: 8,
  embDim: 12,
  nHeads: 3,
  nLayers: 2,
  dropRate: 0,
  qkvBias: true,
  tieWeights: false,
}; // prettier-ignore

describe('parameters', () => {
  it('counts GPT-2 small as the field does', () => {
    expect(countParameters(GPT_CONFIG_124M)).to.equal(163_009_536);
    expect(countParameters({...GPT_CONFIG_124M, tieWeights: true})).to.equal(124_412_160);
    expect(countParameters({...GPT_CONFIG_124M, tieWeights: true, qkvBias: true})).to.equal(124_439_808);
  });

  it('countParameters counts as PyTorch does, for 20 configurations', () => {
    expect(golden.cases).to.have.length(20);
    for (const {config, parameters} of golden.cases)
      expect(countParameters(normalizeConfig(config)), JSON.stringify(config)).to.equal(parameters);
  });

  it('lays slots out in order, aligned and without overlap', () => {
    const {slots, length} = parameterLayout(small);
    let end = 0;
    for (const slot of slots) {
      expect(slot.offset % SLOT_ALIGNMENT, slot.name).to.equal(0);
      expect(slot.offset, slot.name).to.be.at.least(end);
      end = slot.offset + slot.size;
    }
    expect(length).to.be.at.least(end);
    expect(slots.reduce((sum, {size}) => sum + size, 0)).to.equal(countParameters(small));
    expect(slots.find(({name}) => name === 'h.1.attn.c_attn.weight')!.shape).to.deep.equal([12, 36]);
    expect(slots.at(-1)!.name).to.equal('lm_head.weight');
  });

  it('decays matrices and embeddings only', () => {
    for (const {name, decay} of parameterLayout(small).slots)
      expect(decay, name).to.equal(!name.endsWith('bias') && !name.includes('ln_'));
  });

  it('leaves out what the configuration switches off', () => {
    const names = parameterLayout({...small, qkvBias: false, tieWeights: true}).slots.map(({name}) => name);
    expect(names).not.to.include('h.0.attn.c_attn.bias');
    expect(names).not.to.include('lm_head.weight');
  });

  it('writes and reads named tensors', () => {
    const layout = parameterLayout(small);
    const arena = initialArena(small, 1);
    const bias = {shape: [12], data: Float32Array.from({length: 12}, (_, i) => i)};
    writeArena(layout, arena, [['h.1.ln_2.bias', bias]]);
    expect(readArena(layout, arena, ['h.1.ln_2.bias']).get('h.1.ln_2.bias')).to.deep.equal(bias);
    expect(readArena(layout, arena).size).to.equal(layout.slots.length);
  });

  it('refuses weights of another model and changes nothing', () => {
    const layout = parameterLayout(small);
    const arena = initialArena(small, 1);
    const before = arena.slice();
    const good: [string, {shape: number[]; data: Float32Array}] = [
      'ln_f.bias',
      {shape: [12], data: new Float32Array(12).fill(9)},
    ];
    const wrongShape = {shape: [13], data: new Float32Array(13)};
    expect(() => writeArena(layout, arena, [good, ['ln_f.weight', wrongShape]])).to.throw(
      WeightsError,
      '[12]',
    );
    expect(() => writeArena(layout, arena, [good, ['ln_9.weight', wrongShape]])).to.throw(
      WeightsError,
      'ln_9',
    );
    expect(arena).to.deep.equal(before);
  });
});

describe('initial weights', () => {
  const {config} = PRESETS.micro;
  const {slots} = parameterLayout(config);
  const read = (arena: Float32Array, name: string) =>
    readArena(parameterLayout(config), arena, [name]).get(name)!.data;
  const std = (values: Float32Array) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);

  it('follow GPT-2', () => {
    const arena = initialArena(config, 7);
    for (const {name, shape} of slots) {
      const values = read(arena, name);
      if (shape.length === 1) {
        const expected = name.includes('ln_') && name.endsWith('weight') ? 1 : 0;
        expect(
          values.every((x) => x === expected),
          name,
        ).to.equal(true);
      } else {
        const expected = name.endsWith('c_proj.weight') ? 0.02 / Math.sqrt(2 * config.nLayers) : 0.02;
        expect(std(values), name).to.be.closeTo(expected, expected * 0.06);
      }
    }
  });

  it('depend on the seed alone', () => {
    expect(initialArena(config, 7)).to.deep.equal(initialArena(config, 7));
    expect(largestShare(initialArena(config, 7), initialArena(config, 8))).to.be.greaterThan(0.9);
  });

  /** Share of the matrices' entries that differ. */
  function largestShare(a: Float32Array, b: Float32Array): number {
    const matrices = slots.filter(({decay}) => decay);
    const total = matrices.reduce((sum, {size}) => sum + size, 0);
    const different = matrices.reduce((sum, {offset, size}) => {
      for (let i = offset; i < offset + size; i++) sum += a[i] === b[i] ? 0 : 1;
      return sum;
    }, 0);
    return different / total;
  }
});

describe('memory', () => {
  it('adds up weights, gradient, moments and activations', () => {
    const plan = {kernels: 'plan'} as const;
    const {weights, training} = estimateMemory(GPT_CONFIG_124M, 4, plan);
    expect(weights).to.equal(163_009_536 * 4);
    expect(training).to.equal(4 * (4 * 163_009_536 + activationCount(GPT_CONFIG_124M, 4, plan)));
    // B·T = 2, one block with one head
    const one = {...small, nLayers: 1, nHeads: 1, contextLength: 2, vocabSize: 5};
    expect(activationCount(one, 1, plan)).to.equal(2 * (16 * 12 + 5) + 2 * (11 * 12 + 5));
    expect(estimateMemory(one, 1).training, 'tfjs keeps more').to.be.above(
      estimateMemory(one, 1, plan).training,
    );
  });

  it('refuses what does not fit, with the numbers', () => {
    expect(() => checkMemory(GPT_CONFIG_124M, 8, 2e9)).to.throw(
      MemoryError,
      /163,009,536.*8 windows of 1024.*2\.0 GB/,
    );
    expect(() => checkMemory(GPT_CONFIG_124M, 0, 500e6)).to.throw(MemoryError, /652 MB.*500 MB/);
    expect(checkMemory(PRESETS.nano.config, 16, 1e9).training).to.be.lessThan(1e9);
  });
});
