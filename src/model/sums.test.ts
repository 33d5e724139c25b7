import {expect} from '@open-wc/testing';
import {mean, softmax, sum, type Tensor1D, tensor, tensor1d, tidy} from '@tensorflow/tfjs-core';
import {normals} from '../math/rng.js';
import {globalNorm} from '../training/adamw.js';
import {layerNorm} from './layer-norm.js';
import {crossEntropy} from './loss.js';
import {sizeOf} from './named-tensor.js';
import {BACKENDS, checkGPUErrors, useBackend} from './testing/backends.js';
import {largestDifference} from './testing/golden.js';

/** Numbers whose float32 total goes wrong in one way or another when they are added up one by one. */
const DISTRIBUTIONS: Record<string, (size: number) => Float32Array> = {
  equal: (size) => new Float32Array(size).fill(0.1),
  random: (size) => normals(size, 0, 1, 1),
  'one large and many small': (size) => new Float32Array(size).fill(1e-3).fill(300, 0, 1),
  growing: (size) => Float32Array.from({length: size}, (_, i) => i / size),
};

const norm64 = (numbers: Float32Array): number => {
  let total = 0;
  for (const x of numbers) total += x * x;
  return Math.sqrt(total);
};

for (const backend of BACKENDS)
  describe(`sums on ${backend}, held against float64`, () => {
    before(() => useBackend(backend));
    afterEach(checkGPUErrors);

    for (const [name, make] of Object.entries(DISTRIBUTIONS))
      it(`give the global norm of 4 million numbers (${name})`, async () => {
        const numbers = make(2 ** 22 + 77);
        const norm = tidy(() => globalNorm(tensor1d(numbers) as Tensor1D));
        const [value] = await norm.data();
        norm.dispose();
        expect(value! / norm64(numbers)).to.be.closeTo(1, 1e-5);
      });

    it('give the loss over a vocabulary of 200,000 tokens', async () => {
      const [N, V] = [3, 200_019];
      const logits = Float32Array.from(normals(N * V, 0, 3, 2), (x, i) => (i < V ? -0.1 : x));
      logits[7] = 2; // the others are equal: their rounding errors all go the same way
      const labels = Int32Array.of(5, 70_000, 199_999);
      let expected = 0;
      for (const [n, label] of labels.entries()) {
        let total = 0;
        for (const x of logits.subarray(n * V, (n + 1) * V)) total += Math.exp(x);
        expected += (Math.log(total) - logits[n * V + label]!) / N;
      }
      const loss = tidy(() => crossEntropy(tensor(logits, [N, V]), labels));
      expect((await loss.data())[0]).to.be.closeTo(expected, 2e-5);
      loss.dispose();
    });

    it('give the probabilities of rows that are 50,257 wide', async () => {
      const [N, V] = [2, 50_257];
      const logits = Float32Array.from(normals(N * V, 0, 2, 3), (x, i) => (i < V ? 0.3 : x));
      const probs = tidy(() => softmax(tensor(logits, [N, V])));
      const values = await probs.data();
      probs.dispose();
      for (let n = 0; n < N; n++) {
        const row = logits.subarray(n * V, (n + 1) * V);
        let total = 0;
        for (const x of row) total += Math.exp(x);
        for (let v = 0; v < V; v += 997)
          expect((values[n * V + v]! * total) / Math.exp(row[v]!)).to.be.closeTo(1, 2e-5);
      }
    });

    it('give layer norm over wide rows that lie far from 0', async () => {
      const [N, C] = [3, 16_384];
      const x = Float32Array.from(normals(N * C, 0, 1, 4), (value, i) => value + 100 * Math.floor(i / C));
      const out = tidy(() =>
        layerNorm(tensor(x, [1, N, C]), tensor1d(new Float32Array(C).fill(1)), tensor1d(new Float32Array(C))),
      );
      const values = await out.data();
      out.dispose();
      for (let n = 0; n < N; n++) {
        const row = x.subarray(n * C, (n + 1) * C);
        const center = row.reduce((total, value) => total + value, 0) / C;
        const variance = row.reduce((total, value) => total + (value - center) ** 2, 0) / C;
        for (let c = 0; c < C; c += 97)
          expect(values[n * C + c]).to.be.closeTo((row[c]! - center) / Math.sqrt(variance + 1e-5), 1e-4);
      }
    });

    it('are the sums and means over any axes', async () => {
      const shape = [3, 8, 10, 7];
      const numbers = normals(sizeOf(shape), 0.5, 1, 5);
      for (const axes of [[0], [1], [2], [3], [0, 1], [1, 2], [0, 2], [1, 3], [0, 1, 2, 3]])
        for (const keepDims of [false, true]) {
          const kept = shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
          const totals = new Float64Array(sizeOf(kept));
          for (const [i, value] of numbers.entries()) {
            let index = 0;
            for (let axis = 0, rest = numbers.length; axis < 4; axis++) {
              rest /= shape[axis]!;
              index = index * kept[axis]! + (kept[axis] === 1 ? 0 : Math.floor(i / rest) % shape[axis]!);
            }
            totals[index]! += value;
          }
          const [added, averaged] = tidy(() => {
            const x = tensor(numbers, shape);
            return [sum(x, axes, keepDims), mean(x, axes, keepDims)];
          });
          expect(added!.shape).to.deep.equal(
            keepDims ? kept : shape.filter((_, axis) => !axes.includes(axis)),
          );
          const count = numbers.length / totals.length;
          const means = totals.map((total) => total / count);
          expect(largestDifference(await added!.data(), totals), `sum over ${axes}`).to.be.below(
            1e-5 * count,
          );
          expect(largestDifference(await averaged!.data(), means), `mean over ${axes}`).to.be.below(1e-5);
          added!.dispose();
          averaged!.dispose();
        }
    });
  });
