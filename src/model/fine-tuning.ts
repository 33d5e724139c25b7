/** What fine-tuning adds to a model’s parameters: adapters, a head for classes, or both. */
import {classifierShapes, SCORE_WEIGHT} from './classification.js';
import type {GPTConfig} from './config.js';
import {isLora, type LoraOptions, loraShapes} from './lora.js';
import {layOut, type ParameterLayout, parameterShapes} from './parameters.js';

export interface FineTuning {
  /** K: the head scores this many classes instead of the vocabulary. */
  classes?: number;
  /** Adapters on linear layers. */
  lora?: LoraOptions;
  /** Which parameters learn, by name. Default: all, or, with LoRA, the adapters and the class head. */
  trainable?: (name: string) => boolean;
}

/** The model's parameters first, at the places they have without fine-tuning; then the class head and the adapters. */
export function fineTuningLayout(config: GPTConfig, {classes, lora}: FineTuning = {}): ParameterLayout {
  return layOut([
    ...parameterShapes(config),
    ...(classes ? classifierShapes(config, classes) : []),
    ...(lora ? loraShapes(config, lora) : []),
  ]);
}

/** Whether a parameter learns. A head that is not asked never does. */
export function learns(name: string, {classes, lora, trainable}: FineTuning): boolean {
  if (classes && name === 'lm_head.weight') return false;
  if (trainable) return trainable(name);
  return !lora || isLora(name) || name === SCORE_WEIGHT;
}

/** The slots that learn, packed: the layout of gradients and of AdamW's moments. Where everything learns, the layout itself. */
export function learningLayout(layout: ParameterLayout, tuning: FineTuning): ParameterLayout {
  return layOut(layout.slots.filter(({name}) => learns(name, tuning)).map(({name, shape}) => [name, shape]));
}
