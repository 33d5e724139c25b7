import type {NamedTensor} from '../../../engine/protocol.js';
import type {LiveModel} from '../../../state/live-model.js';
import {tokenLabels} from '../../../tokenizers/token-label.js';
import {nearestIndex} from '../../../ui/base/chosen-index.js';
import type {AttentionData} from './attention-data.js';

export interface AttentionRequest {
  /** Counted from 0; beyond the last layer, the last. Its scores and projections are read too. */
  layer: number;
  /** Whether to read the weights of the other layers. */
  allLayers: boolean;
  /** Tokens that the model writes after the text. */
  continue: number;
}

/**
 * Reads a model's attention weights on the tokens `ids` [T].
 * @param request With `continue`: how many of the last tokens the model has written
 */
export async function readAttention(
  model: LiveModel,
  ids: readonly number[],
  {layer, allLayers, continue: written}: AttentionRequest,
  signal: AbortSignal,
): Promise<AttentionData> {
  const {nLayers} = (await model.ready).config;
  const chosen = nearestIndex(layer, nLayers);
  const want = [
    `h.${allLayers ? '*' : chosen}.attn.probs`,
    ...['scores', 'q', 'k'].map((name) => `h.${chosen}.attn.${name}`),
  ];
  const trace: Record<string, NamedTensor> = await model.trace({ids, want, signal});
  const all = (name: string) => Array.from({length: nLayers}, (_, n) => trace[`h.${n}.attn.${name}`]?.data);
  const [q, k] = [trace[`h.${chosen}.attn.q`]!, trace[`h.${chosen}.attn.k`]!];
  return {
    tokens: tokenLabels(model.tokenizer!, ids),
    heads: q.shape.at(-3)!,
    weights: all('probs'),
    scores: all('scores'),
    causal: true,
    written: written ? ids.length - written : undefined,
    projections: {layer: chosen, width: q.shape.at(-1)!, q: q.data, k: k.data},
    step: model.step,
  };
}
