import {expect} from '@open-wc/testing';
import {tensor1d, tidy} from '@tensorflow/tfjs-core';
import type {Dropout} from '../model/dropout.js';
import {IGNORE_INDEX} from '../model/loss.js';
import {parameterLayout} from '../model/parameters.js';
import {useBackend} from '../model/testing/backends.js';
import {GOLDEN, goldenBatch, largestDifference} from '../model/testing/golden.js';
import {lossAndGradient} from './gradient.js';
import {nextTokenLoss} from './tasks/language.js';

const golden = GOLDEN.untied;
const layout = parameterLayout(golden.config);
const batch = goldenBatch(golden, 0);

/** Loss and gradient at a point of the parameter space. */
function at(arena: Float32Array, dropout?: Dropout, labels: Int32Array = batch.labels) {
  return tidy(() => {
    const {loss, gradient} = lossAndGradient(layout, tensor1d(arena), (weights) =>
      nextTokenLoss(weights, golden.config, {...batch, labels}, {dropout}),
    );
    return {loss: loss.dataSync()[0]!, gradient: gradient.dataSync() as Float32Array};
  });
}

/** The gradient's slope along itself, computed and measured; only the slots that `move` names are moved. */
function slopes(dropout: Dropout | undefined, labels: Int32Array, move: (name: string) => boolean) {
  const {gradient} = at(golden.arena, dropout, labels);
  const direction = new Float32Array(layout.length);
  for (const {name, offset, size} of layout.slots)
    if (move(name)) direction.set(gradient.subarray(offset, offset + size), offset);
  const length = Math.hypot(...direction);
  const h = 5e-3 / length;
  const moved = (sign: number) =>
    at(
      golden.arena.map((x, i) => x + sign * h * direction[i]!),
      dropout,
      labels,
    ).loss;
  return {computed: length * length, measured: (moved(1) - moved(-1)) / (2 * h)};
}

describe('the gradient of the whole model', () => {
  before(() => useBackend('cpu'));

  const dropout = {rate: 0.3, key: 11};
  const ignoring: Int32Array = batch.labels.map((label, i) => (i % 3 === 0 ? IGNORE_INDEX : label));

  for (const part of ['wte', 'wpe', 'ln_1', 'c_attn', 'attn.c_proj', 'mlp.c_fc', 'lm_head'])
    it(`agrees with finite differences under dropout and ignored labels (${part})`, () => {
      const {computed, measured} = slopes(dropout, ignoring, (name) => name.includes(part));
      expect(computed).to.be.greaterThan(0);
      expect(measured / computed).to.be.closeTo(1, 0.01);
    });

  it('is 0 in the gaps between the slots', () => {
    const {gradient} = at(golden.arena);
    const filled = new Uint8Array(layout.length);
    for (const {offset, size} of layout.slots) filled.fill(1, offset, offset + size);
    expect(filled.includes(0)).to.equal(true);
    expect(gradient.every((x, i) => filled[i] === 1 || x === 0)).to.equal(true);
  });

  it('depends on the dropout key, and on nothing else', () => {
    const [a, b] = [at(golden.arena, dropout), at(golden.arena, dropout)];
    expect(largestDifference(a.gradient, b.gradient)).to.equal(0);
    expect(at(golden.arena, {rate: 0.3, key: 12}).loss).not.to.equal(a.loss);
    expect(at(golden.arena, {rate: 0, key: 11}).loss).to.equal(at(golden.arena).loss);
  });
});
