import {expect} from '@open-wc/testing';
import {
  matMul,
  mul,
  type Scalar,
  slice,
  split,
  sum,
  type Tensor,
  tensor,
  tidy,
  valueAndGrads,
} from '@tensorflow/tfjs-core';
import {normals} from '../math/rng.js';
import './gradients.js';
import {dropoutMask} from '../math/dropout-mask.js';
import {dropout} from './dropout.js';
import {tokenEmbedding} from './embedding.js';
import {gelu} from './gelu.js';
import {layerNorm} from './layer-norm.js';
import {crossEntropy, IGNORE_INDEX, perplexity} from './loss.js';
import {sizeOf} from './named-tensor.js';
import {BACKENDS, checkGPUErrors, type TestBackend, useBackend} from './testing/backends.js';
import {gradientError} from './testing/finite-differences.js';
import {largest, largestDifference} from './testing/golden.js';

const random = (shape: number[], seed: number) => ({shape, data: normals(sizeOf(shape), 0, 1, seed)});

/** Gives every output its own weight, so that a gradient cannot be right by symmetry. */
const weighted = (x: Tensor): Scalar =>
  sum(
    mul(
      x,
      tensor(
        Float32Array.from({length: x.size}, (_, i) => Math.cos(i * 0.7)),
        x.shape,
      ),
    ),
  );

/** Runs and reads within a tidy, on one backend. */
async function on<R>(backend: TestBackend, compute: () => R): Promise<R> {
  await useBackend(backend);
  return tidy(() => compute() as never);
}

describe('gelu', () => {
  it('has the published values', async () => {
    // PyTorch: torch.nn.functional.gelu(x, approximate='tanh')
    const known = [
      [-3, -0.0036373734],
      [-1, -0.1588079929],
      [0, 0],
      [0.5, 0.3457140028],
      [2, 1.9545977116],
    ];
    const values = await on('cpu', () => gelu(tensor(known.map(([x]) => x!))).dataSync());
    for (const [i, [, y]] of known.entries()) expect(values[i]).to.be.closeTo(y!, 1e-6);
  });

  it('has the gradient of its definition', async () => {
    await useBackend('cpu');
    expect(await gradientError((x) => weighted(gelu(x!)), [random([3, 5], 1)])).to.be.lessThan(2e-3);
  });
});

describe('layer norm', () => {
  it('gives mean 0 and variance 1, then scales and shifts', async () => {
    const x = random([4, 6], 2);
    const values = await on('cpu', () =>
      layerNorm(
        tensor(x.data, x.shape),
        tensor(new Float32Array(6).fill(2)),
        tensor(new Float32Array(6).fill(5)),
      ).dataSync(),
    );
    for (let row = 0; row < 4; row++) {
      const normalized = Array.from(values.subarray(row * 6, row * 6 + 6), (y) => (y - 5) / 2);
      const mean = normalized.reduce((a, b) => a + b) / 6;
      expect(mean).to.be.closeTo(0, 1e-5);
      expect(normalized.reduce((a, b) => a + (b - mean) ** 2, 0) / 6).to.be.closeTo(1, 1e-3);
    }
  });

  it('has the gradient of its definition', async () => {
    await useBackend('cpu');
    const inputs = [random([2, 3, 6], 3), random([6], 4), random([6], 5)];
    expect(await gradientError((x, w, b) => weighted(layerNorm(x!, w!, b!)), inputs)).to.be.lessThan(2e-3);
  });
});

describe('cross-entropy', () => {
  const V = 5;
  const labels = Int32Array.of(2, IGNORE_INDEX, 0, 4, IGNORE_INDEX, 1);
  const logits = random([2, 3, V], 6);

  /** By hand, in double precision. */
  const byHand = () => {
    let total = 0;
    labels.forEach((label, n) => {
      if (label === IGNORE_INDEX) return;
      const row = Array.from(logits.data.subarray(n * V, n * V + V));
      total += Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0)) - row[label]!;
    });
    return total / 4;
  };

  for (const backend of BACKENDS)
    it(`skips ignored labels, in value and gradient (${backend})`, async () => {
      await useBackend(backend);
      const {value, grads} = tidy(() =>
        valueAndGrads((x) => crossEntropy(x!, labels))([tensor(logits.data, logits.shape)]),
      );
      expect((await value.data())[0]).to.be.closeTo(byHand(), 1e-5);
      const gradient = await grads[0]!.data();
      expect(largest(gradient.slice(V, 2 * V))).to.equal(0);
      expect(largest(gradient.slice(4 * V, 5 * V))).to.equal(0);
      expect(gradient[2]).to.be.lessThan(0); // the right token's score must rise
      value.dispose();
      grads[0]!.dispose();
      await checkGPUErrors();
    });

  it('has the gradient of its definition', async () => {
    await useBackend('cpu');
    expect(await gradientError((x) => crossEntropy(x!, labels), [logits])).to.be.lessThan(2e-3);
  });

  it('survives logits that are far apart', async () => {
    const loss = await on('cpu', () => crossEntropy(tensor([[200, -200]]), Int32Array.of(1)).dataSync()[0]);
    expect(loss).to.equal(400);
  });

  it('is 0 and not a division by 0 where nothing counts', async () => {
    const none = new Int32Array(6).fill(IGNORE_INDEX);
    expect(
      await on('cpu', () => crossEntropy(tensor(logits.data, logits.shape), none).dataSync()[0]),
    ).to.equal(0);
  });

  it('makes perplexity the number of equal choices', () => {
    expect(perplexity(Math.log(65))).to.be.closeTo(65, 1e-9);
  });
});

