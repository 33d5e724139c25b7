/** A tiny training problem for plans, and the tfjs reference's answer to it. */
import {addN, mul, type Scalar, sum, type Tensor, tensor1d, tidy, valueAndGrads} from '@tensorflow/tfjs-core';
import {hash32, key, normals} from '../../math/rng.js';
import {arenaParts, learningParts, partName} from '../../model/arena-parts.js';
import {classify} from '../../model/classification.js';
import type {GPTConfig} from '../../model/config.js';
import type {Dropout} from '../../model/dropout.js';
import {type FineTuning, fineTuningLayout, learningLayout, learns} from '../../model/fine-tuning.js';
import {forward} from '../../model/gpt.js';
import {loraWeights} from '../../model/lora.js';
import {crossEntropy, IGNORE_INDEX} from '../../model/loss.js';
import type {TokenBatch} from '../../model/tokens.js';
import {sliceArena, type Weights, weightsFrom} from '../../model/weights.js';
import type {StepSettings} from '../train-plan.js';
import {bufferOf, readBuffer} from './gpu.js';

export const TINY: GPTConfig = {
  vocabSize: 17,
  contextLength: 9,
  embDim: 12,
  nHeads: 3,
  nLayers: 2,
  dropRate: 0,
  qkvBias: true,
  tieWeights: true,
};

export const SETTINGS: StepSettings = {
  step: 1,
  learningRate: 1e-2,
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  weightDecay: 0.1,
  clipNorm: 1,
};

/** Weights larger than at a run's start and norms away from 1 and 0, so that every term of a gradient shows. */
export function randomArena(config: GPTConfig, seed = 1, std = 0.2, tuning?: FineTuning): Float32Array {
  const layout = fineTuningLayout(config, tuning);
  const arena = new Float32Array(layout.length);
  layout.slots.forEach(({name, offset, size}, i) => {
    const isGain = /ln_\w+\.weight$/.test(name);
    arena.set(normals(size, isGain ? 1 : 0, std, key(seed, i)), offset);
  });
  return arena;
}

/** Random tokens and labels. */
export function randomBatch(config: GPTConfig, batchSize: number, seed = 1, length = config.contextLength) {
  const ids = Int32Array.from(
    {length: batchSize * length},
    (_, i) => hash32(i + 1000 * seed) % config.vocabSize,
  );
  const labels = ids.map((id, i) => (3 * id + 5 + (hash32(i + 77 * seed) % 3)) % config.vocabSize);
  const tokens: TokenBatch = {ids, batchSize, length};
  return {tokens, labels};
}

interface LabeledTokens {
  tokens: TokenBatch;
  labels: Int32Array;
}

/** Loss and every parameter's gradient from the reference model and tfjs's own differentiation. */
export function referenceGradient(
  config: GPTConfig,
  arena: Float32Array,
  batch: LabeledTokens,
  dropout?: Dropout,
  tuning: FineTuning = {},
): {loss: number; gradients: Map<string, Float32Array>} {
  const layout = fineTuningLayout(config, tuning);
  const answer = {loss: Number.NaN, gradients: new Map<string, Float32Array>()};
  tidy(() => {
    const lossOf = (...tensors: Tensor[]) => {
      const stored = weightsFrom(layout, tensors);
      const weights = tuning.lora ? loraWeights(stored, config, tuning.lora) : stored;
      const loss = tuning.classes
        ? classLoss(weights, config, batch, dropout)
        : crossEntropy(forward(weights, config, batch.tokens, {dropout}), batch.labels);
      // tfjs wants every tensor to have a part in the loss; a head that is not asked has none.
      return addN([loss, ...tensors.map((tensor) => mul(sum(tensor), 0))]) as Scalar;
    };
    const {value, grads} = valueAndGrads(lossOf)(sliceArena(layout, tensor1d(arena)));
    answer.loss = value.dataSync()[0]!;
    for (const [i, {name}] of layout.slots.entries())
      answer.gradients.set(name, grads[i]!.dataSync() as Float32Array);
  });
  return answer;
}

