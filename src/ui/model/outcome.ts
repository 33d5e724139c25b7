/** What a whole model makes of a text, as it is or with something changed: its loss, and what it says comes next. */
import type {LiveModel} from '../../state/live-model.js';
import type {LensRequest} from '../../state/live-model-types.js';
import {tokenLabel} from '../../tokenizers/token-label.js';

export interface Outcome {
  /** Mean cross-entropy of the text, in nats per token; absent for a text of one token. */
  loss?: number;
  /** The likeliest tokens after the text, likeliest first. */
  likeliest: readonly {token: string; probability: number}[];
}

/** Returns the mean cross-entropy of tokens that were given these probabilities; undefined for none. */
export const meanLoss = (probabilities: readonly number[]): number | undefined =>
  probabilities.length
    ? probabilities.reduce((sum, probability) => sum - Math.log(probability), 0) / probabilities.length
    : undefined;

/** Reads the end of the stream alone: what the model predicts. @param options Changes to the forward pass, and `count` likeliest tokens */
export async function readOutcome(
  model: LiveModel,
  ids: readonly number[],
  options: Pick<LensRequest, 'count' | 'interventions' | 'norm'>,
  signal: AbortSignal,
): Promise<Outcome> {
  const {nLayers, norm} = (await model.ready).config;
  const end = (options.norm ?? norm) === 'post' ? 'ln_2' : 'resid_post';
  const targets = ids.slice(1);
  const [last] = await model.lens({ids, targets, points: [`h.${nLayers - 1}.${end}`], signal, ...options});
  return {
    loss: meanLoss(targets.map((_, t) => last!.targets[t]![t]!)),
    likeliest: last!.likeliest
      .at(-1)!
      .map(({id, probability}) => ({token: tokenLabel(model.tokenizer!, id), probability})),
  };
}
