import {expect} from '@open-wc/testing';
import {memory, tidy} from '@tensorflow/tfjs-core';
import {rowsOf, scaledAttention} from '../math/attention.js';
import {lossAndGradient} from '../training/gradient.js';
import {nextTokenLoss} from '../training/tasks/language.js';
import {ConfigError, normalizeConfig} from './config.js';
import {forward, TokensError} from './gpt.js';
import {parameterLayout} from './parameters.js';
import {BACKENDS, checkGPUErrors, useBackend} from './testing/backends.js';
import {GOLDEN, type Golden, goldenBatch, largest, largestDifference, unpack} from './testing/golden.js';
import {singleSequence} from './tokens.js';
import {traceForward} from './trace-forward.js';
import {TRACE_NAMES, traceNames} from './trace-names.js';
import {arenaTensor, sliceArena, type Weights, weightsFrom} from './weights.js';

/** Weights of a golden model; inside a tidy. */
function weightsOf({config, arena}: Golden): Weights {
  const layout = parameterLayout(config);
  return weightsFrom(layout, sliceArena(layout, arenaTensor(arena)));
}

describe('the reference GPT', () => {
  for (const backend of BACKENDS)
    describe(`on ${backend}`, () => {
      before(() => useBackend(backend));
      afterEach(checkGPUErrors);

      for (const name of ['tied', 'untied'] as const)
        it(`computes what PyTorch computes (${name} head)`, async () => {
          const golden = GOLDEN[name];
          const {config} = golden;
          const layout = parameterLayout(config);
          const batch = goldenBatch(golden, 0);
          const before = memory().numTensors;
          const {logits, loss, gradient} = tidy(() => {
            const theta = arenaTensor(golden.arena);
            return {
              logits: forward(weightsFrom(layout, sliceArena(layout, theta)), config, batch.tokens),
              ...lossAndGradient(layout, theta, (weights) => nextTokenLoss(weights, config, batch)),
            };
          });
          expect(largestDifference(await logits.data(), unpack(golden.logits).data)).to.be.lessThan(1e-4);
          expect((await loss.data())[0]).to.be.closeTo(golden.loss, 1e-5);
          const arena = await gradient.data();
          for (const slot of layout.slots) {
            const expected = unpack(golden.gradients[slot.name]!).data;
            const actual = arena.slice(slot.offset, slot.offset + slot.size);
            const relative = largestDifference(actual, expected) / largest(expected);
            expect(relative, `gradient of ${slot.name}`).to.be.lessThan(1e-3);
          }
          for (const tensor of [logits, loss, gradient]) tensor.dispose();
          expect(memory().numTensors).to.equal(before);
        });

      it('shows attention and the residual stream as Hugging Face does', async () => {
        const golden = GOLDEN.tied;
        const {config} = golden;
        const names = traceNames(config.nLayers);
        const before = memory().numTensors;
        const trace = await traceForward(() => weightsOf(golden), config, golden.ids[0]![0]!, ['*']);
        expect(memory().numTensors).to.equal(before);
        expect([...trace.keys()].sort()).to.deep.equal([...names].sort());

        for (let n = 0; n < config.nLayers; n++) {
          const probs = unpack(golden.attentions[n]!); // [B, H, T, T], of which the first sequence
          const {shape, data} = trace.get(`h.${n}.attn.probs`)!;
          expect(shape).to.deep.equal(probs.shape.slice(1));
          expect(largestDifference(data, probs.data.subarray(0, data.length))).to.be.lessThan(1e-5);
          const stream = unpack(golden.hiddenStates[n]!).data;
          const pre = trace.get(`h.${n}.resid_pre`)!.data;
          expect(largestDifference(pre, stream.subarray(0, pre.length))).to.be.lessThan(1e-4);
        }
        const last = trace.get('ln_f')!.data;
        const expected = unpack(golden.hiddenStates.at(-1)!).data.subarray(0, last.length);
        expect(largestDifference(last, expected)).to.be.lessThan(1e-4);
      });

      it('attends to all of the text without the mask, in a trace or by its configuration', async () => {
        const golden = GOLDEN.tied;
        const {config} = golden;
        const ids = golden.ids[0]![0]!;
        const want = ['h.0.attn.q', 'h.0.attn.k', 'h.0.attn.probs'];
        const trace = await traceForward(() => weightsOf(golden), config, ids, want, {
          interventions: [{at: 'h.*.attn.masked', change: 'skip'}],
        });
        const [T, D] = trace.get('h.0.attn.q')!.shape.slice(-2) as [number, number];
        const [q, k, probs] = want.map((name, i) => rowsOf(trace.get(name)!.data, i < 2 ? D : T));
        const {weights} = scaledAttention(q!.slice(0, T), k!.slice(0, T), k!.slice(0, T)); // the first head
        for (const [i, row] of weights.entries())
          expect(largestDifference(probs![i]!, row)).to.be.lessThan(1e-5);
        expect(weights[0]![T - 1]!).to.be.greaterThan(0);
        const made = await traceForward(() => weightsOf(golden), {...config, causal: false}, ids, want);
        expect(made.get('h.0.attn.probs')!.data).to.deep.equal(trace.get('h.0.attn.probs')!.data);
      });

      it('ablates heads: as if what they find met zeros in the output projection', async () => {
        const golden = GOLDEN.untied;
        const {config} = golden;
        const ids = golden.ids[0]![0]!;
        const D = config.embDim / config.nHeads;
        const head = config.nHeads - 1;
        const {data} = (
          await traceForward(() => weightsOf(golden), config, ids, ['logits'], {
            interventions: [{at: 'h.1.attn.context', head, change: 'zero'}],
          })
        ).get('logits')!;
        const slot = parameterLayout(config).slots.find(({name}) => name === 'h.1.attn.c_proj.weight')!;
        const arena = golden.arena.slice(); // rows of c_proj [C, C] that belong to the head
        const from = slot.offset + head * D * config.embDim;
        arena.fill(0, from, from + D * config.embDim);
        const zeroed = await traceForward(() => weightsOf({...golden, arena}), config, ids, ['logits']);
        expect(largestDifference(data, zeroed.get('logits')!.data)).to.be.lessThan(1e-5);
        expect(
          largestDifference(data, unpack(golden.logits).data.subarray(0, data.length)),
        ).to.be.greaterThan(1e-3);
      });

      it('drops attention weights in a trace as in training: the same key, the same ones', async () => {
        const golden = GOLDEN.tied;
        const {config} = golden;
        const ids = golden.ids[0]![0]!;
        const want = ['h.0.attn.probs', 'h.0.attn.dropped'];
        const traced = (key: number) =>
          traceForward(() => weightsOf(golden), config, ids, want, {dropout: {rate: 0.5, key}});
        const [first, again, other] = [await traced(7), await traced(7), await traced(8)];
        const probs = first.get('h.0.attn.probs')!.data;
        const dropped = first.get('h.0.attn.dropped')!.data;
        const kept = dropped.filter((value, i) => value > 0 && Math.abs(value - 2 * probs[i]!) < 1e-6).length;
        const gone = dropped.filter((value, i) => value === 0 && probs[i]! > 0).length;
        expect(kept + gone).to.equal(probs.filter((value) => value > 0).length);
        expect(kept).to.be.greaterThan(0);
        expect(gone).to.be.greaterThan(0);
        expect(again.get('h.0.attn.dropped')!.data).to.deep.equal(dropped);
        expect(other.get('h.0.attn.dropped')!.data).not.to.deep.equal(dropped);
      });

      it('lets no token see what comes after it', async () => {
        const golden = GOLDEN.untied;
        const V = golden.config.vocabSize;
        const ids = golden.ids[0]![0]!;
        const changed = ids.with(5, (ids[5]! + 1) % V);
        const logitsOf = async (sequence: number[]) =>
          (await traceForward(() => weightsOf(golden), golden.config, sequence, ['logits'])).get('logits')!
            .data;
        const [a, b] = [await logitsOf(ids), await logitsOf(changed)];
        expect(largestDifference(a.subarray(0, 5 * V), b.subarray(0, 5 * V))).to.equal(0);
        for (let t = 5; t < ids.length; t++)
          expect(
            largestDifference(a.subarray(t * V, (t + 1) * V), b.subarray(t * V, (t + 1) * V)),
          ).to.be.greaterThan(1e-3);
      });
    });

  it('refuses tokens that it cannot read', async () => {
    await useBackend('cpu');
    const golden = GOLDEN.tied;
    const read = (ids: number[]) => () =>
      tidy(() => void forward(weightsOf(golden), golden.config, singleSequence(ids)));
    expect(read([])).to.throw(TokensError, 'at least one');
    expect(read(new Array(9).fill(0))).to.throw(TokensError, 'context is 8 tokens');
    expect(read([1, 17])).to.throw(TokensError, 'no token 17');
    expect(read([1, -1])).to.throw(TokensError, 'no token -1');
  });
});

