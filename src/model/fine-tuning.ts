/** What fine-tuning adds to a model's parameters: adapters, a classification head, or both. */
import {key, normals} from '../math/rng.js';
import {classifierShapes, SCORE_WEIGHT} from './classifier-shapes.js';
import type {GPTConfig} from './config.js';
import {INIT_STD, initialArena} from './init.js';
import {initLora, isLora, type LoraOptions, loraShapes} from './lora.js';
import {layOut, type ParameterLayout, parameterShapes} from './parameters.js';

export interface FineTuning {
  /** K: the head scores this many classes instead of the vocabulary. */
  classes?: number;
  /** Adapters on linear layers. */
  lora?: LoraOptions;
  /** Returns whether a parameter is trained, by its name. Default: all are; with LoRA, the adapters and the class head. */
  trainable?: (name: string) => boolean;
}

/** Returns the layout of all parameters: the model's own at their usual offsets, then the class head, then the adapters. */
export function fineTuningLayout(config: GPTConfig, {classes, lora}: FineTuning = {}): ParameterLayout {
  return layOut([
    ...parameterShapes(config),
    ...(classes ? classifierShapes(config, classes) : []),
    ...(lora ? loraShapes(config, lora) : []),
  ]);
}

/**
 * Returns initial weights as an arena of `fineTuningLayout`: the model's own as `initialArena`, the class head from normal(0, 0.02) as in
 * Hugging Face's `GPT2ForSequenceClassification`, adapters as `initLora`.
 */
export function initialTunedArena(config: GPTConfig, tuning: FineTuning, seed: number): Float32Array {
  const layout = fineTuningLayout(config, tuning);
  const arena = new Float32Array(layout.length);
  arena.set(initialArena(config, seed));
  layout.slots.forEach(({name, size, offset}, index) => {
    if (name === SCORE_WEIGHT) arena.set(normals(size, 0, INIT_STD, key(seed, index)), offset);
  });
  initLora(layout, arena, seed);
  return arena;
}

/** Returns whether a parameter is trained. The language model's head is not where a class head replaces it. */
export function learns(name: string, {classes, lora, trainable}: FineTuning): boolean {
  if (classes && name === 'lm_head.weight') return false;
  if (trainable) return trainable(name);
  return !lora || isLora(name) || name === SCORE_WEIGHT;
}

/** Returns the packed layout of the trained slots: that of gradients and AdamW's moments. Where all are trained, it equals the layout. */
export function learningLayout(layout: ParameterLayout, tuning: FineTuning): ParameterLayout {
  return layOut(layout.slots.filter(({name}) => learns(name, tuning)).map(({name, shape}) => [name, shape]));
}
