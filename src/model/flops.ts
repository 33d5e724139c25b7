/** How much a GPT computes, counted from its configuration. No tfjs. */
import type {GPTConfig} from './config.js';

/** Floating-point operations for one token, by what they are spent on. A multiplication and an addition count as two. */
export interface TokenFlops {
  /** The projections of attention (q, k, v and the output), in all blocks. */
  projections: number;
  /** Scores with all tokens of the context, and the mix of their values. */
  attention: number;
  feedForward: number;
  /** The logits. */
  head: number;
  /** The forward pass: the sum. */
  forward: number;
  /** A training step: forward and backward, which takes two products for each of the forward pass. */
  training: number;
}

/**
 * Returns the operations for one token of a full context: 2 for each weight of a matrix, and 4·T·C a block for attention's two products, as
 * in Chowdhery et al. 2022 (PaLM), appendix B: 6 N + 12 L H Q T a token in training, of which the forward pass is a third. Norms, biases,
 * softmax and GELU, less than a hundredth of it in GPT-2, are left out, as there; the half of the scores that the mask hides is counted.
 */
export function flopsPerToken({
  vocabSize: V,
  contextLength: T,
  embDim: C,
  nLayers: L,
}: GPTConfig): TokenFlops {
  // #region flops
  const projections = L * 2 * (C * 3 * C + C * C); // c_attn and c_proj
  const attention = L * 4 * T * C; // q · k with T keys, then T values mixed
  const feedForward = L * 2 * (C * 4 * C + 4 * C * C); // c_fc and c_proj
  const head = 2 * C * V;
  const forward = projections + attention + feedForward + head;
  return {projections, attention, feedForward, head, forward, training: 3 * forward};
  // #endregion
}
