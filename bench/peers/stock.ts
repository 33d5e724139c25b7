/**
 * The training step as one writes it with tfjs alone: the layers out of its operations, its automatic gradients, AdamW with clipping
 * variable by variable. Nothing of this library is in it but the starting weights.
 */
import {
  add,
  addN,
  div,
  gather,
  linalg,
  losses,
  matMul,
  minimum,
  moments,
  mul,
  oneHot,
  ones,
  reshape,
  rsqrt,
  type Scalar,
  softmax,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  tensor1d,
  tidy,
  transpose,
  unstack,
  type Variable,
  variable,
  variableGrads,
  zerosLike,
} from '@tensorflow/tfjs-core';
import type {Batch} from '../../src/webgpu/train-plan.js';
import {BATCH, CONFIG, settings} from '../measure/config.js';
import type {Contestant} from './contestant.js';
import {initialWeights} from './initial-weights.js';
import {useWebGpu} from './tfjs-device.js';

interface Parameter {
  value: Variable;
  m: Variable;
  v: Variable;
  decay: boolean;
}

const {embDim: C, contextLength: T, nHeads: H, nLayers: L, vocabSize: V} = CONFIG;
const N = BATCH * T;

function layerNorm(x: Tensor, gain: Tensor, bias: Tensor): Tensor {
  const {mean, variance} = moments(x, -1, true);
  return add(mul(mul(sub(x, mean), rsqrt(add(variance, 1e-5))), gain), bias);
}

function gelu(x: Tensor): Tensor {
  const cubic = add(x, mul(mul(square(x), x), 0.044715));
  return mul(mul(x, 0.5), add(tanh(mul(cubic, Math.sqrt(2 / Math.PI))), 1));
}

/** @returns logits [N, V] */
function forward(weight: (name: string) => Tensor, ids: Tensor, mask: Tensor): Tensor {
  const linear = (x: Tensor, name: string) =>
    add(matMul(x, weight(`${name}.weight`)), weight(`${name}.bias`)); // [N, in] → [N, out]
  const norm = (x: Tensor, name: string) => layerNorm(x, weight(`${name}.weight`), weight(`${name}.bias`));

  const embedded = add(reshape(gather(weight('wte.weight'), ids), [BATCH, T, C]), weight('wpe.weight'));
  let x: Tensor = reshape(embedded, [N, C]);
  for (let n = 0; n < L; n++) {
    const qkv = reshape(linear(norm(x, `h.${n}.ln_1`), `h.${n}.attn.c_attn`), [BATCH, T, 3, H, C / H]);
    const [q, k, v] = unstack(transpose(qkv, [2, 0, 3, 1, 4])) as [Tensor, Tensor, Tensor]; // [B, H, T, D]
    const scores = add(mul(matMul(q, k, false, true), 1 / Math.sqrt(C / H)), mask); // [B, H, T, T]
    const mixed = transpose(matMul(softmax(scores), v), [0, 2, 1, 3]); // [B, T, H, D]
    x = add(x, linear(reshape(mixed, [N, C]), `h.${n}.attn.c_proj`));
    const hidden = gelu(linear(norm(x, `h.${n}.ln_2`), `h.${n}.mlp.c_fc`)); // [N, 4C]
    x = add(x, linear(hidden, `h.${n}.mlp.c_proj`));
  }
  return matMul(norm(x, 'ln_f'), weight('lm_head.weight'), false, true);
}

export async function openStock(): Promise<Contestant> {
  await useWebGpu();
  const parameters = new Map<string, Parameter>();
  for (const {name, shape, data, decay} of initialWeights()) {
    const value = variable(tensor(data, shape), true);
    parameters.set(name, {
      value,
      decay,
      m: variable(zerosLike(value), false),
      v: variable(zerosLike(value), false),
    });
  }
  const all = [...parameters.values()];
  const mask = tidy(() => mul(sub(linalg.bandPart(ones([T, T]), -1, 0), 1), 1e9)); // 0 at and below the diagonal

  function lossOf({tokens, labels}: Batch): Scalar {
    const logits = forward((name) => parameters.get(name)!.value, tensor1d(tokens.ids, 'int32'), mask);
    return losses.softmaxCrossEntropy(oneHot(tensor1d(labels, 'int32'), V), logits) as Scalar;
  }

  function update({value, m, v, decay}: Parameter, gradient: Tensor, step: number): void {
    const {learningRate, beta1, beta2, epsilon, weightDecay} = settings(step);
    m.assign(add(mul(m, beta1), mul(gradient, 1 - beta1)));
    v.assign(add(mul(v, beta2), mul(square(gradient), 1 - beta2)));
    const deviation = add(sqrt(div(v, 1 - beta2 ** step)), epsilon);
    const change = mul(div(div(m, 1 - beta1 ** step), deviation), learningRate);
    const shrunk: Tensor = decay ? mul(value, 1 - learningRate * weightDecay) : value;
    value.assign(sub(shrunk, change));
  }

  return {
    async step(batch, step) {
      const loss = tidy(() => {
        const {value, grads} = variableGrads(
          () => lossOf(batch),
          all.map(({value}) => value),
        );
        const gradients = all.map(({value}) => grads[value.name]!);
        const norm = sqrt(sumOf(gradients.map((gradient) => sum(square(gradient)))));
        const clip = minimum(1, div(settings(step).clipNorm, add(norm, 1e-6)));
        all.forEach((parameter, i) => {
          update(parameter, mul(gradients[i]!, clip), step);
        });
        return value;
      });
      const [number] = await loss.data();
      loss.dispose();
      return number!;
    },
  };
}

/** tfjs's addN is wrong for eight or more on WebGPU. */
const sumOf = (tensors: Tensor[]): Tensor => tensors.reduce((total, next) => addN([total, next]));