describe('trace', () => {
  before(() => useBackend('cpu'));

  it('gives each name its documented shape', async () => {
    const golden = GOLDEN.tied;
    const {contextLength, embDim: C, nHeads: H, vocabSize: V, nLayers} = golden.config;
    const T = contextLength - 3; // shorter than the context
    const trace = await traceForward(() => weightsOf(golden), golden.config, golden.ids[0]![0]!.slice(0, T), [
      '*',
    ]);
    const length = {T, C, '4C': 4 * C, H, D: C / H, V};
    for (const {name, shape} of TRACE_NAMES)
      for (let n = 0; n < nLayers; n++) {
        const tensor = trace.get(name.replace('h.N.', `h.${n}.`))!;
        expect(tensor.shape, name).to.deep.equal(shape.map((axis) => length[axis]));
        expect(tensor.data.length, name).to.equal(tensor.shape.reduce((a, b) => a * b));
      }
  });

  it('shows −∞ above the diagonal of the masked scores, and the scores below', async () => {
    const golden = GOLDEN.tied;
    const T = golden.config.contextLength;
    const ids = golden.ids[0]![0]!;
    const trace = await traceForward(() => weightsOf(golden), golden.config, ids, ['h.1.attn.*']);
    const masked = trace.get('h.1.attn.masked')!.data;
    const scores = trace.get('h.1.attn.scores')!.data;
    for (let i = 0; i < masked.length; i++) {
      const [query, key] = [Math.floor(i / T) % T, i % T];
      expect(masked[i]).to.equal(key > query ? -Infinity : scores[i]);
    }
    expect([...trace.keys()].every((name) => name.startsWith('h.1.attn.'))).to.equal(true);
  });
});

describe('configuration', () => {
  it('accepts both spellings and refuses what makes no model', () => {
    expect(normalizeConfig({vocab_size: 9, nHeads: 4})).to.include({vocabSize: 9, nHeads: 4, embDim: 768});
    expect(() => normalizeConfig({nHeads: 5})).to.throw(ConfigError, 'divisible');
    expect(() => normalizeConfig({nLayers: 0})).to.throw(ConfigError, 'nLayers');
    expect(() => normalizeConfig({dropRate: 1})).to.throw(ConfigError, 'dropRate');
    expect(() => normalizeConfig({heads: 2} as never)).to.throw(ConfigError, 'heads');
  });
});
