/** Which parameters a finetuning trains, as choices for a reader. No tfjs. */
import type {GPTConfig} from '../../model/config.js';
import type {FineTuning} from '../../model/fine-tuning.js';

/**
 * - `head`: the new head alone;
 * - `last-block`: the last block, the final norm and the head;
 * - `blocks`: all but the embeddings, so that words that are not in the training set stay beside the words they resemble;
 * - `all`: everything;
 * - `lora`: adapters on the linear layers, and the head.
 */
export type Tune = 'head' | 'last-block' | 'blocks' | 'all' | 'lora';
export const TUNES: readonly Tune[] = ['head', 'last-block', 'blocks', 'all', 'lora'];

/** A small rank is enough for two classes. */
const LORA = {rank: 4, alpha: 8};

/** Returns what is trained of a model whose head is named `score`. */
export function tuningOf(tune: Tune, {nLayers}: Pick<GPTConfig, 'nLayers'>): FineTuning {
  const last = `h.${nLayers - 1}.`;
  switch (tune) {
    case 'head':
      return {trainable: (name) => name.startsWith('score.')};
    case 'last-block':
      return {trainable: (name) => [last, 'ln_f.', 'score.'].some((part) => name.startsWith(part))};
    case 'blocks':
      return {trainable: (name) => !/^(wte|wpe|lm_head)\./.test(name)};
    case 'lora':
      return {lora: LORA};
    case 'all':
      return {};
  }
}
