import {expect} from '@open-wc/testing';
import {normalizeConfig} from '../../model/config.js';
import {checkFits, type Holding} from './memory.js';
import {loadedDtype} from './model-source.js';

/** What every WebGPU device can bind, on one with 8 GB. */
const PROMISED = {total: 8e9, largest: 128 * 2 ** 20};
const gpt2 = (embDim: number, nHeads: number, nLayers: number) =>
  normalizeConfig({embDim, nHeads, nLayers, tieWeights: true, qkvBias: true});
const SMALL = gpt2(768, 12, 12);

/** Why a model is refused; undefined where it is not. */
function refusal(config: typeof SMALL, kind: Holding): string | undefined {
  try {
    checkFits(config, 0, PROMISED, kind);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a device with WebGPU’s default limits', () => {
  it('holds GPT-2 small, medium, large and XL in 16 bits, each matrix by itself', () => {
    for (const config of [SMALL, gpt2(1024, 16, 24), gpt2(1280, 20, 36), gpt2(1600, 25, 48)]) {
      const dtype = loadedDtype({corpus: {kind: 'tiny-tales'}}, config);
      expect(dtype).to.equal('float16');
      expect(refusal(config, {dtype, loaded: true})).to.equal(undefined);
    }
  });

  it('holds GPT-2 small in 32 bits to be read, each matrix by itself', () => {
    expect(refusal(SMALL, {dtype: 'float32', loaded: true})).to.equal(undefined);
  });

  it('trains GPT-2 small with planned kernels, its weights and logits in several buffers', () => {
    checkFits(SMALL, 1, PROMISED, {dtype: 'float32', kernels: 'plan'});
  });

  it('refuses a batch whose activations are larger than one binding, with the numbers', () => {
    const train = () => checkFits(SMALL, 64, {...PROMISED, total: 1e12}, {dtype: 'float32', kernels: 'plan'});
    expect(train).to.throw(
      'One tensor of this model (a feed-forward layer’s activations of a batch) takes 805 MB; the largest that this device can hold is 134 MB. ' +
        'Choose a smaller preset, a smaller batch or a shorter context.',
    );
  });

  it('refuses to train GPT-2 small with the reference, whose weights are one tensor, with the numbers', () => {
    expect(refusal(SMALL, {dtype: 'float32'})).to.equal(
      'One tensor of this model (all weights together) takes 498 MB; the largest that this device can hold is 134 MB. Choose a smaller preset.',
    );
  });

  it('refuses a model with a matrix that is larger than one binding', () => {
    expect(refusal(gpt2(3072, 24, 1), {dtype: 'float16', loaded: true})).to.equal(
      'One tensor of this model (a matrix of its feed-forward layers) takes 151 MB; the largest that this device can hold is 134 MB. Choose a smaller model.',
    );
  });

  it('is given weights in 16 bits by default where 32 would not fit one binding', () => {
    const wide = gpt2(512, 8, 4); // 155 MB in 32 bits
    expect(loadedDtype({corpus: {kind: 'tiny-tales'}}, wide)).to.equal('float16');
    expect(loadedDtype({corpus: {kind: 'tiny-tales'}, dtype: 'float32'}, wide)).to.equal('float32');
  });
});
