import {expect} from '@open-wc/testing';
import {memory} from '@tensorflow/tfjs-core';
import {WeightsError} from '../model/parameters.js';
import {BACKENDS, checkGPUErrors, useBackend} from '../model/testing/backends.js';
import {largestDifference} from '../model/testing/golden.js';
import {NumericError, SessionError, StepError} from './errors.js';
import {TrainingSession} from './session.js';
import {losses, options, spec, tokens} from './testing/session.js';

describe('training session', () => {
  for (const backend of BACKENDS)
    describe(`on ${backend}`, () => {
      before(() => useBackend(backend));
      afterEach(checkGPUErrors);

      it('learns, leaks nothing, and frees everything', async () => {
        const before = memory().numTensors;
        const session = new TrainingSession(spec());
        const first = await session.step();
        expect(first).to.include({step: 1, tokens: 32, learningRate: options.learningRate / 4});
        expect(first.loss).to.be.closeTo(Math.log(11), 0.3); // a fresh model knows nothing
        const held = memory().numTensors;
        const later = await losses(session, backend === 'webgpu' ? 11 : 39);
        expect(memory().numTensors).to.equal(held);
        expect(later.at(-1)).to.be.lessThan(first.loss - (backend === 'webgpu' ? 0.2 : 1));
        const {train, validation} = await session.evaluate();
        expect(train.loss).to.be.lessThan(first.loss);
        expect(validation.loss).to.be.lessThan(first.loss);
        await session.trace([1, 2, 3], ['*']);
        for await (const token of session.generate([1], {maxNewTokens: 2})) expect(token.id).to.be.below(11);
        expect(memory().numTensors).to.equal(held);
        session.dispose();
        expect(memory().numTensors).to.equal(before);
      });

      it('continues a restored run with the same bits', async () => {
        const dropped = {...options, dropRate: 0.2};
        const run = new TrainingSession(spec({options: dropped}));
        await losses(run, 3);
        const snapshot = await run.snapshot();
        const straight = await losses(run, 3);
        const restored = TrainingSession.restore(snapshot, spec().task);
        expect(restored.stepsDone).to.equal(3);
        expect(restored.tokensSeen).to.equal(96);
        expect(await losses(restored, 3)).to.deep.equal(straight);
        const [a, b] = [await run.snapshot(), await restored.snapshot()];
        for (const arena of ['theta', 'm', 'v'] as const)
          expect(largestDifference(a[arena], b[arena])).to.equal(0);
        run.dispose();
        restored.dispose();
      });
    });

  describe('(on wasm)', () => {
    let session: TrainingSession;
    before(() => useBackend('wasm'));
    beforeEach(() => {
      session = new TrainingSession(spec());
    });
    afterEach(() => session.dispose());

    it('starts over from the seed on reset', async () => {
      const first = await losses(session, 4);
      session.reset();
      expect(session.stepsDone).to.equal(0);
      expect(await losses(session, 4)).to.deep.equal(first);
      const other = new TrainingSession(spec({seed: 4}));
      expect(await losses(other, 4)).not.to.deep.equal(first);
      other.dispose();
    });

    it('takes new settings from the next step on', async () => {
      await session.step();
      session.options = {...options, batchSize: 2, learningRate: 1e-3};
      const second = await session.step();
      expect(second).to.include({tokens: 16, learningRate: 1e-3 * (2 / 4)});
    });

    it('drops values in training, differently at each step, but not in evaluation', async () => {
      const quiet = {...options, learningRate: 0};
      session.options = quiet;
      const clean = (await session.step()).loss;
      session.reset();
      session.options = {...quiet, dropRate: 0.5};
      const dropped = (await session.step()).loss;
      expect(dropped).not.to.equal(clean);
      const evaluated = await session.evaluate();
      session.options = quiet;
      expect(await session.evaluate()).to.deep.equal(evaluated);
    });

    it('refuses a step that is not a number, and keeps the weights of the one before', async () => {
      await losses(session, 2);
      const good = await session.snapshot();
      const weights = await session.weights(['wte.weight']);
      const broken = {shape: [11, 16], data: new Float32Array(176).fill(Number.NaN)};
      await session.setWeights([['wte.weight', broken]]);
      const held = memory().numTensors;
      const error = await session.step().catch((reason) => reason);
      expect(error).to.be.instanceOf(NumericError);
      expect(error.message).to.match(/Step 3 .*learning rate/);
      expect(error.message).to.contain('its loss is NaN').and.to.contain('those of step 2');
      expect(memory().numTensors).to.equal(held);
      expect(session.stepsDone).to.equal(2);
      await session.setWeights(weights);
      expect((await session.snapshot()).theta).to.deep.equal(good.theta);
      expect((await session.step()).step).to.equal(3);
    });

    it('lends and takes weights by name', async () => {
      const all = await session.weights();
      expect(all.get('h.1.mlp.c_fc.weight')!.shape).to.deep.equal([16, 64]);
      const other = new TrainingSession(spec({seed: 9, weights: all}));
      expect((await other.snapshot()).theta).to.deep.equal((await session.snapshot()).theta);
      other.dispose();
      const wrong = {shape: [2], data: new Float32Array(2)};
      const error = await session.setWeights([['ln_f.bias', wrong]]).catch((reason) => reason);
      expect(error).to.be.instanceOf(WeightsError);
    });

    it('writes what it has learned', async () => {
      const counting = Int32Array.from({length: 300}, (_, i) => i % 11);
      const learner = new TrainingSession(spec({trainTokens: counting}));
      await losses(learner, 60);
      const ids: number[] = [];
      for await (const {id, probability} of learner.generate([4, 5], {maxNewTokens: 12, temperature: 0})) {
        ids.push(id);
        expect(probability).to.equal(1);
      }
      expect(ids).to.deep.equal([6, 7, 8, 9, 10, 0, 1, 2, 3, 4, 5, 6]); // longer than the context: it is cropped
      const drawn = async (seed: number) => {
        const list: number[] = [];
        for await (const {id} of session.generate([1], {maxNewTokens: 8, seed})) list.push(id);
        return list;
      };
      expect(await drawn(1)).to.deep.equal(await drawn(1));
      expect(await drawn(1)).not.to.deep.equal(await drawn(2));
      learner.dispose();
    });

    it('does one step at a time', async () => {
      const first = session.step();
      const error = await session.step().catch((reason) => reason);
      expect(error).to.be.instanceOf(StepError);
      expect((await first).step).to.equal(1);
    });

    it('makes nothing that only training needs before the first step', async () => {
      const before = memory().numTensors;
      const other = new TrainingSession(spec());
      for await (const _ of other.generate([1], {maxNewTokens: 2, seed: 1}));
      expect(memory().numTensors - before, 'the weights alone').to.equal(1);
      await other.step();
      expect(memory().numTensors - before, 'moments and decay as well').to.equal(4);
      other.dispose();
    });

    it('drops a step whose weights are replaced or freed meanwhile', async () => {
      const other = new TrainingSession(spec());
      await session.step();
      await other.step();
      const held = memory().numTensors;
      const step = session.step().catch((reason) => reason);
      session.reset();
      expect(await step).to.be.instanceOf(StepError);
      expect(session.stepsDone).to.equal(0);
      expect(memory().numTensors).to.equal(held);
      const last = other.step().catch((reason) => reason);
      other.dispose();
      expect(await last).to.be.instanceOf(StepError);
      expect(memory().numTensors).to.equal(held - 4);
    });

    it('finishes the steps that were begun before the weights are replaced', async () => {
      const step = await session.begin();
      await session.setWeights(await session.weights(['ln_f.bias']));
      expect((await step.read()).step).to.equal(1);
      expect([session.stepsDone, session.tokensSeen]).to.deep.equal([1, 32]);
    });

    it('says so where the text is too short', async () => {
      expect(() => new TrainingSession(spec({trainTokens: tokens(8)}))).to.throw(
        SessionError,
        '8 tokens, but one window needs 9',
      );
      const alone = new TrainingSession(spec({validationTokens: tokens(5)}));
      expect((await alone.evaluate()).validation.loss).to.be.NaN;
      expect(alone.task.examples).to.deep.equal({train: 37, validation: 0});
      alone.dispose();
    });
  });
});
