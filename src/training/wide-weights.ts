import {fill, slice, type Tensor1D, tensor1d, tidy, type Variable, variable} from '@tensorflow/tfjs-core';
import type {ParameterLayout, Slot} from '../model/parameters.js';
import {sliceArena, type Weights, weightsFrom} from '../model/weights.js';
import type {HeldWeights} from './held-weights.js';
import {type TensorWriter, writerOf} from './tensor-writer.js';

/** Weights as one flat tensor of 32-bit numbers, which a training step updates. */
export class WideWeights implements HeldWeights {
  readonly dtype = 'float32';
  readonly theta: Variable;
  readonly #layout: ParameterLayout;
  #writer?: TensorWriter;

  /** @param theta the numbers, in the order of the layout. Default: zeros, which take no memory of this thread */
  constructor(layout: ParameterLayout, theta?: Float32Array) {
    this.#layout = layout;
    this.theta = tidy(() =>
      variable(theta ? tensor1d(theta) : (fill([layout.length], 0) as Tensor1D), false),
    );
  }

  weights(): Weights {
    return weightsFrom(this.#layout, sliceArena(this.#layout, this.theta as unknown as Tensor1D));
  }

  write({offset}: Slot, first: number, numbers: Float32Array): Promise<void> {
    this.#writer ??= writerOf(this.theta);
    return this.#writer.write(offset + first, numbers);
  }

  finish(): void {
    this.#writer?.finish();
    this.#writer = undefined;
  }

  async read({offset, size}: Slot): Promise<Float32Array> {
    const part = tidy(() => slice(this.theta as unknown as Tensor1D, [offset], [size]));
    try {
      return Float32Array.from((await part.data()) as Float32Array);
    } finally {
      part.dispose();
    }
  }

  dispose(): void {
    this.theta.dispose();
  }
}
