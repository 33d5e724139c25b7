import {expect} from '@open-wc/testing';
import {normals} from '../../math/rng.js';
import {learningLayout} from '../../model/fine-tuning.js';
import {type ParameterLayout, parameterLayout} from '../../model/parameters.js';
import {REPORT} from '../report.js';
import {relativeError} from '../testing/compare.js';
import {expectNoGpuErrors} from '../testing/gpu.js';
import {runKernel} from '../testing/run-kernel.js';
import {SETTINGS, TINY} from '../testing/training.js';
import {learningPlaces} from '../wgsl/learning-places.js';
import {adamW, adamWGroups} from './adamw.js';
import {gradientNorm, normGroups} from './gradient-norm.js';

const layout = parameterLayout(TINY);
const frozen = (name: string) => name.startsWith('h.0.');
const learning = learningLayout(layout, {trainable: (name) => !frozen(name)});
const places = learningPlaces(layout, learning);
const inSlots = ({slots, length}: ParameterLayout, values: Float32Array) => {
  const arena = new Float32Array(length);
  for (const {offset, size} of slots) arena.set(values.subarray(offset, offset + size), offset);
  return arena;
};
const theta = inSlots(layout, normals(layout.length, 0, 1, 1));
const gradient = inSlots(learning, normals(layout.length, 0, 0.1, 2));
const m = inSlots(learning, normals(layout.length, 0, 0.1, 3));
const v = inSlots(
  learning,
  normals(layout.length, 0, 0.1, 4).map((value) => value * value),
);
const losses = normals(50, 0, 1, 5);
const groups = normGroups(learning.length, 'thread');

/** The formula, number by number, in float64. */
function expectedUpdate() {
  const {learningRate, beta1, beta2, epsilon, weightDecay, clipNorm} = SETTINGS;
  const step = 3;
  let squares = 0;
  for (const g of gradient) squares += g ** 2;
  const norm = Math.sqrt(squares);
  const next = {theta: theta.slice(), m: m.slice(), v: v.slice()};
  for (const {name, offset, size, decay} of learning.slots) {
    const whole = layout.slots.find((slot) => slot.name === name)!;
    for (let i = offset; i < offset + size; i++) {
      const g = gradient[i]! * Math.min(1, clipNorm / (norm + 1e-6));
      const first = beta1 * m[i]! + (1 - beta1) * g;
      const second = beta2 * v[i]! + (1 - beta2) * g * g;
      const pull = first / (1 - beta1 ** step) / (Math.sqrt(second / (1 - beta2 ** step)) + epsilon);
      next.m[i] = first;
      next.v[i] = second;
      const at = whole.offset + i - offset;
      next.theta[at] = theta[at]! * (decay ? 1 - learningRate * weightDecay : 1) - learningRate * pull;
    }
  }
  return {
    ...next,
    norm,
    corrections: {correction1: 1 / (1 - beta1 ** step), correction2: 1 / (1 - beta2 ** step)},
  };
}

describe('AdamW', () => {
  afterEach(expectNoGpuErrors);

  it('clips, corrects, decays matrices only and leaves frozen parameters alone', async () => {
    const expected = expectedUpdate();
    const {report} = await runKernel(gradientNorm, {
      buffers: {gradient, losses, report: new Float32Array(REPORT.length)},
      sizes: {length4: learning.length / 4, first: 0, groups, rows: losses.length},
      groups: [groups + 1, 1, 1],
    });
    expect(report![REPORT.loss]).closeTo(
      losses.reduce((sum, loss) => sum + loss, 0),
      1e-5,
    );

    const {groups: across, groupsAcross, each} = adamWGroups(learning.length, 'thread');
    const {step: _, dropout: __, ...rates} = SETTINGS;
    const result = await runKernel(adamW, {
      buffers: {theta, gradient, m, v, places, report: report!},
      sizes: {length4: learning.length / 4, groups, groupsAcross, each},
      step: {...rates, ...expected.corrections},
      groups: across,
    });
    expect(result.report![REPORT.norm]).closeTo(expected.norm, 1e-5);
    expect(relativeError(result.theta!, expected.theta)).below(1e-6);
    expect(relativeError(result.m!, expected.m)).below(1e-6);
    expect(relativeError(result.v!, expected.v)).below(1e-6);
  });
});
