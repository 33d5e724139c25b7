import {expect} from '@open-wc/testing';
import '@tensorflow/tfjs-backend-cpu';
import {add, matMul, setBackend, sum, type Tensor, tensor1d, tensor2d, tidy} from '@tensorflow/tfjs-core';
import {normals} from '../../math/rng.js';
import {gelu} from '../../model/gelu.js';
import {layerNorm} from '../../model/layer-norm.js';
import {relativeError} from '../testing/compare.js';
import {expectNoGpuErrors} from '../testing/gpu.js';
import {runKernel} from '../testing/run-kernel.js';
import {linearBackward, linearBackwardSizes} from './linear-backward.js';
import {linearForward, linearForwardGroups, linearResidual, linearResidualGroups} from './linear-forward.js';

const [N, K, M] = [19, 12, 20]; // no multiples of the tile

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

describe('linear layers', () => {
  before(() => setBackend('cpu'));
  afterEach(expectNoGpuErrors);

  const sizes = {rows: N, inner4: K / 4, columns4: M / 4};
  const groups = linearForwardGroups(N, M);

  it('multiply and add the bias', async () => {
    const y = new Float32Array(N * M);
    const result = await runKernel(linearForward({gelu: false}), {
      buffers: {a: x, weight, bias, y},
      sizes,
      groups,
    });
    expect(relativeError(result.y!, numbers(linear))).below(TOLERANCE);
  });

  it('apply GELU and keep what went in', async () => {
    const y = new Float32Array(N * M);
    const result = await runKernel(linearForward({gelu: true}), {
      buffers: {a: x, weight, bias, pre: y, y},
      sizes,
      groups,
    });
    expect(relativeError(result.pre!, numbers(linear))).below(TOLERANCE);
    expect(
      relativeError(
        result.y!,
        numbers(() => gelu(linear())),
      ),
    ).below(TOLERANCE);
  });

  it('add to the residual stream and normalise it', async () => {
    const residual = normals(N * M, 0, 1, 4);
    const gamma = normals(M, 1, 0.5, 5);
    const beta = normals(M, 0, 0.5, 6);
    const result = await runKernel(linearResidual({dropout: false}), {
      buffers: {
        a: x,
        weight,
        bias,
        residual,
        norm: Float32Array.of(...gamma, ...beta),
        x: new Float32Array(N * M),
        h: new Float32Array(N * M),
        stats: new Float32Array(N * 2),
      },
      sizes: {rows: N, inner4: K / 4, width4: M / 4, betaOffset4: M / 4, site: 0},
      groups: linearResidualGroups(N),
    });
    const stream = () => add(linear(), tensor2d(residual, [N, M]));
    expect(relativeError(result.x!, numbers(stream))).below(TOLERANCE);
    expect(
      relativeError(
        result.h!,
        numbers(() => layerNorm(stream(), tensor1d(gamma), tensor1d(beta))),
      ),
    ).below(TOLERANCE);
  });

  it('go back in one dispatch', async () => {
    const dy = normals(N * M, 0, 1, 7);
    const shape = linearBackwardSizes({rows: N, inner: K, columns: M});
    const result = await runKernel(linearBackward({gelu: false}), {
      buffers: {
        a: padded(x, K),
        dy: padded(dy, M),
        weight,
        da: new Float32Array(N * K),
        dweight: new Float32Array(K * M),
        dbias: new Float32Array(M),
      },
      ...shape,
    });
    const gradient = () => tensor2d(dy, [N, M]);
    const dx = numbers(() => matMul(gradient(), tensor2d(weight, [K, M]), false, true));
    expect(relativeError(result.da!, dx)).below(TOLERANCE);
    const dw = numbers(() => matMul(tensor2d(x, [N, K]), gradient(), true));
    expect(relativeError(result.dweight!, dw)).below(TOLERANCE);
    expect(
      relativeError(
        result.dbias!,
        numbers(() => sum(gradient(), 0)),
      ),
    ).below(TOLERANCE);
  });
});
