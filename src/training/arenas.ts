/** Arenas as tfjs variables: the weights and AdamW's moments, each one flat tensor. */
import {keep, type Tensor1D, tensor1d, tidy, type Variable, variable} from '@tensorflow/tfjs-core';
import type {ParameterLayout} from '../model/parameters.js';
import {sliceArena, type Weights, weightsFrom} from '../model/weights.js';
import {decayMask} from './adamw.js';

const arenaVariable = (values: Float32Array): Variable => tidy(() => variable(tensor1d(values), false));

/** Assigns a tensor to a variable, which keeps a reference of its own, and frees the tensor. */
export function moveInto(arena: Variable, value: Tensor1D): void {
  arena.assign(value);
  value.dispose();
}

/** An arena's numbers: weights, first and second moments, in the order of the layout. */
export interface ArenaValues {
  theta: Float32Array;
  m: Float32Array;
  v: Float32Array;
}

/** The weights of a model in training and AdamW's two moments, on the backend. */
export class ModelArenas {
  readonly theta: Variable;
  readonly m: Variable;
  readonly v: Variable;
  /** 1 where weight decay applies, else 0. */
  readonly decay: Tensor1D;
  #version = 0;

  /** Starts with these weights and zero moments. */
  constructor(
    readonly layout: ParameterLayout,
    theta: Float32Array,
  ) {
    const zeros = new Float32Array(layout.length);
    this.theta = arenaVariable(theta);
    this.m = arenaVariable(zeros);
    this.v = arenaVariable(zeros);
    this.decay = keep(tensor1d(decayMask(layout)));
  }

  /** Differs from before whenever the weights changed: a KV cache of other weights is stale. */
  get version(): number {
    return this.#version;
  }

  /** To be called after a step has changed the arenas. */
  changed(): void {
    this.#version++;
  }

  /** Returns the weights by name for one forward pass. Call it inside a tidy. */
  readonly weights = (): Weights =>
    weightsFrom(this.layout, sliceArena(this.layout, this.theta as unknown as Tensor1D));

  /** Returns a copy of the weights' arena. */
  async readTheta(): Promise<Float32Array> {
    return Float32Array.from((await this.theta.data()) as Float32Array);
  }

  async read(): Promise<ArenaValues> {
    const [m, v] = [this.m.data(), this.v.data()] as Promise<Float32Array>[];
    return {theta: await this.readTheta(), m: Float32Array.from(await m!), v: Float32Array.from(await v!)};
  }

  /** Replaces the numbers; moments that are not given become 0. */
  replace({theta, m, v}: Pick<ArenaValues, 'theta'> & Partial<ArenaValues>): void {
    this.changed();
    moveInto(this.theta, tensor1d(theta));
    moveInto(this.m, tensor1d(m ?? new Float32Array(theta.length)));
    moveInto(this.v, tensor1d(v ?? new Float32Array(theta.length)));
  }

  dispose(): void {
    for (const tensor of [this.theta, this.m, this.v, this.decay]) tensor.dispose();
  }
}
