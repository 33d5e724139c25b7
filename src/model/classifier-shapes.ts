/** What a class head adds to a GPT's parameters. No tfjs. */
import type {GPTConfig} from './config.js';
import type {NamedShape} from './parameters.js';

/** The class head's matrix, [K, C]; the name is that of Hugging Face's `GPT2ForSequenceClassification`. */
export const SCORE_WEIGHT = 'score.weight';

/** Returns the parameters that a model for K classes adds to a GPT. */
export function classifierShapes({embDim}: Pick<GPTConfig, 'embDim'>, classes: number): NamedShape[] {
  return [[SCORE_WEIGHT, [classes, embDim]]];
}