/** The classifier's loss, from each row's one label. */
function classLoss(weights: Weights, config: GPTConfig, {tokens, labels}: LabeledTokens, dropout?: Dropout) {
  const places = [...labels.keys()].filter((n) => labels[n] !== IGNORE_INDEX);
  const lengths = places.map((n) => (n % tokens.length) + 1);
  const classes = Int32Array.from(places, (n) => labels[n]!);
  return crossEntropy(classify(weights, config, tokens, lengths, {dropout}), classes);
}

/** Arenas in buffers of their own. */
export function testArenas(device: GPUDevice, theta: Float32Array) {
  const zeros = new Float32Array(theta.length);
  const held = {theta: bufferOf(device, theta), m: bufferOf(device, zeros), v: bufferOf(device, zeros)};
  return {buffers: () => held, flush: () => undefined, changed: () => undefined};
}

/** Arenas in as many buffers as `pieceBytes` asks for. */
export function cutArenas(
  device: GPUDevice,
  config: GPTConfig,
  theta: Float32Array,
  pieceBytes: number,
  tuning: FineTuning = {},
) {
  const layout = fineTuningLayout(config, tuning);
  const parts = arenaParts(layout, pieceBytes);
  const held: Record<string, GPUBuffer> = {};
  for (const [index, {first, length}] of parts.entries())
    held[partName('theta', index)] = bufferOf(device, theta.subarray(first, first + length));
  const learned = learningParts(layout, learningLayout(layout, tuning), parts);
  for (const [index, {length}] of learned.entries())
    for (const name of ['m', 'v'])
      if (length > 0) held[partName(name, index)] = bufferOf(device, new Float32Array(length));
  return {
    buffers: () => held,
    flush: () => undefined,
    changed: () => undefined,
    /** How many buffers the weights have. */
    count: parts.length,
    /** Returns the weights as one arena. */
    async weights(): Promise<Float32Array> {
      const whole = new Float32Array(layout.length);
      for (const [index, {first, length}] of parts.entries())
        whole.set(await readBuffer(device, held[partName('theta', index)]!, length), first);
      return whole;
    },
  };
}

/** AdamW in plain numbers, after tfjs's gradient: what a plan's weights must become. */
export class ReferenceRun {
  readonly theta: Float32Array;
  readonly #m: Float32Array;
  readonly #v: Float32Array;

  readonly #config: GPTConfig;
  readonly #tuning: FineTuning;

  constructor(config: GPTConfig, theta: Float32Array, tuning: FineTuning = {}) {
    this.#config = config;
    this.#tuning = tuning;

    this.theta = theta.slice();
    this.#m = new Float32Array(theta.length);
    this.#v = new Float32Array(theta.length);
  }

  step(batch: ReturnType<typeof randomBatch>, settings: StepSettings): {loss: number; gradientNorm: number} {
    const config = this.#config;
    const tuning = this.#tuning;
    const {loss, gradients} = referenceGradient(config, this.theta, batch, settings.dropout, tuning);
    for (const name of gradients.keys()) if (!learns(name, tuning)) gradients.delete(name);
    let squares = 0;
    for (const gradient of gradients.values()) for (const g of gradient) squares += g * g;
    const gradientNorm = Math.sqrt(squares);
    const clip = settings.clipNorm > 0 ? Math.min(1, settings.clipNorm / (gradientNorm + 1e-6)) : 1;
    for (const {name, offset, decay} of fineTuningLayout(config, tuning).slots)
      gradients.get(name)?.forEach((g, i) => {
        this.#update(offset + i, clip * g, decay, settings);
      });
    return {loss, gradientNorm};
  }

  #update(i: number, g: number, decay: boolean, settings: StepSettings): void {
    const m = this.#m;
    const v = this.#v;
    const {theta} = this;
    const {step, learningRate, beta1, beta2, epsilon, weightDecay} = settings;
    m[i] = beta1 * m[i]! + (1 - beta1) * g;
    v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
    const shrunk = theta[i]! * (decay ? 1 - learningRate * weightDecay : 1);
    const mean = m[i]! / (1 - beta1 ** step);
    const deviation = Math.sqrt(v[i]! / (1 - beta2 ** step));
    theta[i] = shrunk - (learningRate * mean) / (deviation + epsilon);
  }
}
