import {expect} from '@open-wc/testing';
import {memory} from '@tensorflow/tfjs-core';
import {normalizeConfig} from '../model/config.js';
import {checkGPUErrors, useBackend} from '../model/testing/backends.js';
import {largestDifference} from '../model/testing/golden.js';
import {TrainingSession} from './session.js';
import {ClassificationTask} from './tasks/classification.js';
import {options, spec} from './testing/session.js';

/** Its tables have 9.6 kB, in three parts of 64 rows; every other parameter fits into 4.2 kB whole. */
const PIECE_BYTES = 4200;
const configOf = (tieWeights: boolean) =>
  normalizeConfig({
    ...{vocabSize: 150, contextLength: 8, embDim: 16, nHeads: 2, nLayers: 2},
    ...{tieWeights, qkvBias: true},
  });
const TOKENS = Int32Array.from({length: 300}, (_, i) => (i * i + 7 * i) % 150);
const STEPS = 4;

const specOf = (tieWeights: boolean, pieceBytes?: number) =>
  spec({
    ...{config: configOf(tieWeights), options: {...options, clipNorm: 0.5, dropRate: 0.1}, pieceBytes},
    ...{trainTokens: TOKENS, validationTokens: TOKENS.slice(0, 60)},
  });

async function trained(tieWeights: boolean, pieceBytes?: number): Promise<TrainingSession> {
  const session = new TrainingSession(specOf(tieWeights, pieceBytes));
  for (let step = 0; step < STEPS; step++) await session.step();
  return session;
}

/** Numbers of two runs are as close as sums in another order leave them. */
const expectClose = (numbers: ArrayLike<number>, truth: ArrayLike<number>, what: string) =>
  expect(largestDifference(numbers, truth), what).to.be.below(2e-5);

