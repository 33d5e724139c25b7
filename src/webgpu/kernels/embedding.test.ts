import {expect} from '@open-wc/testing';
import '@tensorflow/tfjs-backend-cpu';
import {add, setBackend, tensor1d, tensor2d, tensor3d, tidy, valueAndGrads} from '@tensorflow/tfjs-core';
import '../../model/gradients.js';
import {DROPOUT_SITE} from '../../math/dropout-mask.js';
import {hash32, key, normals} from '../../math/rng.js';
import {dropout} from '../../model/dropout.js';
import {positionEmbedding, tokenEmbedding} from '../../model/embedding.js';
import {layerNorm} from '../../model/layer-norm.js';
import {Segments} from '../segments.js';
import {relativeError} from '../testing/compare.js';
import {expectNoGpuErrors} from '../testing/gpu.js';
import {runKernel} from '../testing/run-kernel.js';
import {rowGroups} from '../wgsl/row-team.js';
import {embeddingBackward, embeddingBackwardGroups} from './embedding-backward.js';
import {embeddingForward} from './embedding-forward.js';

const [B, T, C, V] = [3, 7, 12, 30];
const N = B * T;
const ids = Int32Array.from({length: N}, (_, n) => hash32(n) % 11); // of 30: most tokens do not appear
const wte = normals(V * C, 0, 1, 1);
const wpe = normals(T * C, 0, 1, 2);
const gamma = normals(C, 1, 0.5, 3);
const beta = normals(C, 0, 0.5, 4);
const tokens = {ids, batchSize: B, length: T};
const drop = {rate: 0.3, key: key(5, 6)};

describe('embeddings', () => {
  before(() => setBackend('cpu'));
  afterEach(expectNoGpuErrors);

  for (const team of ['thread', 'workgroup'] as const)
    it(`start the stream and its first norm, a ${team} a row`, async () => {
      const expected: Float32Array[] = [];
      tidy(() => {
        const sum = add(
          tokenEmbedding(tensor2d(wte, [V, C]), tokens),
          positionEmbedding(tensor2d(wpe, [T, C]), T),
        );
        const x = dropout(sum, drop, DROPOUT_SITE.embed());
        const h = layerNorm(x, tensor1d(gamma), tensor1d(beta));
        expected.push(x.dataSync() as Float32Array, h.dataSync() as Float32Array);
      });
      const result = await runKernel(embeddingForward({team, stored: 'f32', dropout: true}), {
        buffers: {
          ids,
          wte,
          wpe,
          norm: Float32Array.of(...gamma, ...beta),
          x: new Float32Array(N * C),
          h: new Float32Array(N * C),
          stats: new Float32Array(N * 2),
        },
        sizes: {
          rows: N,
          length: T,
          width4: C / 4,
          betaOffset4: C / 4,
          site: DROPOUT_SITE.embed(),
          firstToken: 0,
          tokens: V,
        },
        step: {
          dropKey: drop.key,
          dropThreshold: Math.round(drop.rate * 65536),
          dropKeep: 1 / (1 - drop.rate),
        },
        groups: [rowGroups(team, N), 1, 1],
      });
      expect(relativeError(result.x!, expected[0]!)).below(1e-6);
      expect(relativeError(result.h!, expected[1]!)).below(2e-6);
    });

  it('send the gradient back to each token, each position and each norm', async () => {
    const dx = normals(N * C, 0, 1, 7);
    const before = normals(V * C, 0, 1, 8); // as where the head shares the matrix
    const expected: Float32Array[] = [];
    tidy(() => {
      const sum = (a: unknown, b: unknown) =>
        add(tokenEmbedding(a as typeof table, tokens), positionEmbedding(b as typeof table, T));
      const table = tensor2d(wte, [V, C]);
      const dy = tensor3d(dx, [B, T, C]);
      const {grads} = valueAndGrads(sum as never)([table, tensor2d(wpe, [T, C])], dy);
      expected.push(...grads.map((grad) => grad.dataSync() as Float32Array));
    });

    // Places by id, as a plan lists them
    const order = new Uint32Array(N);
    const segmentIds = new Uint32Array(N);
    const starts = new Uint32Array(N + 1);
    const segments = new Segments(V, N).list(ids, order, segmentIds, starts);
    // Two norms with two chunks each
    const chunks = 2;
    const partials = normals(2 * chunks * 2 * C, 0, 1, 9);
    const [wteAt, wpeAt, normsAt] = [0, V * C, V * C + T * C];
    const gradient = new Float32Array(normsAt + 4 * C);
    gradient.set(before);
    const {groups, ...counts} = embeddingBackwardGroups({most: N, width: C, length: T, norms: 2});
    const result = await runKernel(embeddingBackward, {
      buffers: {
        places: Uint32Array.of(...order, ...segmentIds, ...starts),
        dx,
        partials,
        normOffsets: Uint32Array.from({length: 4}, (_, i) => (normsAt + i * C) / 4),
        gradient,
      },
      sizes: {
        width4: C / 4,
        length: T,
        batch: B,
        wteOffset4: wteAt / 4,
        firstToken: 0,
        tokens: V,
        wpeOffset4: wpeAt / 4,
        ...counts,
        norms: 2,
        chunks,
        normStride4: (chunks * 2 * C) / 4,
        orderOffset: 0,
        idsOffset: N,
        startsOffset: 2 * N,
      },
      step: {segments},
      groups,
    });
    const summed = before.map((value, i) => value + expected[0]![i]!);
    expect(relativeError(result.gradient!.subarray(0, V * C), summed)).below(1e-6);
    expect(relativeError(result.gradient!.subarray(wpeAt, normsAt), expected[1]!)).below(1e-6);
    const norms = Float32Array.from({length: 4 * C}, (_, i) => {
      const [norm, rest] = [Math.floor(i / (2 * C)), i % (2 * C)];
      return partials[norm * chunks * 2 * C + rest]! + partials[(norm * chunks + 1) * 2 * C + rest]!;
    });
    expect(relativeError(result.gradient!.subarray(normsAt), norms)).below(1e-6);
  });

  it('list the places of each id in order, batch after batch', () => {
    const segments = new Segments(50257, 6);
    const order = new Uint32Array(6);
    const found = new Uint32Array(6);
    const starts = new Uint32Array(7);
    segments.list(Int32Array.of(1, 1, 1, 1, 1, 1), order, found, starts);
    expect(segments.list(Int32Array.of(50256, 3, 50256, 0, 3, 50256), order, found, starts)).equal(3);
    expect([...found.subarray(0, 3)]).deep.equal([50256, 3, 0]);
    expect([...starts.subarray(0, 4)]).deep.equal([0, 3, 5, 6]);
    expect([...order]).deep.equal([0, 2, 5, 1, 4, 3]);
  });
});
