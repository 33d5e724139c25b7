import {expect} from '@open-wc/testing';
import {memory, tidy} from '@tensorflow/tfjs-core';
import {normalizeConfig} from './config.js';
import {forward} from './gpt.js';
import {initialArena} from './init.js';
import {KeyValueCache} from './key-value-cache.js';
import {parameterLayout} from './parameters.js';
import {BACKENDS, checkGPUErrors, useBackend} from './testing/backends.js';
import {largestDifference} from './testing/golden.js';
import {singleSequence} from './tokens.js';
import {arenaTensor, sliceArena, type Weights, weightsFrom} from './weights.js';

const config = normalizeConfig({
  ...{vocabSize: 13, contextLength: 12, embDim: 16, nHeads: 2, nLayers: 2},
  ...{tieWeights: true, qkvBias: true},
});
const layout = parameterLayout(config);
const arena = initialArena(config, 1).map((value, i) => 6 * value + 0.1 * Math.sin(i));
const weights = (): Weights => weightsFrom(layout, sliceArena(layout, arenaTensor(arena)));

/** Logits after the last token, [V]. */
async function last(ids: readonly number[], past?: KeyValueCache): Promise<number[]> {
  const read = (unread: readonly number[]) => forward(weights(), config, singleSequence(unread), {past});
  const logits = tidy(() => (past ? past.read(ids, read) : read(ids)));
  const data = Array.from(await logits.data());
  logits.dispose();
  return data.slice(-config.vocabSize);
}

const IDS = [3, 7, 1, 12, 5, 5, 0, 9, 2, 11];

for (const backend of BACKENDS)
  describe(`a cache of keys and values on ${backend}`, () => {
    before(() => useBackend(backend));
    afterEach(checkGPUErrors);

    it('gives the logits of the full pass, token by token after a prompt', async () => {
      const past = new KeyValueCache();
      for (let length = 4; length <= IDS.length; length++) {
        const ids = IDS.slice(0, length);
        expect(largestDifference(await last(ids, past), await last(ids))).to.be.below(1e-5);
        expect(past.length).to.equal(length);
      }
      past.dispose();
    });

    it('forgets a text that another does not go on from, and leaks nothing', async () => {
      const before = memory().numTensors;
      const past = new KeyValueCache();
      const texts = [IDS, [...IDS.slice(0, 5), 8], [4, 4, 4], [4, 4, 4], [4, 4]];
      for (const ids of texts)
        expect(largestDifference(await last(ids, past), await last(ids))).to.be.below(1e-5);
      past.dispose();
      expect(memory().numTensors).to.equal(before);
    });

    it('is empty after a pass that failed', () => {
      const past = new KeyValueCache();
      const read = (ids: number[]) =>
        tidy(() => past.read(ids, (unread) => forward(weights(), config, singleSequence(unread), {past})));
      read([1, 2]);
      expect(() => read([1, 2, 99])).to.throw('no token 99');
      expect(past.length).to.equal(0);
      past.dispose();
    });
  });
