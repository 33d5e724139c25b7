import type {LiveModel} from '../../state/live-model.js';
import {tokenLabels} from '../../tokenizers/token-label.js';
import type {AllHeads} from './look-back.js';

/** The attention of all heads of a model on a text. */
export interface ModelHeads extends AllHeads {
  /** C of the model. */
  width: number;
  /** The training step that the answer is from. */
  step: number;
}

/** Reads the attention probabilities of all layers and heads on the tokens `ids` [T]. */
export async function readHeads(
  model: LiveModel,
  ids: readonly number[],
  signal: AbortSignal,
): Promise<ModelHeads> {
  const {config} = await model.ready;
  const tokens = tokenLabels(model.tokenizer!, ids);
  const trace = await model.trace({ids, want: ['h.*.attn.probs'], signal});
  const weights = Array.from({length: config.nLayers}, (_, n) => trace[`h.${n}.attn.probs`]!.data);
  return {tokens, heads: config.nHeads, weights, width: config.embDim, step: model.step};
}
