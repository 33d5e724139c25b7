import {expect} from '@open-wc/testing';
import {GPT_CONFIG_124M, type GPTConfig} from '../../model/config.js';
import {countParameters} from '../../model/parameters.js';
import {VARIANTS} from '../variant.js';
import {trainProgram} from './train-program.js';

/** 16 bytes a parameter (weight, gradient, two moments), and what forward saves for backward. */
function neededBytes(config: GPTConfig, batchSize: number): number {
  const {nLayers: L, embDim: C, contextLength: T, nHeads: H, vocabSize: V} = config;
  return 16 * countParameters(config) + 4 * batchSize * T * (L * (16 * C + H + 4) + 2 * C + 2 + V);
}

describe('a training program', () => {
  const GPT2 = {...GPT_CONFIG_124M, qkvBias: true, tieWeights: true};

  for (const [name, variant] of Object.entries(VARIANTS))
    it(`fits GPT-2 124M into the memory that it needs, and into WebGPU’s limits (${name})`, () => {
      const batchSize = 4;
      const program = trainProgram({config: GPT2, batchSize, dropout: false, variant});
      const perBlock = GPT2.embDim <= variant.fuseNormUpTo ? 12 : 14;
      expect(program.dispatches).length(8 + perBlock * GPT2.nLayers); // the first norm comes with the embedding

      const own = [...program.buffers.values()].reduce((sum, words) => sum + 4 * words, 0);
      const bytes = own + 3 * 4 * program.layout.length;
      expect(bytes / neededBytes(GPT2, batchSize)).within(1, 1.15);
      for (const {label, kernel, buffers, groups} of program.dispatches) {
        expect(Math.max(...groups), label).most(65535);
        expect(kernel.buffers.length, label).most(8);
        for (const {offset} of Object.values(buffers)) expect(offset % 64, label).equal(0);
      }
    });

  for (const tieWeights of [true, false])
    it(`fits GPT-2 124M into WebGPU’s default limits, in several buffers (${tieWeights ? 'tied' : 'untied'} head)`, () => {
      const pieceBytes = 128 * 2 ** 20;
      const config = {...GPT2, tieWeights};
      const spec = {config, batchSize: 2, dropout: true, variant: VARIANTS.gpu};
      const whole = trainProgram(spec);
      const cut = trainProgram({...spec, pieceBytes});
      expect([whole.parts.length, cut.parts.length]).deep.equal([1, tieWeights ? 4 : 6]);
      for (const {label, kernel, buffers, sizes, groups} of cut.dispatches) {
        expect(Math.max(...groups), label).most(65535);
        expect(Object.keys(sizes).length, label).most(16);
        expect(kernel.buffers.length, label).most(8);
        for (const {buffer, offset, length} of Object.values(buffers)) {
          expect(offset % 64, `${label}: ${buffer}`).equal(0);
          expect(4 * length, `${label}: ${buffer}`).most(pieceBytes);
        }
      }
      for (const [name, words] of cut.buffers) expect(4 * words, name).most(pieceBytes);
      const logits = [...cut.buffers.keys()].filter((name) => name.startsWith('logits')).length; // 412 MB
      const labels = ['head', 'softmax', 'cross-entropy', 'head backward', 'adamw'];
      const count = (label: string) => cut.dispatches.filter((one) => one.label === label).length;
      expect(labels.map(count)).deep.equal([logits, logits, logits, logits, cut.parts.length]);
      const bytes = ({buffers}: typeof cut) =>
        [...buffers.values()].reduce((sum, words) => sum + 4 * words, 0);
      expect(bytes(cut) / bytes(whole)).within(1, 1.001);
    });

  it('saves 7 C numbers’ room a block and token where activations take 16 bits', () => {
    const bytes = (stored: 'f32' | 'f16') => {
      const {buffers} = trainProgram({
        config: GPT2,
        batchSize: 1,
        dropout: false,
        variant: {...VARIANTS.gpu, stored},
      });
      return [...buffers.values()].reduce((sum, words) => sum + 4 * words, 0);
    };
    const {nLayers: L, embDim: C, contextLength: T} = GPT2;
    expect(bytes('f32') - bytes('f16')).closeTo(4 * T * (7 * L * C + C / 2), 4 * T * 8); // ln_f’s too
  });

  it('needs 14 pipelines however deep the model, and one more where norms are dispatches of their own', () => {
    for (const variant of Object.values(VARIANTS)) {
      const most = GPT2.embDim <= variant.fuseNormUpTo ? 14 : 15;
      const {dispatches} = trainProgram({config: GPT2, batchSize: 1, dropout: true, variant});
      expect(new Set(dispatches.map(({kernel}) => kernel.code)).size).most(most);
    }
  });
});
