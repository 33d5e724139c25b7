import {expect} from '@open-wc/testing';
import '@tensorflow/tfjs-backend-cpu';
import {setBackend, type Tensor, tensor1d, tensor2d, tidy, valueAndGrads} from '@tensorflow/tfjs-core';
import '../../model/gradients.js';
import {dropoutMask} from '../../math/dropout-mask.js';
import {key as makeKey, normals} from '../../math/rng.js';
import {LAYER_NORM_EPSILON} from '../../model/config.js';
import {layerNorm} from '../../model/layer-norm.js';
import {relativeError} from '../testing/compare.js';
import {expectNoGpuErrors} from '../testing/gpu.js';
import {runKernel} from '../testing/run-kernel.js';
import {layerNormBackward, layerNormBackwardGroups, normChunks} from './layer-norm-backward.js';

const [N, C] = [70, 12]; // two chunks of rows
const x = normals(N * C, 0.3, 2, 1);
const gamma = normals(C, 1, 0.5, 2);
const dh = normals(N * C, 0, 1, 3);
const flowing = normals(N * C, 0, 1, 4);

/** μ and 1 / σ of each row, as the forward pass leaves them. */
function rowStats(): Float32Array {
  const stats = new Float32Array(N * 2);
  for (let n = 0; n < N; n++) {
    const row = x.subarray(n * C, (n + 1) * C);
    const mean = row.reduce((sum, value) => sum + value, 0) / C;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / C;
    stats.set([mean, 1 / Math.sqrt(variance + LAYER_NORM_EPSILON)], n * 2);
  }
  return stats;
}

describe('layer norm’s backward pass', () => {
  before(() => setBackend('cpu'));
  afterEach(expectNoGpuErrors);

  for (const team of ['thread', 'workgroup'] as const)
    it(`agrees with the reference, a ${team} a row`, async () => {
      const expected: Float32Array[] = [];
      tidy(() => {
        const back = valueAndGrads((...[input, weight, bias]: Tensor[]) => layerNorm(input!, weight!, bias!));
        const inputs = [tensor2d(x, [N, C]), tensor1d(gamma), tensor1d(new Float32Array(C))];
        const {grads} = back(inputs, tensor2d(dh, [N, C]));
        expected.push(...grads.map((grad) => grad.dataSync() as Float32Array));
      });
      const site = 5;
      const drop = {rate: 0.25, key: 99};
      const chunks = normChunks(N);
      const result = await runKernel(layerNormBackward({team, dropout: true}), {
        buffers: {
          x,
          stats: rowStats(),
          gamma,
          dh,
          dx: flowing,
          partials: new Float32Array(chunks * 2 * C),
          dropped: new Float32Array(N * C),
        },
        sizes: {rows: N, width4: C / 4, adds: 1, site},
        step: {dropKey: drop.key, dropThreshold: drop.rate * 65536, dropKeep: 1 / (1 - drop.rate)},
        groups: layerNormBackwardGroups(team, N, C),
      });
      const dx = expected[0]!.map((value, i) => value + flowing[i]!);
      expect(relativeError(result.dx!, dx), 'dx').below(3e-6);
      const mask = dropoutMask(N * C, drop.rate, makeKey(drop.key, site));
      expect(
        relativeError(
          result.dropped!,
          dx.map((value, i) => value * mask[i]!),
        ),
        'dropped',
      ).below(3e-6);
      const sums = (part: number) =>
        Float32Array.from(
          {length: C},
          (_, c) => result.partials![part * C + c]! + result.partials![(2 + part) * C + c]!,
        );
      expect(relativeError(sums(0), expected[1]!), 'dγ').below(3e-6);
      expect(relativeError(sums(1), expected[2]!), 'dβ').below(3e-6);
    });
});
