/** The same step in jax-js (npm `@jax-js/jax`): its layers, its gradients, and one `jit` around the whole step, AdamW included. */
import {
  defaultDevice,
  init,
  type Array as JaxArray,
  jit,
  nn,
  numpy as np,
  tree,
  valueAndGrad,
} from '@jax-js/jax';
import {BATCH, CONFIG, settings} from '../measure/config.js';
import type {Contestant} from './contestant.js';
import {initialWeights} from './initial-weights.js';

// In jax-js a value is used up by the operation that reads it; `.ref` keeps it for another.
type Tree = Record<string, JaxArray>;

const {embDim: C, contextLength: T, nHeads: H, nLayers: L, vocabSize: V} = CONFIG;

const layerNorm = (x: JaxArray, gain: JaxArray, bias: JaxArray) =>
  nn.standardize(x, -1, {epsilon: 1e-5}).mul(gain).add(bias);

/** @returns logits [B, T, V] */
function forward(weights: Tree, ids: JaxArray): JaxArray {
  const weight = (name: string) => weights[name]!.ref;
  const linear = (x: JaxArray, name: string) =>
    np.dot(x, weight(`${name}.weight`)).add(weight(`${name}.bias`));
  const norm = (x: JaxArray, name: string) => layerNorm(x, weight(`${name}.weight`), weight(`${name}.bias`));

  // Embedding as a product with one-hot rows: its gradient is then a product too.
  let x = np.dot(nn.oneHot(ids, V), weight('wte.weight')).reshape([BATCH, T, C]).add(weight('wpe.weight'));
  for (let n = 0; n < L; n++) {
    const qkv = linear(norm(x.ref, `h.${n}.ln_1`), `h.${n}.attn.c_attn`).reshape([BATCH, T, 3, H, C / H]);
    const part = (i: number) => qkv.ref.slice([], [], i); // [B, T, H, D]
    const mixed = nn.dotProductAttention(part(0), part(1), part(2), {isCausal: true}); // [B, T, H, D]
    qkv.dispose();
    x = x.add(linear(mixed.reshape([BATCH, T, C]), `h.${n}.attn.c_proj`));
    const hidden = nn.gelu(linear(norm(x.ref, `h.${n}.ln_2`), `h.${n}.mlp.c_fc`), {approximate: true});
    x = x.add(linear(hidden, `h.${n}.mlp.c_proj`));
  }
  const logits = np.dot(norm(x, 'ln_f'), weight('lm_head.weight').transpose());
  tree.dispose(weights);
  return logits;
}

function lossOf(weights: Tree, ids: JaxArray, labels: JaxArray): JaxArray {
  const logits = forward(weights, ids).reshape([BATCH * T, V]);
  return nn
    .logSoftmax(logits, -1)
    .mul(nn.oneHot(labels, V))
    .sum()
    .mul(-1 / (BATCH * T));
}

export async function openJax(device: 'webgpu' | 'wasm' = 'webgpu'): Promise<Contestant> {
  const devices = await init();
  if (!devices.includes(device))
    throw new Error(`jax-js has no ${device} here: it offers ${devices.join(', ')}.`);
  defaultDevice(device);
  const {learningRate, beta1, beta2, epsilon, weightDecay, clipNorm} = settings(1);
  const weights = initialWeights();
  const decays = new Map(weights.map(({name, decay}) => [name, decay]));
  const zeros = (): Tree => Object.fromEntries(weights.map(({name, shape}) => [name, np.zeros(shape)]));
  let state = {
    theta: Object.fromEntries(
      weights.map(({name, shape, data}) => [name, np.array(data).reshape(shape)]),
    ) as Tree,
    m: zeros(),
    v: zeros(),
  };

  const gradientOf = valueAndGrad(lossOf as never) as unknown as (
    ...inputs: [Tree, JaxArray, JaxArray]
  ) => [JaxArray, Tree];
  const step = jit(((
    theta: Tree,
    m: Tree,
    v: Tree,
    ids: JaxArray,
    labels: JaxArray,
    c1: JaxArray,
    c2: JaxArray,
  ) => {
    const [loss, gradients] = gradientOf(tree.ref(theta), ids, labels);
    const squares = Object.values(gradients).map((g) => np.square(g.ref).sum());
    const norm = np.sqrt(squares.reduce((total, next) => total.add(next)));
    const clip = np.minimum(1, np.divide(clipNorm, norm.add(1e-6)));
    const next = {theta: {} as Tree, m: {} as Tree, v: {} as Tree};
    for (const [name, gradient] of Object.entries(gradients)) {
      const g = gradient.mul(clip.ref);
      next.m[name] = m[name]!.mul(beta1).add(g.ref.mul(1 - beta1));
      next.v[name] = v[name]!.mul(beta2).add(np.square(g).mul(1 - beta2));
      const deviation = np.sqrt(next.v[name]!.ref.mul(c2.ref)).add(epsilon);
      const change = next.m[name]!.ref.mul(c1.ref).div(deviation).mul(learningRate);
      const shrunk = theta[name]!.mul(decays.get(name) ? 1 - learningRate * weightDecay : 1);
      next.theta[name] = shrunk.sub(change);
    }
    for (const used of [clip, c1, c2]) used.dispose();
    return [loss, next.theta, next.m, next.v];
  }) as never) as unknown as (
    ...inputs: [Tree, Tree, Tree, JaxArray, JaxArray, JaxArray, JaxArray]
  ) => [JaxArray, Tree, Tree, Tree];

  const integers = (values: Int32Array) => np.array(values as Int32Array<ArrayBuffer>, {dtype: np.int32});
  return {
    async step({tokens, labels}, t) {
      const corrections = [beta1, beta2].map((beta) => np.array(1 / (1 - beta ** t))) as [JaxArray, JaxArray];
      const [loss, theta, m, v] = step(
        state.theta,
        state.m,
        state.v,
        integers(tokens.ids),
        integers(labels),
        ...corrections,
      );
      state = {theta, m, v};
      return (await loss.jsAsync()) as number;
    },
  };
}
