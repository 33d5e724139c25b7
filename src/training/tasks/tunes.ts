/** Which parameters a finetuning trains. */
import type {GPTConfig} from '../../model/config.js';
import type {FineTuning} from '../../model/fine-tuning.js';
import type {Tune} from './tune.js';

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
