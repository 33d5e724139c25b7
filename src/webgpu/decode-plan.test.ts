import {expect} from '@open-wc/testing';
import '@tensorflow/tfjs-backend-cpu';
import {setBackend, tensor1d, tidy} from '@tensorflow/tfjs-core';
import golden from '../math/golden/sampling.json';
import {key, normals, uniformAt} from '../math/rng.js';
import type {SamplingOptions} from '../math/sampling-options.js';
import {forward} from '../model/gpt.js';
import {parameterLayout} from '../model/parameters.js';
import {singleSequence} from '../model/tokens.js';
import {sliceArena, weightsFrom} from '../model/weights.js';
import {candidates, choose} from '../training/sample.js';
import {DecodePlan, type GeneratedToken} from './decode-plan.js';
import {DRAWN_WORDS, decodeSample, MOST_CANDIDATES} from './kernels/decode/sample.js';
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

/** The reference's eligible tokens, likeliest first, and its draw among them. */
function referenceDraw(logits: Float32Array, options: SamplingOptions, uniform: number) {
  const list = candidates(logits, options);
  return {...choose(list, uniform), list};
}

/** Logits and settings as the kernel gets them. */
const stepValues = ({temperature, topK, topP}: Required<SamplingOptions>, vocabSize: number) => ({
  temperature,
  topK: topK || vocabSize,
  tailMass: 1 - topP,
});

