import {expect} from '@open-wc/testing';
import '@tensorflow/tfjs-backend-cpu';
import {
  add,
  grad,
  matMul,
  setBackend,
  sum,
  type Tensor,
  tensor1d,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import '../../model/gradients.js';
import {normals} from '../../math/rng.js';
import {gelu} from '../../model/gelu.js';
import {layerNorm} from '../../model/layer-norm.js';
import {relativeError} from '../testing/compare.js';
import {expectNoGpuErrors} from '../testing/gpu.js';
import {runKernel} from '../testing/run-kernel.js';
import {rowGroups} from '../wgsl/row-team.js';
import {layerNormForward} from './layer-norm-forward.js';
import {linearBackward, linearBackwardSizes} from './linear-backward.js';
import {
  linearForward,
  linearForwardGroups,
  linearResidual,
  linearResidualNorm,
  linearResidualNormGroups,
} from './linear-forward.js';

const [N, K, M] = [70, 20, 76]; // more than one tile, and no multiples of one

/** As plans keep activations: rows of zeros up to a multiple of 4. */
const padded = (matrix: Float32Array, columns: number) => {
  const rows = new Float32Array(Math.ceil(N / 4) * 4 * columns);
  rows.set(matrix);
  return rows;
};
const x = normals(N * K, 0, 1, 1);
const weight = normals(K * M, 0, 1, 2);
const bias = normals(M, 0, 1, 3);

/** Y = X W + b, in tfjs. */
const linear = () => add(matMul(tensor2d(x, [N, K]), tensor2d(weight, [K, M])), tensor1d(bias));
const numbers = (compute: () => Tensor) => tidy(() => compute().dataSync() as Float32Array);
const TOLERANCE = 2e-6;

for (const tile of ['registers', 'quads', 'wide quads', 'small quads', 'workgroup'] as const)
  describe(`linear layers, tiles in ${tile}`, () => {
    before(() => setBackend('cpu'));
    afterEach(expectNoGpuErrors);

    const sizes = {rows: N, inner4: K / 4, columns4: M / 4};
    const groups = linearForwardGroups(tile, N, M);
    const empty = () => new Float32Array(N * M);
    const expectClose = (actual: Float32Array | undefined, reference: () => Tensor, what: string) =>
      expect(relativeError(actual!, numbers(reference)), what).below(TOLERANCE);

    it('multiply and add the bias', async () => {
      const buffers = {a: x, weight, bias, y: empty()};
      const result = await runKernel(linearForward({tile, stored: 'f32', gelu: false}), {
        buffers,
        sizes,
        groups,
      });
      expectClose(result.y, linear, 'y');
    });

    it('apply GELU and keep its slope', async () => {
      const buffers = {a: x, weight, bias, slope: empty(), y: empty()};
      const result = await runKernel(linearForward({tile, stored: 'f32', gelu: true}), {
        buffers,
        sizes,
        groups,
      });
      expectClose(result.slope, () => grad(gelu)(linear()), 'slope');
      expectClose(result.y, () => gelu(linear()), 'y');
    });

    it('add to the residual stream and normalize it', async () => {
      const residual = normals(N * M, 0, 1, 4);
      const gamma = normals(M, 1, 0.5, 5);
      const beta = normals(M, 0, 0.5, 6);
      const stream = () => add(linear(), tensor2d(residual, [N, M]));
      const normalized = () => layerNorm(stream(), tensor1d(gamma), tensor1d(beta));
      const added = {a: x, weight, bias, residual, x: empty()};
      const norm = Float32Array.of(...gamma, ...beta);
      const normed = {norm, h: empty(), stats: new Float32Array(N * 2)};
      const shape = {rows: N, inner4: K / 4, width4: M / 4, betaOffset4: M / 4, site: 0};

      const fused = await runKernel(linearResidualNorm({tile, stored: 'f32', dropout: false}), {
        buffers: {...added, ...normed},
        sizes: shape,
        groups: linearResidualNormGroups(tile, N),
      });
      expectClose(fused.x, stream, 'x');
      expectClose(fused.h, normalized, 'h');

      const alone = await runKernel(linearResidual({tile, stored: 'f32', dropout: false}), {
        buffers: added,
        sizes: shape,
        groups,
      });
      expectClose(alone.x, stream, 'x');
      for (const team of ['thread', 'workgroup'] as const) {
        const after = await runKernel(layerNormForward({team, stored: 'f32'}), {
          buffers: {...normed, x: alone.x!},
          sizes: shape,
          groups: [rowGroups(team, N), 1, 1],
        });
        expectClose(after.h, normalized, `h, a ${team} a row`);
        expect(relativeError(after.stats!, fused.stats!), 'stats').below(TOLERANCE);
      }
    });

    it('go back in one dispatch, through GELU too', async () => {
      const dy = normals(N * M, 0, 1, 7);
      const gradient = () => tensor2d(dy, [N, M]);
      const {sizes: shape, groups: ranges} = linearBackwardSizes(tile, {rows: N, inner: K, columns: M});
      const buffers = {
        a: padded(x, K),
        dy: padded(dy, M),
        weight,
        slope: new Float32Array(4),
        da: new Float32Array(N * K),
        dweight: new Float32Array(K * M),
        dbias: new Float32Array(M),
      };
      const result = await runKernel(linearBackward({tile, stored: 'f32'}), {
        buffers,
        sizes: {...shape, gelu: 0},
        groups: ranges,
      });
      const dx = () => matMul(gradient(), tensor2d(weight, [K, M]), false, true) as Tensor;
      expectClose(result.da, dx, 'dX');
      expectClose(result.dweight, () => matMul(tensor2d(x, [N, K]), gradient(), true), 'dW');
      expectClose(result.dbias, () => sum(gradient(), 0), 'db');

      const pre = normals(N * K, 0, 1, 8);
      const through = await runKernel(linearBackward({tile, stored: 'f32'}), {
        buffers: {...buffers, slope: numbers(() => grad(gelu)(tensor2d(pre, [N, K])))},
        sizes: {...shape, gelu: 1},
        groups: ranges,
      });
      expectClose(through.da, () => grad(gelu)(tensor2d(pre, [N, K]), dx()), 'dPre');

      const added = await runKernel(linearBackward({tile, stored: 'f32'}), {
        buffers: {...buffers, dbias: result.dbias!, dweight: result.dweight!},
        step: {accumulate: 1},
        sizes: {...shape, gelu: 0},
        groups: ranges,
      });
      expect(
        relativeError(
          added.dweight!,
          result.dweight!.map((value) => 2 * value),
        ),
      ).below(TOLERANCE);
      expect(
        relativeError(
          added.dbias!,
          result.dbias!.map((value) => 2 * value),
        ),
      ).below(TOLERANCE);
    });
  });
