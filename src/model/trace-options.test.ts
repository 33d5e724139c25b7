import {expect} from '@open-wc/testing';
import {zerosLike} from '@tensorflow/tfjs-core';
import {parameterLayout} from './parameters.js';
import {useBackend} from './testing/backends.js';
import {GOLDEN, largestDifference} from './testing/golden.js';
import {traceForward} from './trace-forward.js';
import {arenaTensor, sliceArena, type Weights, weightsFrom} from './weights.js';

const {config, arena, ids} = GOLDEN.tied;
const sequence = ids[0]![0]!;
const T = sequence.length;
const C = config.embDim;

const weights = (): Weights => {
  const layout = parameterLayout(config);
  return weightsFrom(layout, sliceArena(layout, arenaTensor(arena)));
};
const lastOf = (data: Float32Array, width: number) => data.subarray((T - 1) * width);

describe('a trace without positions', () => {
  before(() => useBackend('cpu'));

  it('is what a model with wpe zeroed computes', async () => {
    const zeroed = (): Weights => {
      const all = weights();
      return (name) => (name === 'wpe.weight' ? zerosLike(all(name)) : all(name));
    };
    const without = await traceForward(weights, config, sequence, ['*'], {
      interventions: [{at: 'embed.position', change: 'zero'}],
    });
    const expected = await traceForward(zeroed, config, sequence, ['*']);
    expect([...without.keys()]).to.deep.equal([...expected.keys()]);
    for (const [name, {shape, data}] of expected) {
      expect(without.get(name)!.shape, name).to.deep.equal(shape);
      expect(without.get(name)!.data, name).to.deep.equal(data);
    }
    const learned = await traceForward(weights, config, sequence, ['logits']);
    expect(largestDifference(learned.get('logits')!.data, without.get('logits')!.data)).to.be.greaterThan(
      1e-3,
    );
  });

  it('hides the order of what came before from the last token in the first block, and in no later one', async () => {
    const swapped = [sequence[2]!, sequence[1]!, sequence[0]!, ...sequence.slice(3)];
    expect(swapped).not.to.deep.equal(sequence);
    const streams = (tokens: number[], positions: boolean) =>
      traceForward(weights, config, tokens, ['h.*.resid_post'], {
        interventions: positions ? [] : [{at: 'embed.position', change: 'zero'}],
      });
    const difference = async (layer: number, positions: boolean) => {
      const [a, b] = await Promise.all([streams(sequence, positions), streams(swapped, positions)]);
      const name = `h.${layer}.resid_post`;
      return largestDifference(lastOf(a.get(name)!.data, C), lastOf(b.get(name)!.data, C));
    };
    expect(await difference(0, false)).to.be.lessThan(1e-6);
    expect(await difference(1, false)).to.be.greaterThan(1e-4);
    expect(await difference(0, true)).to.be.greaterThan(1e-4);
  });
});
