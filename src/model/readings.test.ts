import {expect} from '@open-wc/testing';
import {memory} from '@tensorflow/tfjs-core';
import {ConfigError, type GPTConfig, normalizeConfig} from './config.js';
import golden from './golden/readings.json';
import {TokensError} from './gpt.js';
import {initialArena} from './init.js';
import {logitAttribution} from './logit-attribution.js';
import {logitLens} from './logit-lens.js';
import {parameterLayout} from './parameters.js';
import {BACKENDS, checkGPUErrors, useBackend} from './testing/backends.js';
import {GOLDEN, largestDifference, unpack} from './testing/golden.js';
import {traceForward} from './trace-forward.js';
import {arenaTensor, sliceArena, type Weights, weightsFrom} from './weights.js';

const {prompt, attribution: expected, lens} = golden;
const {config} = GOLDEN.tied;

const weightsOf = (config: GPTConfig, arena: Float32Array) => (): Weights => {
  const layout = parameterLayout(config);
  return weightsFrom(layout, sliceArena(layout, arenaTensor(arena)));
};
const weights = weightsOf(config, GOLDEN.tied.arena);

for (const backend of BACKENDS)
  describe(`readings of a model on ${backend}`, () => {
    before(() => useBackend(backend));
    afterEach(checkGPUErrors);

    it('attribute logits to parts of the model as PyTorch does', async () => {
      const before = memory().numTensors;
      const {position, targets} = expected;
      const {logits, terms} = await logitAttribution(weights, config, prompt, targets, {position});
      expect(memory().numTensors).to.equal(before);
      expect(largestDifference(logits, expected.logits)).to.be.lessThan(1e-4);
      expect(terms.map(({at, head}) => [at, head])).to.deep.equal(
        expected.terms.map(({at, head}: {at: string; head?: number}) => [at, head]),
      );
      for (const [i, {at, values}] of terms.entries())
        expect(largestDifference(values, expected.terms[i]!.values), at).to.be.lessThan(1e-4);
    });

    it('show what the model would predict at each point of the stream, as PyTorch does', async () => {
      const before = memory().numTensors;
      const targets = [3, 7];
      const readings = await logitLens(weights, config, prompt, {count: 4, targets});
      expect(memory().numTensors).to.equal(before);
      expect(readings.map(({at}) => at)).to.deep.equal(Object.keys(lens));
      for (const {at, likeliest, targets: found} of readings) {
        const {data} = unpack(lens[at as keyof typeof lens]);
        for (let t = 0; t < prompt.length; t++) {
          const row = [...data.subarray(t * config.vocabSize, (t + 1) * config.vocabSize)];
          const order = row.map((_, id) => id).sort((a, b) => row[b]! - row[a]!);
          expect(
            likeliest[t]!.map(({id}) => id),
            `${at} ${t}`,
          ).to.deep.equal(order.slice(0, 4));
          for (const {id, probability} of likeliest[t]!)
            expect(probability, `${at} ${t}`).to.be.closeTo(row[id]!, 1e-5);
          expect(
            largestDifference(
              found[t]!,
              targets.map((id) => row[id]!),
            ),
          ).to.be.lessThan(1e-5);
        }
      }
    });
  });

describe('a logit attribution', () => {
  before(() => useBackend('cpu'));

  it('adds up to the logits at every position of a model with three blocks, an untied head and no qkv bias', async () => {
    const config = normalizeConfig({
      vocabSize: 19,
      contextLength: 6,
      embDim: 12,
      nHeads: 2,
      nLayers: 3,
      qkvBias: false,
      tieWeights: false,
    });
    const weights = weightsOf(
      config,
      initialArena(config, 5).map((x, i) => x + 0.2 * Math.sin(i)),
    );
    const ids = [3, 18, 0, 7, 7, 2];
    const targets = Array.from({length: config.vocabSize}, (_, id) => id);
    const logits = (await traceForward(weights, config, ids, ['logits'])).get('logits')!.data;
    for (let position = 0; position < ids.length; position++) {
      const {terms} = await logitAttribution(weights, config, ids, targets, {position});
      expect(terms).to.have.length(2 + 3 * (2 + 2) + 1);
      const sums = targets.map((_, i) => terms.reduce((sum, {values}) => sum + values[i]!, 0));
      const row = logits.subarray(position * config.vocabSize, (position + 1) * config.vocabSize);
      expect(largestDifference(sums, row)).to.be.lessThan(1e-4);
    }
  });

  it('shows a part that an intervention switches off as 0', async () => {
    const place = {at: 'h.1.attn.context', head: 1};
    const {logits, terms} = await logitAttribution(weights, config, prompt, [3], {
      interventions: [{...place, change: 'zero'}],
    });
    const off = terms.find(({at, head}) => at === place.at && head === place.head)!;
    expect(off.values[0]).to.be.closeTo(0, 1e-7);
    expect(terms.reduce((sum, {values}) => sum + values[0]!, 0)).to.be.closeTo(logits[0]!, 1e-4);
  });

  it('is refused for a model whose norms stand after the sums', async () => {
    const error = await logitAttribution(weights, {...config, norm: 'post'}, prompt, [3]).catch(
      (error: unknown) => error,
    );
    expect(error).to.be.instanceOf(ConfigError);
  });

  it('refuses a position or a target that does not exist', async () => {
    for (const [targets, position] of [
      [[config.vocabSize], 0],
      [[-1], 0],
      [[0], prompt.length],
      [[0], 0.5],
    ] as const) {
      const error = await logitAttribution(weights, config, prompt, targets, {position}).catch(
        (error: unknown) => error,
      );
      expect(error).to.be.instanceOf(TokensError);
    }
  });
});

describe('the logit lens', () => {
  it('the logit lens reads the stream without the final norm where that is left out', async () => {
    const interventions = [{at: 'ln_*', change: 'skip'}] as const;
    const points = [`h.${config.nLayers - 1}.resid_post`];
    const targets = Array.from({length: config.vocabSize}, (_, id) => id);
    const [last] = await logitLens(weights, config, prompt, {targets, points, interventions});
    const trace = await traceForward(weights, config, prompt, ['probs'], {interventions});
    expect(largestDifference(last!.targets.flat(), trace.get('probs')!.data)).to.be.lessThan(1e-6);
    const [usual] = await logitLens(weights, config, prompt, {targets, points});
    expect(largestDifference(last!.targets.flat(), usual!.targets.flat())).to.be.greaterThan(1e-3);
  });

  before(() => useBackend('cpu'));

  for (const norm of ['pre', 'post'] as const)
    it(`ends at what the model predicts, with norms ${norm === 'pre' ? 'before each part' : 'after the sums'}`, async () => {
      const own: GPTConfig = {...config, norm};
      const targets = [3, 7];
      const readings = await logitLens(weights, own, prompt, {targets});
      const probs = (await traceForward(weights, own, prompt, ['probs'])).get('probs')!.data;
      const last = readings.at(-1)!;
      expect(readings).to.have.length(5);
      for (let t = 0; t < prompt.length; t++)
        for (const [i, id] of targets.entries())
          expect(last.targets[t]![i]).to.be.closeTo(probs[t * config.vocabSize + id]!, 1e-6);
      const [only] = await logitLens(weights, own, prompt, {targets, points: [last.at]});
      expect(only).to.deep.equal(last);
      expect(await logitLens(weights, config, prompt, {targets, norm})).to.deep.equal(readings);
    });
});
