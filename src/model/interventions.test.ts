import {expect} from '@open-wc/testing';
import {memory} from '@tensorflow/tfjs-core';
import golden from './golden/interventions.json';
import {type Intervention, InterventionError, SKIPPABLE, shapeAt} from './interventions.js';
import type {NamedTensor} from './named-tensor.js';
import {parameterLayout} from './parameters.js';
import {BACKENDS, checkGPUErrors, useBackend} from './testing/backends.js';
import {GOLDEN, largestDifference, unpack} from './testing/golden.js';
import {traceForward} from './trace-forward.js';
import {traceNames} from './trace-names.js';
import {arenaTensor, sliceArena, type Weights, weightsFrom} from './weights.js';

const {config, arena} = GOLDEN.tied;
const {prompt, other, cases} = golden;
const T = prompt.length;

const weights = (): Weights => {
  const layout = parameterLayout(config);
  return weightsFrom(layout, sliceArena(layout, arenaTensor(arena)));
};
const trace = (ids: readonly number[], want: string[], interventions?: readonly Intervention[]) =>
  traceForward(weights, config, ids, want, {interventions});

async function logitsOf(interventions?: readonly Intervention[]): Promise<Float32Array> {
  return (await trace(prompt, ['logits'], interventions)).get('logits')!.data;
}

/** Gives patches, which stand in the golden file without a value, what another prompt has there. */
async function withValues(interventions: readonly {at: string; change: string}[]): Promise<Intervention[]> {
  const values = await trace(other, ['*']);
  return interventions.map((one) =>
    one.change === 'set' ? {...one, value: values.get(one.at)!} : one,
  ) as Intervention[];
}

for (const backend of BACKENDS)
  describe(`interventions on ${backend}`, () => {
    before(() => useBackend(backend));
    afterEach(checkGPUErrors);

    it('give the logits of PyTorch with hooks that change the same values', async () => {
      const unchanged = await logitsOf();
      const before = memory().numTensors;
      for (const {interventions, logits} of cases) {
        const changed = await logitsOf(await withValues(interventions));
        const name = JSON.stringify(interventions);
        expect(largestDifference(changed, unpack(logits).data), name).to.be.lessThan(1e-4);
        expect(largestDifference(changed, unchanged), name).to.be.greaterThan(1e-3);
      }
      expect(memory().numTensors).to.equal(before);
    });

    it('change no bit where there are none, and where a prompt is patched with itself at any place', async () => {
      const all = await trace(prompt, ['*']);
      expect(await logitsOf([])).to.deep.equal(all.get('logits')!.data);
      for (const at of traceNames(config.nLayers)) {
        if (at === 'probs') continue; // computed from the logits
        const patched = await logitsOf([{at, change: 'set', value: all.get(at)!}]);
        expect(patched, at).to.deep.equal(all.get('logits')!.data);
      }
    });
  });

describe('an intervention', () => {
  before(() => useBackend('cpu'));

  it('changes only the selected head, position and unit, in every place', async () => {
    const plain = await trace(prompt, ['*']);
    for (const at of traceNames(config.nLayers)) {
      const shape = shapeAt(at, config, T);
      const {data} = plain.get(at)!;
      const [position, unit] = [T - 1, shape.at(-1)! - 1];
      const head = shape.length === 3 ? 1 : undefined;
      const changed = (
        await trace(prompt, [at], [{at, head, position, unit, change: 'scale', factor: 3}])
      ).get(at)!.data;
      const index = (head ?? 0) * T * shape.at(-1)! + position * shape.at(-1)! + unit;
      for (let i = 0; i < data.length; i++)
        if (i !== index) expect(changed[i], `${at} ${i}`).to.equal(data[i]);
      expect(changed[index], at).to.be.closeTo(3 * data[index]!, 1e-5 * Math.abs(data[index]!) + 1e-9);
      expect(changed[index], at).not.to.equal(data[index]);
    }
  });

  it('selects a head in the concatenated outputs by its channels', async () => {
    const at = 'h.1.attn.context';
    const D = config.embDim / config.nHeads;
    const data = (await trace(prompt, [at], [{at, head: 2, change: 'zero'}])).get(at)!.data;
    data.forEach((value, i) => {
      const isHead = Math.floor((i % config.embDim) / D) === 2;
      expect(value === 0, `${i}`).to.equal(isHead);
    });
  });

  it('skips a step: the trace then shows what the step would have read', async () => {
    const inputs: Record<string, string> = {
      embed: 'embed.token',
      'h.*.ln_1': 'h.1.resid_pre',
      'h.*.attn.masked': 'h.1.attn.scores',
      'h.*.attn.dropped': 'h.1.attn.probs',
      'h.*.resid_mid': 'h.1.attn.out',
      'h.*.ln_2': 'h.1.resid_mid',
      'h.*.mlp.hidden': 'h.1.mlp.pre',
      'h.*.resid_post': 'h.1.mlp.out',
      ln_f: 'h.1.resid_post',
    };
    for (const pattern of SKIPPABLE) {
      const at = pattern.replace('*', '1');
      const input = inputs[pattern]!;
      // Dropout acts between a sublayer's output and the sum, so shortcuts are compared without it.
      const dropout = pattern.includes('resid') ? undefined : {rate: 0.5, key: 1};
      const result = await traceForward(weights, config, prompt, [at, input], {
        interventions: [{at, change: 'skip'}],
        dropout,
      });
      expect(result.get(at)!.data, at).to.deep.equal(result.get(input)!.data);
    }
  });

  it('is refused with a sentence where the model cannot apply it', async () => {
    const value: NamedTensor = {shape: [T, 3], data: new Float32Array(3 * T)};
    const refused: [Intervention, string][] = [
      [{at: 'h.2.attn.q', change: 'zero'}, 'layers run from 0 to 1'],
      [{at: 'h.0.attn.p', change: 'zero'}, 'no place'],
      [{at: 'ln_f', head: 0, change: 'zero'}, 'has no heads'],
      [{at: 'h.0.attn.q', head: 3, change: 'zero'}, '3 heads'],
      [{at: 'h.0.attn.context', head: -1, change: 'zero'}, '3 heads'],
      [{at: 'h.0.mlp.out', position: T, change: 'zero'}, `no index ${T}`],
      [{at: 'h.0.mlp.out', unit: 1.5, change: 'zero'}, 'no index 1.5'],
      [{at: 'h.0.attn.q', change: 'skip'}, 'cannot be skipped'],
      [{at: 'ln_f', change: 'ablate'} as never, 'no change “ablate”. Use zero, mean, skip, scale or set'],
      [{at: 'h.0.attn.q', change: 'scale', factor: Number.NaN}, 'finite'],
      [{at: 'h.0.mlp.out', change: 'set', value}, `shape [${T}, 3]`],
    ];
    for (const [intervention, sentence] of refused) {
      const error = await logitsOf([intervention]).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(error, JSON.stringify(intervention)).to.be.instanceOf(InterventionError);
      expect((error as Error).message).to.contain(sentence);
    }
  });
});