describe('decoding', () => {
  before(() => setBackend('cpu'));
  afterEach(expectNoGpuErrors);

  for (const team of ['thread', 'workgroup'] as const)
    it(`draws as the reference does, a ${team} over the vocabulary`, async () => {
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
              state: Uint32Array.of(2 + n, n),
              tokens: new Float32Array(16),
              drawn: new Float32Array(16 * DRAWN_WORDS),
            },
            sizes: {vocabulary: V, draws: 1},
            step: {...stepValues(options, V), drawKey, candidates: 3},
            groups: [1, 1, 1],
          });
          const {list, ...expected} = referenceDraw(logits, options, uniformAt(drawKey, n));
          const place = (3 + n) * DRAWN_WORDS;
          const ids = new Uint32Array(result.drawn!.buffer);
          expect(new Uint32Array(result.tokens!.buffer)[3 + n], `case ${i}, draw ${n}`).equal(expected.id);
          expect(ids[place]).equal(expected.id);
          expect(result.drawn![place + 1]).closeTo(expected.probability, 1e-5);
          for (const [c, {id, probability}] of list.slice(0, 3).entries()) {
            expect(ids[place + 2 + 2 * c], `case ${i}, candidate ${c}`).equal(id);
            expect(result.drawn![place + 3 + 2 * c]).closeTo(probability, 1e-5);
          }
          expect([...new Uint32Array(result.state!.buffer).slice(0, 2)]).deep.equal([3 + n, n + 1]);
        }
    });

  // Few threads: each sees several tokens of these small vocabularies, and software is slow with barriers.
  for (const [team, lanes] of [
    ['thread', 1],
    ['workgroup', 4],
  ] as const)
    it(`has the eligible tokens of Hugging Face's processors, a ${team} over the vocabulary`, async () => {
      for (const {name, logits, results} of golden.cases)
        for (const [i, {eligible, ...settings}] of results.entries()) {
          const what = `${name}, ${JSON.stringify(settings)}`;
          const result = await runKernel(decodeSample({team, lanes}), {
            buffers: {
              logits: Float32Array.from(logits),
              state: Uint32Array.of(0, i),
              tokens: new Float32Array(2),
              drawn: new Float32Array(2 * DRAWN_WORDS),
            },
            sizes: {vocabulary: logits.length, draws: 1},
            step: {...stepValues(settings, logits.length), drawKey: key(i), candidates: MOST_CANDIDATES},
            groups: [1, 1, 1],
          });
          const [drawn, ...listed] = Array.from({length: 1 + MOST_CANDIDATES}, (_, slot) => ({
            id: new Uint32Array(result.drawn!.buffer)[DRAWN_WORDS + 2 * slot]!,
            probability: result.drawn![DRAWN_WORDS + 2 * slot + 1]!,
          }));
          const {list, ...expected} = referenceDraw(
            Float32Array.from(logits),
            settings,
            uniformAt(key(i), i),
          );
          expect(drawn!.id, what).equal(expected.id);
          const likeliest = list.slice(0, MOST_CANDIDATES);
          const found = listed.filter(({probability}) => probability > 0);
          if (settings.temperature > 0)
            expect(
              found.map(({id}) => id),
              what,
            ).deep.equal(likeliest.map(({id}) => id));
          const golden = new Map(eligible as [number, number][]);
          for (const {id, probability} of [drawn!, ...(settings.temperature > 0 ? found : [])])
            expect(probability, what).closeTo(golden.get(id)!, 1e-5);
        }
    });

  for (const name of ['cpu', 'gpu'] as const)
    describe(`with ${name} kernels`, () => {
      const config = {...TINY, tieWeights: name === 'cpu', qkvBias: name === 'gpu', contextLength: 12};
      const arena = randomArena(config, 3);
      const draws = {temperature: 0.8, topK: 9, topP: 0.95, seed: 4};
      let plan: DecodePlan;
      let theta: GPUBuffer;
      let version = 0;
      before(async () => {
        const device = await testDevice();
        theta = bufferOf(device, arena);
        const weights = {buffers: () => ({theta}), flush: () => undefined, version: () => version};
        plan = await DecodePlan.create({device, config, weights, variant: VARIANTS[name]});
      });
      after(() => plan.dispose());

      /** Holds written tokens against the reference, which reads the whole window for each. */
      function compare(written: GeneratedToken[], ids: number[], numbers: Float32Array, from = 0) {
        for (const [n, token] of written.entries()) {
          const logits = referenceLogits(config, numbers, ids.slice(-config.contextLength));
          const expected = referenceDraw(logits, draws, uniformAt(key(draws.seed), from + n));
          expect(token.id, `token ${n}`).equal(expected.id);
          expect(token.probability, `token ${n}`).closeTo(expected.probability, 1e-4);
          for (const [c, candidate] of token.candidates.entries())
            expect(candidate.probability, `token ${n}`).closeTo(expected.list[c]!.probability, 1e-4);
          ids.push(token.id);
        }
      }

      for (const [what, length] of [
        ['short, read token by token', 3],
        ['long, read at once', 9],
        ['longer than the context', 15],
      ] as const)
        it(`writes what the reference writes, beyond the context too (prompt: ${what})`, async () => {
          const prompt = Array.from({length}, (_, i) => (5 * i + 1) % config.vocabSize);
          const options = {...draws, maxNewTokens: 18, tokensPerSubmit: 4, candidates: 2};
          const written: GeneratedToken[] = [];
          for await (const token of plan.generate(prompt, options)) written.push(token);
          expect(written).length(18);
          expect(Math.max(...written.map(({candidates}) => candidates.length))).equal(2);
          compare(written, prompt, arena);
        });

      it('reads a text again when another was written meanwhile, and when the weights have changed', async () => {
        const device = await testDevice();
        const [a, b] = [plan.begin([1, 2], draws), plan.begin([7], draws)];
        const first = await plan.next(a, 3);
        const other = await plan.next(b, 3);
        compare(first, [1, 2], arena);
        compare(other, [7], arena);
        const ids = [...a.ids];
        compare(await plan.next(a, 2), ids, arena, 3);
        const changed = randomArena(config, 8);
        device.queue.writeBuffer(theta, 0, changed as Float32Array<ArrayBuffer>);
        version++;
        compare(await plan.next(a, 3), ids, changed, 5);
        device.queue.writeBuffer(theta, 0, arena as Float32Array<ArrayBuffer>);
        version++;
      });
    });

  it('refuses what it cannot read', async () => {
    const device = await testDevice();
    const theta = bufferOf(device, randomArena(TINY));
    const plan = await DecodePlan.create({
      device,
      config: TINY,
      weights: {buffers: () => ({theta}), flush() {}},
    });
    expect(() => plan.begin([])).to.throw('at least one');
    expect(() => plan.begin([1, TINY.vocabSize])).to.throw(`no token ${TINY.vocabSize}`);
    plan.dispose();
  });

  it('takes 4 L + 3 dispatches a token and one submission for 32', async () => {
    const device = await testDevice();
    const config = {...TINY, contextLength: 40};
    const theta = bufferOf(device, randomArena(config));
    const plan = await DecodePlan.create({
      device,
      config,
      weights: {buffers: () => ({theta}), flush: () => undefined},
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
