import {expect} from '@open-wc/testing';
import {normalizeConfig} from '../../model/config.js';
import type {WeightDtype} from '../../model/memory.js';
import {adviceOnLoading, checkFits} from './memory.js';
import {loadedDtype} from './model-source.js';

/** What every WebGPU device can bind, on one with 8 GB. */
const PROMISED = {total: 8e9, largest: 128 * 2 ** 20};
const gpt2 = (embDim: number, nHeads: number, nLayers: number) =>
  normalizeConfig({embDim, nHeads, nLayers, tieWeights: true, qkvBias: true});
const SMALL = gpt2(768, 12, 12);

/** Why a model is refused when it is loaded; undefined where it is not. */
function refusal(config: typeof SMALL, dtype: WeightDtype): string | undefined {
  try {
    checkFits(config, 0, PROMISED, {dtype}, adviceOnLoading(dtype));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a device with WebGPU’s default limits', () => {
  it('holds GPT-2 small, medium and large in 16 bits, each matrix by itself', () => {
    for (const config of [SMALL, gpt2(1024, 16, 24), gpt2(1280, 20, 36)])
      expect(refusal(config, loadedDtype({corpus: {kind: 'tiny-tales'}}, config))).to.equal(undefined);
  });

  it('refuses GPT-2 XL, whose table of tokens is larger than one binding, with the numbers', () => {
    expect(refusal(gpt2(1600, 25, 48), 'float16')).to.equal(
      'One tensor of this model (the token embedding in 16 bits) takes 161 MB; the largest that this device can hold is 134 MB. Choose a smaller model.',
    );
  });

  it('refuses GPT-2 small in 32 bits, and says that 16 are enough', () => {
    expect(refusal(SMALL, 'float32')).to.equal(
      'One tensor of this model (all weights together) takes 498 MB; the largest that this device can hold is 134 MB. Leave out dtype="float32": the weights are then held in 16 bits, each matrix by itself.',
    );
  });

  it('is given nothing in 32 bits by default that it cannot hold in one piece', () => {
    const wide = gpt2(512, 8, 4); // 155 MB in 32 bits
    expect(loadedDtype({corpus: {kind: 'tiny-tales'}}, wide)).to.equal('float16');
    expect(refusal(wide, 'float16')).to.equal(undefined);
    expect(refusal(wide, 'float32')).to.contain('16 bits');
  });
});
