import {expect} from '@open-wc/testing';
import '@tensorflow/tfjs-backend-cpu';
import {
  add,
  grad,
  logSumExp,
  matMul,
  mul,
  reshape,
  setBackend,
  softmax,
  split,
  type Tensor,
  tensor,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import '../../model/gradients.js';
import {DROPOUT_SITE} from '../../math/dropout-mask.js';
import {key, normals} from '../../math/rng.js';
import {causalMask} from '../../model/attention.js';
import {type Dropout, dropout} from '../../model/dropout.js';
import {relativeError} from '../testing/compare.js';
import {expectNoGpuErrors} from '../testing/gpu.js';
import {runKernel} from '../testing/run-kernel.js';
import type {HeadSpread} from '../wgsl/head-spread.js';
import {attentionBackward, attentionBackwardGroups} from './attention-backward.js';
import {attentionForward, attentionForwardGroups} from './attention-forward.js';

const [B, T, H] = [2, 19, 3];
const TOLERANCE = 3e-6;
const LAYER = 1;

/** Attention as the course writes it, with all its matrices: [N, 3C] → [N, C]. */
function reference(qkv: Tensor, D: number, drop?: Dropout): {out: Tensor; lse: Tensor} {
  const heads = (part: Tensor) => transpose(reshape(part, [B, T, H, D]), [0, 2, 1, 3]);
  const [q, k, v] = split(qkv, 3, -1).map(heads) as [Tensor, Tensor, Tensor];
  const scores = add(mul(matMul(q, k, false, true), 1 / Math.sqrt(D)), causalMask(T));
  const probs = dropout(softmax(scores), drop, DROPOUT_SITE.attention(LAYER));
  const out = reshape(transpose(matMul(probs, v), [0, 2, 1, 3]), [B * T, H * D]);
  return {out, lse: transpose(logSumExp(scores, -1), [0, 2, 1])}; // [B, T, H]
}

describe('attention', () => {
  before(() => setBackend('cpu'));
  afterEach(expectNoGpuErrors);

  async function expectReference(D: number, queries: number, spread: HeadSpread, drop?: Dropout) {
    const C = H * D;
    const qkv = normals(B * T * 3 * C, 0, 1, D);
    const dout = normals(B * T * C, 0, 1, D + 1);
    const expected = tidy(() => {
      const input = tensor(qkv, [B * T, 3 * C]);
      const {out, lse} = reference(input, D, drop);
      const back = grad((x) => reference(x, D, drop).out);
      const dqkv = back(input, tensor(dout, [B * T, C]));
      return [out, lse, dqkv].map((t) => t.dataSync() as Float32Array) as unknown as Tensor;
    }) as unknown as Float32Array[];

    const sizes = {length: T, width4: C / 4, heads: H, batch: B, site: DROPOUT_SITE.attention(LAYER)};
    const rate = drop?.rate ?? 0;
    const step = {dropKey: drop?.key ?? 0, dropThreshold: Math.round(rate * 65536), dropKeep: 1 / (1 - rate)};
    const options = {headSize: D, spread, queries, dropout: drop !== undefined, stored: 'f32'} as const;
    const forward = await runKernel(attentionForward(options), {
      buffers: {qkv, out: new Float32Array(B * T * C), lse: new Float32Array(B * T * H)},
      sizes,
      step,
      groups: attentionForwardGroups({length: T, heads: H, batch: B}, options),
    });
    expect(relativeError(forward.out!, expected[0]!), 'out').below(TOLERANCE);
    expect(relativeError(forward.lse!, expected[1]!), 'lse').below(TOLERANCE);
    const backward = await runKernel(attentionBackward(options), {
      buffers: {qkv, out: forward.out!, lse: forward.lse!, dout, dqkv: new Float32Array(B * T * 3 * C)},
      sizes,
      step,
      groups: attentionBackwardGroups({length: T, heads: H, batch: B}, options),
    });
    expect(relativeError(backward.dqkv!, expected[2]!), 'dqkv').below(TOLERANCE);
  }

  it('agrees with the reference, forward and back', () => expectReference(4, 1, 'alone'));
  it('agrees where a thread works on several queries', async () => {
    await expectReference(12, 2, 'alone');
    await expectReference(4, 4, 'alone');
  });
  it('drops what the reference drops', () => expectReference(8, 2, 'alone', {rate: 0.2, key: key(7, 3)}));

  it('agrees where four threads load for each other', async () => {
    await expectReference(4, 1, 'exchanged');
    await expectReference(12, 2, 'exchanged', {rate: 0.2, key: key(7, 3)});
  });
  it('agrees where four threads share a row', async () => {
    await expectReference(64, 1, 'split');
    await expectReference(16, 2, 'split', {rate: 0.2, key: key(7, 3)});
  });
});
