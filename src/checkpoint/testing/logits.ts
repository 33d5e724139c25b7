/** Logits of a model by tfjs on the CPU, in the browser and in Node. */
import '@tensorflow/tfjs-backend-cpu';
import {ready, setBackend, tidy} from '@tensorflow/tfjs-core';
import {classify} from '../../model/classification.js';
import type {GPTConfig} from '../../model/config.js';
import {fineTuningLayout} from '../../model/fine-tuning.js';
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

/**
 * Returns a classifier's logits [B, K] of texts of different lengths, padded with token 0.
 * @param weight gives a tensor by its name, row-major
 */
export async function classLogitsOf(
  config: GPTConfig,
  weight: (name: string) => Float32Array,
  texts: readonly (readonly number[])[],
  classes: number,
): Promise<Float32Array> {
  await setBackend('cpu');
  await ready();
  const layout = fineTuningLayout(config, {classes});
  const arena = new Float32Array(layout.length);
  for (const {name, offset} of layout.slots) if (name !== 'lm_head.weight') arena.set(weight(name), offset);
  const length = texts.reduce((most, ids) => Math.max(most, ids.length), 1);
  const ids = Int32Array.from(texts.flatMap((text) => Array.from({length}, (_, t) => text[t] ?? 0)));
  const logits = tidy(() =>
    classify(
      weightsFrom(layout, sliceArena(layout, arenaTensor(arena))),
      config,
      {ids, batchSize: texts.length, length},
      texts.map((text) => text.length),
    ),
  );
  const numbers = (await logits.data()) as Float32Array;
  logits.dispose();
  return numbers;
}
