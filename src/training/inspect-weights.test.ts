import {expect} from '@open-wc/testing';
import {WeightsError} from '../model/parameters.js';
import {BACKENDS, checkGPUErrors, useBackend} from '../model/testing/backends.js';
import {NumericError} from './errors.js';
import {TrainingSession} from './session.js';
import {LanguageTask} from './tasks/language.js';
import {config, options as shared, tokens} from './testing/session.js';

const options = {...shared, weightDecay: 0.5};

const made = (): TrainingSession =>
  new TrainingSession({
    config,
    options,
    task: new LanguageTask({
      trainTokens: tokens(300),
      validationTokens: tokens(60),
      contextLength: 8,
      seed: 3,
    }),
    seed: 3,
  });

const length = (values: ArrayLike<number>): number => Math.hypot(...Array.from(values));

for (const backend of BACKENDS)
  describe(`inspecting weights on ${backend}`, () => {
    before(() => useBackend(backend));
    afterEach(checkGPUErrors);

    it('shows what the last step changed in each tensor, and a gradient as long as the clipped one', async () => {
      const session = made();
      const names = session.layout.slots.map(({name}) => name);
      expect((await session.inspect('wte.weight')).training).to.equal(undefined);
      let gradient = 0;
      for (let step = 1; step <= 2; step++) {
        const before = await session.weights();
        const {gradientNorm} = await session.step();
        const after = await session.weights();
        let squares = 0;
        for (const name of names) {
          const reading = await session.inspect(name);
          const [old, now] = [before.get(name)!.data, after.get(name)!.data];
          const update = length(now.map((value, i) => value - old[i]!));
          const {training} = reading;
          expect(reading.step, name).to.equal(step);
          expect(reading.norm, name).to.be.closeTo(length(now), 1e-4);
          expect(training!.updateNorm, name).to.be.closeTo(update, 1e-4 * update + 1e-6);
          // The biases begin at 0: after the first step, all of them is new.
          if (length(old) > 0)
            expect(training!.updateShare, name).to.be.closeTo(update / length(old), 1e-3 * update + 1e-5);
          squares += training!.meanGradientNorm ** 2;
        }
        if (step === 1) gradient = Math.min(gradientNorm, options.clipNorm);
        if (step === 1) expect(Math.sqrt(squares)).to.be.closeTo(gradient, 1e-3);
      }
      session.dispose();
    });

    it('knows the gradient of the last step: over all tensors as long as the step’s own, before clipping', async () => {
      const names = made().layout.slots.map(({name}) => name);
      let squares = 0;
      let whole = 0;
      for (const name of names) {
        // The same steps for each tensor: the reference keeps the gradients of few.
        const session = made();
        await session.step();
        await session.inspect(name);
        whole = (await session.step()).gradientNorm;
        const {training} = await session.inspect(name);
        expect(training!.gradientNorm, name).to.be.greaterThan(0);
        squares += training!.gradientNorm! ** 2;
        session.dispose();
      }
      expect(Math.sqrt(squares)).to.be.closeTo(whole, 1e-3 * whole);
    });

    it('knows no update after a step that was not applied', async () => {
      const session = made();
      const {shape, data} = (await session.weights(['ln_f.bias'])).get('ln_f.bias')!;
      await session.setWeights([['ln_f.bias', {shape, data: data.map(() => Number.NaN)}]]);
      await session.inspect('wte.weight');
      expect(await session.step().catch((reason: unknown) => reason)).to.be.instanceOf(NumericError);
      expect((await session.inspect('wte.weight')).training).to.equal(undefined);
      session.dispose();
    });

    it('knows no update of weights that were replaced or reset, and refuses a name without a tensor', async () => {
      const session = made();
      await session.step();
      await session.setWeights(await session.weights(['ln_f.bias']));
      expect((await session.inspect('wte.weight')).training).to.equal(undefined);
      await session.step();
      expect((await session.inspect('wte.weight')).training).not.to.equal(undefined);
      session.reset();
      const {training, step, tensors} = await session.inspect('wte.weight');
      expect([training, step]).to.deep.equal([undefined, 0]);
      expect(tensors.map(({name}) => name)).to.deep.equal(session.layout.slots.map(({name}) => name));
      const error = await session.inspect('h.9.nothing').catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(WeightsError);
      expect((error as Error).message).to.contain('no tensor “h.9.nothing”');
      session.dispose();
    });
  });