describe('a training session whose weights are larger than one buffer', () => {
  before(() => useBackend('webgpu'));
  afterEach(checkGPUErrors);

  for (const tied of [true, false])
    it(`trains, evaluates, reads and writes as in one buffer (${tied ? 'tied' : 'untied'} head)`, async () => {
      const before = memory().numTensors;
      const [whole, cut] = [await trained(tied), await trained(tied, PIECE_BYTES)];
      expect([whole.arenas.isCut, cut.arenas.isCut]).to.deep.equal([false, true]);
      expect(cut.kernels).to.equal('plan');
      const [expected, found] = [await whole.snapshot(), await cut.snapshot()];
      for (const arena of ['theta', 'm', 'v'] as const) expectClose(found[arena], expected[arena], arena);
      expect((await cut.evaluate()).validation.loss).to.be.closeTo(
        (await whole.evaluate()).validation.loss!,
        1e-4,
      );

      const changed = {interventions: [{at: 'h.1.attn.out', change: 'zero'}] as const, batches: 1}; // the reference computes it
      const [withoutAttention, truly] = [await cut.evaluate(changed), await whole.evaluate(changed)];
      expect(withoutAttention.train.loss).to.be.closeTo(truly.train.loss!, 1e-4);

      const prompt = [0, 63, 64, 127, 128, 149, 5];
      const [trace, truth] = [await cut.trace(prompt, ['logits']), await whole.trace(prompt, ['logits'])];
      expectClose(trace.get('logits')!.data, truth.get('logits')!.data, 'logits of the reference');
      const targets = [3, 70, 149];
      const [attribution, attributed] = [
        await cut.attribution(prompt, targets),
        await whole.attribution(prompt, targets),
      ];
      expectClose(attribution.logits, attributed.logits, 'attribution');
      const [weights, whose] = [await cut.weights(), await whole.weights()];
      for (const [name, {data}] of weights) expectClose(data, whose.get(name)!.data, name);
      const [reading, read] = [await cut.inspect('wte.weight'), await whole.inspect('wte.weight')];
      expect(reading.training!.gradientNorm).to.be.closeTo(read.training!.gradientNorm!, 1e-5);
      expect(reading.training!.updateNorm).to.be.closeTo(read.training!.updateNorm, 1e-5);

      for (const promptIds of [[130], prompt]) {
        const written = [];
        for (const session of [whole, cut]) {
          const ids = [];
          for await (const {id} of session.generate(promptIds, {maxNewTokens: 5, temperature: 1, seed: 3}))
            ids.push(id);
          expect(session.writer.kernels).to.equal('plan');
          written.push(ids);
        }
        expect(written[1]).to.deep.equal(written[0]); // before the context is full, and beyond
      }
      whole.dispose();
      cut.dispose();
      expect(memory().numTensors).to.equal(before);
    });

  it('trains the adapters and the head of a classifier as in one buffer', async () => {
    const config = configOf(true);
    const examples = [
      [0, 63, 64],
      [128, 149, 7, 70],
      [5, 127],
    ].map((ids, i) => ({ids, label: i % 2}));
    const results = [];
    for (const pieceBytes of [undefined, PIECE_BYTES]) {
      const task = new ClassificationTask({
        ...{train: examples, validation: examples, classes: 2, contextLength: 8, padId: 0, seed: 1},
        tuning: {lora: {rank: 3, alpha: 6}},
      });
      const session = new TrainingSession({
        config,
        options: {...options, batchSize: 3},
        task,
        seed: 1,
        pieceBytes,
      });
      expect([session.arenas.isCut, session.kernels]).to.deep.equal([pieceBytes !== undefined, 'plan']);
      for (let step = 0; step < STEPS; step++) await session.step();
      const {theta} = await session.snapshot();
      results.push({theta, probs: (await task.classify(session, examples)).flatMap((row) => [...row])});
      session.dispose();
    }
    expectClose(results[1]!.theta, results[0]!.theta, 'weights');
    expectClose(results[1]!.probs, results[0]!.probs, 'probabilities');
  });

  it('continues from a snapshot of the other kind, in one buffer or several', async () => {
    const [whole, cut] = [await trained(true), await trained(true, PIECE_BYTES)];
    const {task} = specOf(true);
    const continued = [
      TrainingSession.restore({...(await whole.snapshot()), pieceBytes: PIECE_BYTES}, task),
      TrainingSession.restore(await cut.snapshot(), task),
    ];
    expect(continued.map(({arenas}) => arenas.isCut)).to.deep.equal([true, false]);
    const before = await whole.snapshot();
    expect(await continued[0]!.snapshot()).to.deep.equal(before); // a snapshot goes in and out bit for bit
    for (const session of [whole, cut, ...continued]) await session.step();
    const truth = await whole.snapshot();
    for (const session of [cut, ...continued]) {
      const {step, theta, m, v} = await session.snapshot();
      expect(step).to.equal(STEPS + 1);
      for (const [numbers, expected] of [
        [theta, truth.theta],
        [m, truth.m],
        [v, truth.v],
      ] as const)
        expectClose(numbers, expected, 'after the next step');
    }
    for (const session of [whole, cut, ...continued]) session.dispose();
  });

  it('is reset and given weights as in one buffer', async () => {
    const session = await trained(false, PIECE_BYTES);
    const head = await session.weights(['lm_head.weight']);
    session.reset();
    const fresh = new TrainingSession(specOf(false));
    expect((await session.snapshot()).theta).to.deep.equal((await fresh.snapshot()).theta);
    await session.setWeights(head);
    expect(await session.weights(['lm_head.weight'])).to.deep.equal(head);
    expect((await session.snapshot()).m.every((value) => value === 0)).to.equal(true);
    session.dispose();
    fresh.dispose();
  });

  it('is not trained by the reference, and says what to do', async () => {
    const session = new TrainingSession(specOf(true, PIECE_BYTES));
    session.options = {...session.options, kernels: 'reference'};
    const error = await session.step().catch((reason: Error) => reason);
    expect((error as Error).message).to.contain(
      'only planned kernels train weights in several. Set kernels to “auto”',
    );
    session.options = {...session.options, kernels: 'auto'};
    expect((await session.step()).step).to.equal(1);
    session.dispose();
  });

  it('says why where the device cannot compute a step, and trains with a smaller batch', async () => {
    const session = new TrainingSession(specOf(true, PIECE_BYTES));
    session.options = {...session.options, batchSize: 2 ** 16};
    const error = await session.prepare().catch((reason: Error) => reason);
    expect((error as Error).message).to.match(
      /^This model cannot be trained on this device\. .*smaller batch/,
    );
    session.options = {...session.options, batchSize: 4};
    expect((await session.step()).step).to.equal(1);
    session.dispose();
  });
});
