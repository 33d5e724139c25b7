/** Logits of a model by tfjs on the CPU, in the browser and in Node. */
import '@tensorflow/tfjs-backend-cpu';
import {ready, setBackend, tidy} from '@tensorflow/tfjs-core';
import type {GPTConfig} from '../../model/config.js';
import {forward} from '../../model/gpt.js';
import {parameterLayout, parameterShapes, writeArena} from '../../model/parameters.js';
import {arenaTensor, sliceArena, weightsFrom} from '../../model/weights.js';

/**
 * Returns the logits [B, T, V] of sequences of equal length.
 * @param weights By name, each row-major.
 */
export async function logitsOf(
  config: GPTConfig,
  weights: ReadonlyMap<string, Float32Array>,
  ids: readonly (readonly number[])[],
): Promise<Float32Array> {
  await setBackend('cpu');
  await ready();
  const layout = parameterLayout(config);
  const arena = new Float32Array(layout.length);
  const shapes = new Map(parameterShapes(config));
  writeArena(
    layout,
    arena,
    Array.from(weights, ([name, data]) => [name, {shape: shapes.get(name) ?? [], data}]),
  );
  const tokens = {ids: Int32Array.from(ids.flat()), batchSize: ids.length, length: ids[0]!.length};
  const logits = tidy(() =>
    forward(weightsFrom(layout, sliceArena(layout, arenaTensor(arena))), config, tokens),
  );
  const numbers = (await logits.data()) as Float32Array;
  logits.dispose();
  return numbers;
}
