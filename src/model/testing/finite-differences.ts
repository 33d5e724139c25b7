/** Checks a gradient against the definition of one. */
import {type Scalar, type Tensor, tensor, tidy, valueAndGrads} from '@tensorflow/tfjs-core';
import {sizeOf} from '../named-tensor.js';
import {largest} from './golden.js';

/**
 * Compares tfjs's gradient of `f` at `inputs` with (f(x + h·d) − f(x − h·d)) / 2h along `directions` random directions d for each input.
 * @returns the largest difference, as a share of the gradient's largest slope
 */
export async function gradientError(
  f: (...inputs: Tensor[]) => Scalar,
  inputs: {shape: number[]; data: Float32Array}[],
  {directions = 4, h = 1e-2} = {},
): Promise<number> {
  const at = (list: {shape: number[]; data: Float32Array}[]) =>
    list.map(({shape, data}) => tensor(data, shape));
  const value = (list: {shape: number[]; data: Float32Array}[]) => tidy(() => f(...at(list)).dataSync()[0]!);
  const gradients = tidy(() => valueAndGrads(f)(at(inputs)).grads.map((gradient) => gradient.dataSync()));
  const errors: number[] = [];
  const slopes: number[] = [];
  inputs.forEach(({shape, data}, n) => {
    for (let d = 0; d < directions; d++) {
      const direction = Float32Array.from({length: sizeOf(shape)}, (_, i) =>
        Math.sin(1 + (i + 1) * (2.3 + d + n)),
      );
      const moved = (sign: number) =>
        inputs.with(n, {shape, data: data.map((x, i) => x + sign * h * direction[i]!)});
      const measured = (value(moved(1)) - value(moved(-1))) / (2 * h);
      const computed = direction.reduce((sum, x, i) => sum + x * gradients[n]![i]!, 0);
      errors.push(measured - computed);
      slopes.push(computed);
    }
  });
  return largest(errors) / largest(slopes);
}
