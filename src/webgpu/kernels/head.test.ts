import {expect} from '@open-wc/testing';
import '@tensorflow/tfjs-backend-cpu';
import {matMul, setBackend, tensor2d, tidy, valueAndGrads} from '@tensorflow/tfjs-core';
import '../../model/gradients.js';
import {hash32, normals} from '../../math/rng.js';
import {countLabels, crossEntropy as crossEntropyReference, IGNORE_INDEX} from '../../model/loss.js';
import {relativeError} from '../testing/compare.js';
import {expectNoGpuErrors} from '../testing/gpu.js';
import {runKernel} from '../testing/run-kernel.js';
import {VARIANTS} from '../variant.js';
import {rowGroups} from '../wgsl/row-team.js';
import {crossEntropy} from './cross-entropy.js';
import {headBackward, headBackwardSizes, headForward, headForwardSizes, logitsStride} from './head.js';

const [N, C, V] = [68, 12, 71];
const stride = logitsStride(V);
const shape = {rows: N, width: C, vocabulary: V};
const h = normals(N * C, 0, 1, 1);
const weight = normals(V * C, 0, 1, 2);
const labels = Int32Array.from({length: N}, (_, n) => (n % 5 === 0 ? IGNORE_INDEX : hash32(n) % V));

/** Rows of V numbers without their padding. */
const unpadded = (rows: Float32Array) =>
  Float32Array.from({length: N * V}, (_, i) => rows[Math.floor(i / V) * stride + (i % V)]!);

describe('the head and its loss', () => {
  before(() => setBackend('cpu'));
  afterEach(expectNoGpuErrors);

  for (const {tile, team} of Object.values(VARIANTS))
    it(`agree with the reference, forward and back, tiles in ${tile}`, async () => {
      const expected: Float32Array[] = [];
      tidy(() => {
        const inputs = [tensor2d(h, [N, C]), tensor2d(weight, [V, C])];
        const scores = (a: unknown, b: unknown) =>
          matMul(a as (typeof inputs)[0] & object, b as never, false, true);
        const {value, grads} = valueAndGrads(((a: unknown, b: unknown) =>
          crossEntropyReference(scores(a, b), labels)) as never)(inputs);
        const all = [value, ...grads, scores(inputs[0], inputs[1])];
        expected.push(...all.map((tensor) => tensor.dataSync() as Float32Array));
      });
      const [loss, dh, dweight, logits] = expected as [
        Float32Array,
        Float32Array,
        Float32Array,
        Float32Array,
      ];

      const forward = await runKernel(headForward({tile, stored: 'f32'}), {
        buffers: {h, weight, logits: new Float32Array(N * stride)},
        ...headForwardSizes(tile, shape),
      });
      expect(relativeError(unpadded(forward.logits!), logits), 'logits').below(2e-6);

      const graded = await runKernel(crossEntropy({team}), {
        buffers: {labels, logits: forward.logits!, losses: new Float32Array(N)},
        sizes: {rows: N, vocabulary: V, stride},
        step: {lossScale: 1 / countLabels(labels)},
        groups: [rowGroups(team, N), 1, 1],
      });
      expect(graded.losses!.reduce((sum, value) => sum + value, 0)).closeTo(loss[0]!, 1e-5);
      expect(graded.losses![0], 'an ignored label').equal(0);
      expect(
        graded.logits!.filter((_, i) => i % stride >= V).every((value) => value === 0),
        'padding',
      ).equal(true);

      const {sizes, groups} = headBackwardSizes(tile, shape);
      const backward = await runKernel(headBackward({tile, stored: 'f32'}), {
        buffers: {
          h,
          dlogits: graded.logits!,
          weight,
          dh: new Float32Array(N * C),
          dweight: new Float32Array(V * C),
        },
        groups,
        sizes: {...sizes, adds: 0},
      });
      expect(relativeError(backward.dh!, dh), 'dh').below(3e-6);
      expect(relativeError(backward.dweight!, dweight), 'dW').below(3e-6);
    });
});
