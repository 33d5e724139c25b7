import {expect} from '@open-wc/testing';
import {type Tensor1D, tensor1d, tidy} from '@tensorflow/tfjs-core';
import {parameterLayout} from '../model/parameters.js';
import {BACKENDS, checkGPUErrors, useBackend} from '../model/testing/backends.js';
import {GOLDEN, goldenBatch, largestDifference, unpack} from '../model/testing/golden.js';
import {adamW, decayMask, globalNorm} from './adamw.js';
import {lossAndGradient} from './gradient.js';
import {nextTokenLoss} from './tasks/language.js';

/** 20 steps over the golden batches. */
async function train(name: 'tied' | 'untied') {
  const golden = GOLDEN[name];
  const layout = parameterLayout(golden.config);
  const mask = tensor1d(decayMask(layout));
  let state = {
    theta: tensor1d(golden.arena),
    m: tensor1d(new Float32Array(layout.length)),
    v: tensor1d(new Float32Array(layout.length)),
  };
  const losses: number[] = [];
  const norms: number[] = [];
  for (let step = 1; step <= golden.ids.length; step++) {
    const next = tidy(() => {
      const {loss, gradient} = lossAndGradient(layout, state.theta, (weights) =>
        nextTokenLoss(weights, golden.config, goldenBatch(golden, step - 1)),
      );
      const norm = globalNorm(gradient);
      const updated = adamW(state, gradient, norm, mask, step, golden.adamw.learningRate, golden.adamw);
      return {...updated, loss, norm};
    });
    for (const tensor of Object.values(state)) tensor.dispose();
    state = {theta: next.theta, m: next.m, v: next.v};
    losses.push((await next.loss.data())[0]!);
    norms.push((await next.norm.data())[0]!);
    next.loss.dispose();
    next.norm.dispose();
  }
  const theta = await state.theta.data();
  for (const tensor of [...Object.values(state), mask]) tensor.dispose();
  return {losses, norms, theta, layout};
}

describe('AdamW', () => {
  for (const backend of BACKENDS)
    for (const name of ['tied', 'untied'] as const)
      it(`trains along PyTorch’s trajectory (${name} head, ${backend})`, async () => {
        await useBackend(backend);
        const {losses, norms, theta, layout} = await train(name);
        const {trajectory, adamw} = GOLDEN[name];
        expect(largestDifference(losses, trajectory.losses)).to.be.lessThan(1e-3);
        expect(largestDifference(norms, trajectory.gradientNorms)).to.be.lessThan(1e-2);
        expect(Math.max(...norms)).to.be.greaterThan(adamw.clipNorm); // the clip has acted
        const {offset, size} = layout.slots.find((slot) => slot.name === 'wte.weight')!;
        const wte = unpack(trajectory.final['wte.weight']!).data;
        expect(largestDifference(theta.slice(offset, offset + size), wte)).to.be.lessThan(5e-3);
        await checkGPUErrors();
      });

  it('neither clips nor decays where told not to', async () => {
    await useBackend('cpu');
    const flat = (...values: number[]) => tensor1d(values);
    const theta = tidy(() => {
      const gradient = flat(30, -40);
      const options = {beta1: 0.9, beta2: 0.95, epsilon: 0, weightDecay: 0.5, clipNorm: 0};
      const state = {theta: flat(1, 1), m: flat(0, 0), v: flat(0, 0)};
      return adamW(
        state,
        gradient,
        globalNorm(gradient),
        flat(1, 0) as Tensor1D,
        1,
        0.1,
        options,
      ).theta.dataSync();
    });
    // The first step moves by the learning rate against the gradient's sign; decay takes 0.1 · 0.5 of the first weight.
    expect(theta[0]).to.be.closeTo(1 - 0.05 - 0.1, 1e-6);
    expect(theta[1]).to.be.closeTo(1 + 0.1, 1e-6);
  });
});
