import {expect} from '@open-wc/testing';
import {tensor1d, tidy} from '@tensorflow/tfjs-core';
import type {GPTConfig} from '../model/config.js';
import golden from '../model/golden/changed-training.json';
import {forward} from '../model/gpt.js';
import type {Intervention} from '../model/interventions.js';
import {parameterLayout} from '../model/parameters.js';
import {useBackend} from '../model/testing/backends.js';
import {GOLDEN, goldenBatch, largestDifference, unpack} from '../model/testing/golden.js';
import {sliceArena, weightsFrom} from '../model/weights.js';
import {planObstacle} from '../webgpu/index.js';
import {lossAndGradient} from './gradient.js';
import {DEFAULT_TRAINING} from './options.js';
import {TrainingSession} from './session.js';
import {LanguageTask, nextTokenLoss} from './tasks/language.js';

const {config, arena} = GOLDEN.tied;
const layout = parameterLayout(config);
const batch = goldenBatch(GOLDEN.tied, 0);

interface Case {
  norm?: string;
  interventions: {at: string; change: string}[];
  logits: Parameters<typeof unpack>[0];
  loss: number;
  gradientNorms: Record<string, number>;
}

const nameOf = ({norm, interventions}: Case): string => norm ?? `without ${interventions[0]!.at}`;

describe('training a changed model', () => {
  before(() => useBackend('cpu'));

  for (const one of golden.cases as Case[])
    it(`has the logits, loss and gradients of PyTorch: ${nameOf(one)}`, () => {
      const interventions = one.interventions as Intervention[];
      const changed: GPTConfig = one.norm === 'post' ? {...config, norm: 'post'} : config;
      const {loss, gradient, logits} = tidy(() => {
        const theta = tensor1d(arena);
        const result = lossAndGradient(layout, theta, (weights) =>
          nextTokenLoss(weights, changed, batch, {interventions}),
        );
        const weights = weightsFrom(layout, sliceArena(layout, theta));
        return {
          loss: result.loss.dataSync()[0]!,
          gradient: result.gradient.dataSync() as Float32Array,
          logits: forward(weights, changed, batch.tokens, {interventions}).dataSync() as Float32Array,
        };
      });
      expect(largestDifference(logits, unpack(one.logits).data)).to.be.lessThan(1e-4);
      expect(loss).to.be.closeTo(one.loss, 1e-5);
      for (const {name, offset, size} of layout.slots) {
        const norm = Math.hypot(...gradient.subarray(offset, offset + size));
        const expected = one.gradientNorms[name]!;
        expect(norm, name).to.be.closeTo(expected, 1e-6 + 1e-4 * expected);
      }
    });

  it('has no gradient where a part is left out, and one everywhere in a post-norm model', () => {
    const unused = (golden.cases as Case[]).map(({gradientNorms}) =>
      Object.keys(gradientNorms).filter((name) => gradientNorms[name] === 0),
    );
    expect(unused[0]).to.deep.equal([]);
    expect(unused[1]).to.deep.equal(['h.0.ln_1.weight', 'h.0.ln_1.bias']);
    expect(unused[2]).to.include('h.1.attn.c_attn.weight');
  });

  it('is left to the reference, which leaves the weights of a part that is off to the decay', async () => {
    const interventions: Intervention[] = [{at: 'h.1.attn.out', change: 'zero'}];
    const task = new LanguageTask({
      trainTokens: Int32Array.from({length: 100}, (_, i) => (i * 7) % config.vocabSize),
      validationTokens: Int32Array.from({length: 40}, (_, i) => (i * 3) % config.vocabSize),
      contextLength: config.contextLength,
      seed: 1,
    });
    const options = {...DEFAULT_TRAINING, weightDecay: 0, batchSize: 2, interventions};
    const session = new TrainingSession({config, options, task, seed: 1});
    expect(session.kernels).to.equal('reference');
    const before = await session.weights();
    await session.step();
    const after = await session.weights();
    for (const name of ['h.1.attn.c_attn.weight', 'h.1.attn.c_proj.weight', 'h.1.ln_1.weight'])
      expect(after.get(name)!.data, name).to.deep.equal(before.get(name)!.data);
    for (const name of ['h.0.attn.c_attn.weight', 'h.1.mlp.c_fc.weight'])
      expect(after.get(name)!.data, name).not.to.deep.equal(before.get(name)!.data);
    // it is evaluated as it is trained
    const changed = await session.evaluate();
    session.options = {...options, interventions: []};
    expect(changed.validation).not.to.deep.equal((await session.evaluate()).validation);
    expect((await session.evaluate({interventions})).validation).to.deep.equal(changed.validation);
    session.dispose();
  });

  it('is never planned for norms after the sums', () => {
    expect(planObstacle({...config, norm: 'post'})).to.contain('norms');
    expect(planObstacle({...config, norm: 'pre'})).to.equal(undefined);
  });
});
