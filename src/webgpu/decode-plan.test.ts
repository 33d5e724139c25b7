import {expect} from '@open-wc/testing';
import '@tensorflow/tfjs-backend-cpu';
import {setBackend, tensor1d, tidy} from '@tensorflow/tfjs-core';
import {key, normals, uniformAt} from '../math/rng.js';
import {forward} from '../model/gpt.js';
import {parameterLayout} from '../model/parameters.js';
import {singleSequence} from '../model/tokens.js';
import {sliceArena, weightsFrom} from '../model/weights.js';
import {DecodePlan} from './decode-plan.js';
import {decodeSample} from './kernels/decode/sample.js';
import {countCalls} from './testing/counts.js';
import {bufferOf, expectNoGpuErrors, testDevice} from './testing/gpu.js';
import {runKernel} from './testing/run-kernel.js';
import {randomArena, TINY} from './testing/training.js';
import {VARIANTS} from './variant.js';

/** The reference's scores for the token after the last. */
function referenceLogits(config: typeof TINY, arena: Float32Array, ids: number[]): Float32Array {
  const layout = parameterLayout(config);
  let last = new Float32Array();
  tidy(() => {
    const weights = weightsFrom(layout, sliceArena(layout, tensor1d(arena)));
    last = forward(weights, config, singleSequence(ids))
      .dataSync()
      .slice(-config.vocabSize) as Float32Array<ArrayBuffer>;
  });
  return last;
}

/** What training/sample.ts defines, written out: eligible tokens, likeliest first, and the draw among them. */
function referenceDraw(
  logits: Float32Array,
  options: {temperature: number; topK: number; topP: number},
  uniform: number,
) {
  const order = Array.from(logits.keys()).sort((a, b) => logits[b]! - logits[a]! || a - b);
  if (options.temperature === 0) return {id: order[0]!, probability: 1};
  const weights = (ids: number[]) => {
    const raw = ids.map((id) => Math.exp((logits[id]! - logits[order[0]!]!) / options.temperature));
    const total = raw.reduce((a, b) => a + b, 0);
    return raw.map((weight) => weight / total);
  };
  let ids = order.slice(0, options.topK);
  let mass = 0;
  const nucleus = weights(ids).findIndex((probability) => (mass += probability) >= options.topP);
  if (options.topP < 1 && nucleus >= 0) ids = ids.slice(0, nucleus + 1);
  const probabilities = weights(ids);
  let rest = uniform;
  const index = probabilities.findIndex((probability) => (rest -= probability) < 0);
  const i = index < 0 ? ids.length - 1 : index;
  return {id: ids[i]!, probability: probabilities[i]!};
}

describe('decoding', () => {
  before(() => setBackend('cpu'));
  afterEach(expectNoGpuErrors);

  for (const team of ['thread', 'workgroup'] as const)
    it(`draws as the reference does, a ${team} over the vocabulary`, async function () {
      this.timeout(60_000);
      const V = 71;
      const logits = normals(V, 0, 2, 1);
      logits[40] = logits[3]!; // a tie
      const cases = [
        {temperature: 0, topK: V, topP: 1},
        {temperature: 1, topK: V, topP: 1},
        {temperature: 0.5, topK: 7, topP: 1},
        {temperature: 1.7, topK: V, topP: 0.6},
        {temperature: 1, topK: 20, topP: 0.9},
      ];
      for (const [i, options] of cases.entries())
        for (let n = 0; n < 6; n++) {
          const drawKey = key(i);
          const result = await runKernel(decodeSample({team}), {
            buffers: {
              logits,
              state: Uint32Array.of(2 + n, 3), // the prompt's three tokens are places 0 to 2
              tokens: new Float32Array(16),
              probabilities: new Float32Array(16),
            },
            sizes: {vocabulary: V, draws: 1},
            step: {...options, drawKey},
            groups: [1, 1, 1],
          });
          const expected = referenceDraw(logits, options, uniformAt(drawKey, n));
          expect(new Uint32Array(result.tokens!.buffer)[3 + n], `case ${i}, draw ${n}`).equal(expected.id);
          expect(result.probabilities![3 + n]).closeTo(expected.probability, 1e-5);
          expect(new Uint32Array(result.state!.buffer)[0]).equal(3 + n);
        }
    });

  for (const name of ['cpu', 'gpu'] as const)
    it(`writes what the reference writes, to the end of the context (${name} kernels)`, async function () {
      this.timeout(60_000);
      const device = await testDevice();
      const config = {...TINY, tieWeights: name === 'cpu', qkvBias: name === 'gpu', contextLength: 12};
      const arena = randomArena(config, 3);
      const theta = bufferOf(device, arena);
      const weights = {buffer: () => theta, flush: () => undefined};
      const plan = await DecodePlan.create({device, config, weights, variant: VARIANTS[name]});
      const options = {maxNewTokens: 50, temperature: 0.8, topK: 9, topP: 0.95, seed: 4, tokensPerSubmit: 4};
      const ids = [5, 1, 12];
      const written = [];
      for await (const token of plan.generate(ids, options)) written.push(token);
      expect(written).length(config.contextLength + 1 - ids.length);
      for (const [n, token] of written.entries()) {
        const logits = referenceLogits(config, arena, ids);
        const expected = referenceDraw(logits, options, uniformAt(key(4), n));
        expect(token.id, `token ${n}`).equal(expected.id);
        expect(token.probability, `token ${n}`).closeTo(expected.probability, 1e-4);
        ids.push(token.id);
      }
      plan.dispose();
    });

  it('takes 4 L + 3 dispatches a token and one submission for 32', async function () {
    this.timeout(60_000);
    const device = await testDevice();
    const config = {...TINY, contextLength: 40};
    const theta = bufferOf(device, randomArena(config));
    const plan = await DecodePlan.create({
      device,
      config,
      weights: {buffer: () => theta, flush: () => undefined},
    });
    const write = async () => {
      for await (const _ of plan.generate([1], {maxNewTokens: 32})) _.id;
    };
    await write();
    const counts = await countCalls(write);
    expect(counts.dispatches).equal(32 * (4 * config.nLayers + 3));
    expect(counts.submits).equal(1);
    expect(counts.passes).equal(1);
    expect(counts.buffers + counts.bindGroups).equal(0);
    plan.dispose();
  });
});
