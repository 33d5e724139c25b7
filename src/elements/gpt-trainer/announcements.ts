/** What a screen reader is told of a run. */
import {perplexity} from '../../math/stats.js';
import type {LiveModel} from '../../state/index.js';
import {decimals} from '../../ui/base/format.js';
import {whole} from '../../ui/base/whole.js';
import {lastValidation} from './figures.js';

/** The losses after an evaluation; undefined where no unseen text could be measured. */
export function lossesInWords({history, step}: LiveModel): string | undefined {
  const validation = lastValidation(history);
  if (validation === undefined) return undefined;
  return `Step ${whole(step)}: validation loss ${decimals(validation, 2)}, perplexity ${decimals(perplexity(validation), 1)}.`;
}

/** What has become of the run; undefined where that is nothing to tell. */
export function statusInWords({status, step}: LiveModel): string | undefined {
  if (status === 'training') return 'Training has started.';
  if (status === 'paused') return `Paused at step ${whole(step)}.`;
  if (status === 'done') return `Done: ${whole(step)} steps.`;
  if (status === 'idle') return ''; // another model, or none of its steps: what was said is of the past
  return undefined;
}
