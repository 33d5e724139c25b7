/** Arenas as tfjs variables: the weights and AdamW's moments, each one flat tensor. */
import {keep, slice, type Tensor1D, tensor1d, tidy, type Variable, variable} from '@tensorflow/tfjs-core';
import type {GPTConfig} from '../model/config.js';
import {type FineTuning, fineTuningLayout, learningLayout} from '../model/fine-tuning.js';
import {loraWeights} from '../model/lora.js';
import type {ParameterLayout} from '../model/parameters.js';
import {sliceArena, type Weights, weightsFrom} from '../model/weights.js';
import {decayMask} from './adamw.js';

const arenaVariable = (values: Float32Array): Variable => tidy(() => variable(tensor1d(values), false));

/** Assigns a tensor to a variable, which keeps a reference of its own, and frees the tensor. */
export function moveInto(arena: Variable, value: Tensor1D): void {
  arena.assign(value);
  value.dispose();
}

/** The arenas' numbers: weights in the order of the layout, first and second moments in that of what is trained. */
export interface ArenaValues {
  theta: Float32Array;
  m: Float32Array;
  v: Float32Array;
}

/** The weights of a model in training and AdamW's two moments, on the backend. */
export class ModelArenas {
  readonly theta: Variable;
  /** 1 where weight decay applies, else 0; in the order of `learning`. */
  readonly decay: Tensor1D;
  /** Of the weights. */
  readonly layout: ParameterLayout;
  /** Of the moments: the slots that are trained. */
  readonly learning: ParameterLayout;
  readonly #config: GPTConfig;
  readonly #tuning: FineTuning;
  #version = 0;
  /** None before a step is made: a model that only writes has no room to spare for them. */
  #moments?: {m: Variable; v: Variable};

  /**
   * Starts with zero moments.
   * @param theta initial weights, in the order of `fineTuningLayout`
   */
  constructor(config: GPTConfig, theta: Float32Array, tuning: FineTuning = {}) {
    this.#config = config;
    this.#tuning = tuning;
    this.layout = fineTuningLayout(config, tuning);
    this.learning = learningLayout(this.layout, tuning);
    this.theta = arenaVariable(theta);
    this.decay = keep(tensor1d(decayMask(this.learning)));
  }

  get m(): Variable {
    return this.#made().m;
  }

  get v(): Variable {
    return this.#made().v;
  }

  #made(): {m: Variable; v: Variable} {
    if (!this.#moments) {
      const zeros = new Float32Array(this.learning.length);
      this.#moments = {m: arenaVariable(zeros), v: arenaVariable(zeros)};
    }
    return this.#moments;
  }

  /** Differs from before whenever the weights changed: a KV cache of other weights is stale. */
  get version(): number {
    return this.#version;
  }

  /** To be called after a step has changed the arenas. */
  changed(): void {
    this.#version++;
  }

  /** Returns the weights by name for one forward pass, with what adapters add to them. Call it inside a tidy. */
  readonly weights = (): Weights =>
    this.adapted(weightsFrom(this.layout, sliceArena(this.layout, this.theta as unknown as Tensor1D)));

  /** Returns weights with what adapters add to them. Call it inside a tidy. */
  adapted(weights: Weights): Weights {
    const {lora} = this.#tuning;
    return lora ? loraWeights(weights, this.#config, lora) : weights;
  }

  /** Returns a copy of the weights' arena. */
  async readTheta(): Promise<Float32Array> {
    return Float32Array.from((await this.theta.data()) as Float32Array);
  }

  /** Returns the numbers of one slot, without a copy of the rest. */
  async readSlot(
    arena: keyof ArenaValues,
    {offset, size}: {offset: number; size: number},
  ): Promise<Float32Array> {
    const part = tidy(() => slice(this[arena] as unknown as Tensor1D, [offset], [size]));
    try {
      return Float32Array.from((await part.data()) as Float32Array);
    } finally {
      part.dispose();
    }
  }

  async read(): Promise<ArenaValues> {
    const zeros = () => new Float32Array(this.learning.length);
    if (!this.#moments) return {theta: await this.readTheta(), m: zeros(), v: zeros()};
    const [m, v] = [this.m.data(), this.v.data()] as Promise<Float32Array>[];
    return {theta: await this.readTheta(), m: Float32Array.from(await m!), v: Float32Array.from(await v!)};
  }

  /** Replaces the numbers; moments that are not given become 0. */
  replace({theta, m, v}: Pick<ArenaValues, 'theta'> & Partial<ArenaValues>): void {
    this.changed();
    moveInto(this.theta, tensor1d(theta));
    if (!this.#moments && !m && !v) return; // they are zero all the same
    moveInto(this.m, tensor1d(m ?? new Float32Array(this.learning.length)));
    moveInto(this.v, tensor1d(v ?? new Float32Array(this.learning.length)));
  }

  dispose(): void {
    this.theta.dispose();
    this.decay.dispose();
    this.#moments?.m.dispose();
    this.#moments?.v.dispose();
  }
}
