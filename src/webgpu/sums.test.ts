import {expect} from '@open-wc/testing';
import {normals} from '../math/rng.js';
import {LAYER_NORM_EPSILON} from '../model/config.js';
import {crossEntropy} from './kernels/cross-entropy.js';
import {gradientNorm, normGroups} from './kernels/gradient-norm.js';
import {layerNormForward} from './kernels/layer-norm-forward.js';
import {REPORT} from './report.js';
import {expectNoGpuErrors} from './testing/gpu.js';
import {runKernel} from './testing/run-kernel.js';
import {rowGroups} from './wgsl/row-team.js';

describe('sums in planned kernels, held against float64', () => {
  afterEach(expectNoGpuErrors);

  for (const team of ['thread', 'workgroup'] as const) {
    it(`give the global norm of 4 million equal numbers, in the shares of a ${team}`, async () => {
      const gradient = new Float32Array(2 ** 22).fill(0.1);
      const groups = normGroups(gradient.length, team);
      const {report} = await runKernel(gradientNorm, {
        buffers: {gradient, losses: new Float32Array(3).fill(0.5), report: new Float32Array(REPORT.length)},
        sizes: {length4: gradient.length / 4, first: 0, groups, rows: 3},
        groups: [groups + 1, 1, 1],
      });
      const squares = report!.subarray(0, groups).reduce((total, part) => total + part, 0);
      expect(squares / (gradient.length * gradient[0]! ** 2)).to.be.closeTo(1, 1e-5);
      expect(report![REPORT.loss]).to.equal(1.5);
    });

    it(`give the loss over a vocabulary of 200,000 tokens, a ${team} a row`, async () => {
      const [N, V] = [2, 200_019];
      const logits = new Float32Array(N * V).fill(-0.1);
      logits[7] = 2; // the others are equal: their rounding errors all go the same way
      logits.set(normals(V, 0, 3, 2), V);
      const labels = Int32Array.of(5, 70_000);
      const expected = Array.from(labels, (label, n) => {
        const row = logits.subarray(n * V, (n + 1) * V);
        return Math.log(row.reduce((total, x) => total + Math.exp(x), 0)) - row[label]!;
      });
      const {losses} = await runKernel(crossEntropy({team}), {
        buffers: {labels, logits, losses: new Float32Array(N)},
        sizes: {rows: N, vocabulary: V, stride: V},
        step: {lossScale: 1},
        groups: [rowGroups(team, N), 1, 1],
      });
      for (const [n, loss] of expected.entries()) expect(losses![n]).to.be.closeTo(loss, 2e-5);
    });

    it(`give layer norm over wide rows that lie far from 0, a ${team} a row`, async () => {
      const [N, C] = [3, 16_384];
      const x = Float32Array.from(normals(N * C, 0, 1, 4), (value, i) => value + 1000 * Math.floor(i / C));
      const norm = new Float32Array(2 * C).fill(1, 0, C);
      const {h, stats} = await runKernel(layerNormForward({team, stored: 'f32'}), {
        buffers: {x, norm, h: new Float32Array(N * C), stats: new Float32Array(2 * N)},
        sizes: {rows: N, width4: C / 4, betaOffset4: C / 4},
        groups: [rowGroups(team, N), 1, 1],
      });
      for (let n = 0; n < N; n++) {
        const row = x.subarray(n * C, (n + 1) * C);
        const mean = row.reduce((total, value) => total + value, 0) / C;
        const variance = row.reduce((total, value) => total + (value - mean) ** 2, 0) / C;
        expect(stats![2 * n]).to.be.closeTo(mean, 1e-4);
        for (let c = 0; c < C; c += 97)
          expect(h![n * C + c]).to.be.closeTo(
            (row[c]! - mean) / Math.sqrt(variance + LAYER_NORM_EPSILON),
            2e-4,
          );
      }
    });
  }
});