describe('token embedding', () => {
  const C = 4;
  const batch = {ids: Int32Array.of(3, 1, 3, 0, 3, 1), batchSize: 2, length: 3};

  for (const backend of BACKENDS)
    for (const [size, V] of [
      ['small', 5],
      ['large', 700],
    ] as const)
      it(`adds gradients of a token’s places up (${size} vocabulary, ${backend})`, async () => {
        await useBackend(backend);
        const table = random([V, C], 7);
        const upstream = random([2, 3, C], 8);
        const {value, grads} = tidy(() =>
          valueAndGrads((wte) =>
            sum(mul(tokenEmbedding(wte!, batch), tensor(upstream.data, upstream.shape))),
          )([tensor(table.data, table.shape)]),
        );
        const expected = new Float32Array(V * C);
        batch.ids.forEach((id, n) => {
          for (let c = 0; c < C; c++) expected[id * C + c]! += upstream.data[n * C + c]!;
        });
        expect(largestDifference(await grads[0]!.data(), expected)).to.be.lessThan(1e-6);
        value.dispose();
        grads[0]!.dispose();
        await checkGPUErrors();
      });
});

describe('dropout', () => {
  it('drops its share and keeps the mean', () => {
    for (const rate of [0.1, 0.5]) {
      const mask = dropoutMask(100_001, rate, 42);
      const dropped = mask.filter((x) => x === 0).length / mask.length;
      expect(dropped).to.be.closeTo(rate, 0.005);
      expect(mask.find((x) => x !== 0)).to.be.closeTo(1 / (1 - rate), 1e-6);
    }
  });

  it('is a function of its key', () => {
    expect(dropoutMask(1000, 0.3, 5)).to.deep.equal(dropoutMask(1000, 0.3, 5));
    const [a, b] = [dropoutMask(1000, 0.5, 5), dropoutMask(1000, 0.5, 6)];
    expect(a.filter((x, i) => x === b[i]).length / 1000).to.be.closeTo(0.5, 0.06);
  });

  it('passes gradients through what it kept', async () => {
    await useBackend('cpu');
    const error = await gradientError(
      (x) => weighted(dropout(x!, {rate: 0.4, key: 3}, 1)),
      [random([4, 5], 9)],
    );
    expect(error).to.be.lessThan(2e-3);
  });
});

describe('the WebAssembly kernels', () => {
  /** The same computation on wasm (our kernels) and on cpu (tfjs's own). */
  async function compare(compute: () => Tensor): Promise<void> {
    const expected = await on('cpu', () => [compute()].map((x) => [x.shape, x.dataSync()] as const)[0]!);
    const actual = await on('wasm', () => [compute()].map((x) => [x.shape, x.dataSync()] as const)[0]!);
    expect(actual[0]).to.deep.equal(expected[0]);
    expect(largestDifference(actual[1], expected[1])).to.be.lessThan(1e-5);
  }
  const make = (shape: number[], seed: number) => tensor(random(shape, seed).data, shape);

  for (const transposeA of [false, true])
    for (const transposeB of [false, true])
      it(`multiply matrices (${transposeA ? 'Aᵀ' : 'A'} · ${transposeB ? 'Bᵀ' : 'B'})`, async () => {
        const a = transposeA ? [5, 3] : [3, 5];
        const b = transposeB ? [4, 5] : [5, 4];
        for (const [outerA, outerB] of [
          [[], []],
          [
            [2, 3],
            [2, 3],
          ],
          [[1], [6]],
          [[6], [1]],
        ] as const)
          await compare(() =>
            matMul(make([...outerA, ...a], 1), make([...outerB, ...b], 2), transposeA, transposeB),
          );
      });

  it('cut pieces out', async () => {
    const x = () => make([4, 3, 5, 2], 3);
    await compare(() => slice(x(), [1, 0, 0, 0], [2, 3, 5, 2]));
    await compare(() => slice(x(), [1, 1, 2, 0], [3, 2, 1, 2]));
    await compare(() => slice(x(), [0, 2, 0, 1], [4, 1, 5, 1]));
    await compare(() => slice(x(), [3, 2, 4, 1], [1, 1, 1, 1]));
    await compare(() => slice(make([50], 4), 7, 20));
    for (const axis of [0, 1, 2]) await compare(() => split(make([6, 6, 6], 5), [1, 3, 2], axis)[1]!);
  });

  it('sum over any axes', async () => {
    const x = () => make([3, 4, 5], 6);
    for (const axes of [[0], [1], [2], [0, 1], [1, 2], [0, 1, 2]])
      for (const keepDims of [false, true]) await compare(() => sum(x(), axes, keepDims));
  });
});
