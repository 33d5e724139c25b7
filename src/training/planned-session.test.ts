import {expect} from '@open-wc/testing';
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import {backend} from '@tensorflow/tfjs-core';
import {clear, createStore} from 'idb-keyval';
import {checkGPUErrors, useBackend, useFreshDevice} from '../model/testing/backends.js';
import {largestDifference} from '../model/testing/golden.js';
import {NumericError} from './errors.js';
import type {TrainingOptions} from './options.js';
import {TrainingSession} from './session.js';
import {config, losses, options, spec, tokens} from './testing/session.js';

describe('training session computed by planned kernels', () => {
  before(() => useBackend('webgpu'));
  afterEach(checkGPUErrors);

  it('gives the reference’s curve, with dropout and clipping, and changes over within a run', async () => {
    const dropped = {...options, dropRate: 0.2, clipNorm: 0.5};
    const planned = new TrainingSession(spec({options: dropped}));
    const reference = new TrainingSession(spec({options: {...dropped, kernels: 'reference'}}));
    expect([planned.kernels, reference.kernels]).to.deep.equal(['plan', 'reference']);
    const [curve, truth] = [await losses(planned, 6), await losses(reference, 6)];
    expect(largestDifference(curve, truth)).to.be.below(1e-4);
    const [evaluated, truly] = [await planned.evaluate(), await reference.evaluate()]; // 37 and 7 windows: the last batches are smaller
    expect(evaluated.train.loss).to.be.closeTo(truly.train.loss, 1e-4);
    expect(evaluated.validation.loss).to.be.closeTo(truly.validation.loss, 1e-4);
    planned.options = {...dropped, kernels: 'reference'};
    reference.options = dropped;
    expect([planned.kernels, reference.kernels]).to.deep.equal(['reference', 'plan']);
    const [later, laterTruth] = [await losses(planned, 3), await losses(reference, 3)];
    expect(largestDifference(later, laterTruth)).to.be.below(2e-4);
    planned.dispose();
    reference.dispose();
  });

  it('begins steps before the numbers of those before them are there', async () => {
    const [ahead, single] = [new TrainingSession(spec()), new TrainingSession(spec())];
    const begun = [];
    for (let n = 0; n < 5; n++) begun.push(await ahead.begin());
    expect([ahead.stepsBegun, ahead.stepsDone]).to.deep.equal([5, 0]);
    const last = await begun.at(-1)!.read(); // those before it come first
    expect(last).to.include({step: 5, tokensSeen: 5 * 32});
    expect(ahead.stepsDone).to.equal(5);
    const results = await Promise.all(begun.map((step) => step.read()));
    expect(results.map(({loss}) => loss)).to.deep.equal(await losses(single, 5));
    await ahead.begin();
    const snapshot = await ahead.snapshot(); // waits for what has begun
    expect([snapshot.step, snapshot.tokensSeen]).to.deep.equal([6, 6 * 32]);
    await single.step();
    expect(largestDifference(snapshot.theta, (await single.snapshot()).theta)).to.equal(0);
    ahead.dispose();
    single.dispose();
  });

  it('lets no step change the weights that began after one that is not a number', async () => {
    // Token 10 stands at one place only, and its embedding is broken: of four windows, one is hit.
    const once = tokens(33).map((id) => (id === 10 ? 9 : id));
    once[20] = 10;
    const untied = {...config, tieWeights: false};
    const make = async () => {
      const session = new TrainingSession(
        spec({config: untied, trainTokens: once, options: {...options, batchSize: 1}}),
      );
      const [name, wte] = [...(await session.weights(['wte.weight']))][0]!;
      wte.data.fill(Number.NaN, 10 * 16, 11 * 16);
      await session.setWeights([[name, wte]]);
      return session;
    };
    const [ahead, single] = [await make(), await make()];
    const begun = [];
    for (let n = 0; n < 7; n++) begun.push(await ahead.begin());
    const outcomes = await Promise.all(begun.map((step) => step.read().catch((reason) => reason)));
    const failed = outcomes.findIndex((outcome) => outcome instanceof NumericError);
    expect(failed, 'others began after it').to.be.within(0, 3);
    expect(outcomes.slice(failed).every((outcome) => outcome instanceof NumericError)).to.equal(true);
    for (let n = 0; n < failed; n++) await single.step();
    expect(ahead.stepsDone).to.equal(failed);
    expect(ahead.stepsBegun).to.equal(failed);
    const [a, b] = [await ahead.snapshot(), await single.snapshot()];
    expect(a.theta).to.deep.equal(b.theta);
    const {data} = (await ahead.weights(['wte.weight'])).get('wte.weight')!;
    data.fill(0, 10 * 16, 11 * 16);
    await ahead.setWeights([['wte.weight', {shape: [11, 16], data}]]);
    expect((await ahead.step()).step).to.equal(failed + 1); // and it goes on
    ahead.dispose();
    single.dispose();
  });

  it('writes what the reference writes, from the weights as they are', async () => {
    const session = new TrainingSession(spec());
    const write = async (kernels: TrainingOptions['kernels'], promptIds: number[], how: object) => {
      session.options = {...options, kernels};
      expect(session.writer.kernels).to.equal(kernels === 'reference' ? 'reference' : 'plan');
      const list = [];
      for await (const token of session.generate(promptIds, {maxNewTokens: 12, ...how})) list.push(token);
      return list;
    };
    const compare = async (promptIds: number[], how: object) => {
      const written = await write('auto', promptIds, how);
      const truth = await write('reference', promptIds, how);
      expect(written.map(({id}) => id)).to.deep.equal(truth.map(({id}) => id));
      for (const [n, token] of written.entries()) {
        expect(token.probability).to.be.closeTo(truth[n]!.probability, 1e-4);
        const [found, expected] = [token.candidates, truth[n]!.candidates];
        expect(found.map(({id}) => id)).to.deep.equal(expected.map(({id}) => id));
        expect(
          largestDifference(
            found.map(({probability}) => probability),
            expected.map(({probability}) => probability),
          ),
        ).to.be.below(1e-4);
      }
    };
    await losses(session, 3);
    await compare([1, 2], {temperature: 0});
    await compare([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], {temperature: 0.7, topK: 6, topP: 0.9, seed: 2});
    session.options = options;
    await losses(session, 3);
    await compare([5], {seed: 7});
    const error = await write('auto', [11], {}).catch((reason) => reason);
    expect(error.name).to.equal('TokensError');
    session.dispose();
  });

  it('keeps activations in 16 bits on request, within 2 in 1000 of the curve in 32', async () => {
    const [mixed, full] = [{...options, precision: 'mixed' as const}, options].map(
      (chosen) => new TrainingSession(spec({options: chosen})),
    ) as [TrainingSession, TrainingSession];
    const halves = new Set<boolean>();
    const {device} = backend() as WebGPUBackend;
    const make = device.createShaderModule.bind(device);
    device.createShaderModule = (descriptor) => {
      halves.add(descriptor.code.includes('pack2x16float'));
      return make(descriptor);
    };
    try {
      const [curve, truth] = [await losses(mixed, 30), await losses(full, 30)];
      expect(halves).to.include(true);
      expect(curve).not.to.deep.equal(truth);
      expect(truth.at(-1), 'it learns meanwhile').to.be.below(truth[0]! - 0.8);
      for (const [step, loss] of curve.entries())
        expect(Math.abs(loss - truth[step]!) / truth[step]!, `step ${step + 1}`).to.be.below(0.002);
      expect(mixed.precisionWith(mixed.options)).to.equal('mixed');
      expect(full.precisionWith(full.options)).to.equal('float32');
      mixed.options = options; // from the next step on, on the same weights
      expect((await mixed.step()).step).to.equal(31);
      expect(mixed.precisionWith(options)).to.equal('float32');
    } finally {
      device.createShaderModule = make;
      mixed.dispose();
      full.dispose();
    }
  });

  it('trains in 32 bits, and says so, where 16 come too far from the reference', async () => {
    await clear(createStore('gpt-elements-variants', 'variants'));
    const device = await useFreshDevice();
    const make = device.createShaderModule.bind(device);
    device.createShaderModule = (descriptor) =>
      make({...descriptor, code: descriptor.code.replaceAll('(kept.xy)', '(1.1 * kept.xy)')});
    const warn = console.warn;
    const warnings: string[] = [];
    console.warn = (text: string) => warnings.push(text);
    const mixed: TrainingOptions = {...options, precision: 'mixed'};
    const [session, full] = [mixed, options].map(
      (chosen) => new TrainingSession(spec({options: chosen})),
    ) as [TrainingSession, TrainingSession];
    try {
      expect(session.precisionWith(mixed)).to.equal('mixed'); // as far as is known
      expect(await losses(session, 2)).to.deep.equal(await losses(full, 2));
      expect(warnings.join()).to.contain('32 bits instead of 16').and.to.contain('differ from the reference');
      expect(warnings).to.have.lengthOf(1);
      expect([session.kernels, session.precisionWith(mixed)]).to.deep.equal(['plan', 'float32']);
    } finally {
      console.warn = warn;
      session.dispose();
      full.dispose();
      await useFreshDevice();
    }
  });

  it('does not trust a device whose kernels compute something else', async () => {
    await clear(createStore('gpt-elements-variants', 'variants')); // that they are right elsewhere
    const device = await useFreshDevice();
    const make = device.createShaderModule.bind(device);
    device.createShaderModule = (descriptor) =>
      make({...descriptor, code: descriptor.code.replaceAll('0.044715', '0.4')}); // GELU’s constant
    const warn = console.warn;
    const warnings: string[] = [];
    console.warn = (text: string) => warnings.push(text);
    const session = new TrainingSession(spec());
    try {
      await session.step();
      expect(warnings.join()).to.contain('differ from the reference');
      expect(session.kernels).to.equal('reference');
    } finally {
      console.warn = warn;
      session.dispose();
      await useFreshDevice();
    }
  });

  it('falls back to the reference where the device refuses a kernel', async () => {
    const {device} = backend() as WebGPUBackend;
    const compile = device.createComputePipelineAsync;
    device.createComputePipelineAsync = () => Promise.reject(new Error('no'));
    // Heads of another width than above: kernels that are not compiled yet.
    const session = new TrainingSession(spec({config: {...config, embDim: 24, nHeads: 2}}));
    const warn = console.warn;
    const warnings: string[] = [];
    console.warn = (text: string) => warnings.push(text);
    try {
      expect(session.kernels).to.equal('plan');
      expect((await session.step()).loss).to.be.closeTo(Math.log(11), 0.3);
      expect(session.kernels).to.equal('reference');
      expect(warnings).to.have.lengthOf(1);
    } finally {
      device.createComputePipelineAsync = compile;
      console.warn = warn;
      session.dispose();
      await useFreshDevice(); // this one remembers what it refused
    }
  });

  it('leaves shapes that the planner does not take to the reference', () => {
    const odd = new TrainingSession(spec({config: {...config, embDim: 12, nHeads: 2}})); // heads of 6
    expect(odd.kernels).to.equal('reference');
    odd.dispose();
  });
});
