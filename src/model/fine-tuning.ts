/** What fine-tuning adds to a model's parameters: adapters, a classification head, or both. */
import {classifierShapes, SCORE_WEIGHT} from './classification.js';
import type {GPTConfig} from './config.js';
import {isLora, type LoraOptions, loraShapes} from './lora.js';
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
