import {add, matMul, reshape, softmax, type Tensor, type Tensor2D, zerosLike} from '@tensorflow/tfjs-core';
import './gradients.js';
import {DROPOUT_SITE} from '../math/dropout-mask.js';
import {causalMask, noMask} from './attention.js';
import {block} from './block.js';
import type {GPTConfig} from './config.js';
import {dropout} from './dropout.js';
import {positionEmbedding, tokenEmbedding} from './embedding.js';
import {layerNorm} from './layer-norm.js';
import type {TokenBatch} from './tokens.js';
import type {Trace} from './trace.js';
import type {TraceOptions} from './trace-options.js';
import {blockWeights, type Weights} from './weights.js';

export interface ForwardOptions extends TraceOptions {
  /** Collects intermediates by name. */
  trace?: Trace;
}

/** Tokens that a model cannot read. */
export class TokensError extends Error {
  override name = 'TokensError';
}

/**
 * The GPT-2 architecture: embeddings, L blocks, a last layer norm, and the head that scores every possible next token.
 * Call it inside a tidy.
 * @returns logits [B, T, V]: at each place, for the token that comes after it
 * @throws {TokensError} on no tokens, more than the context length, or an id outside the vocabulary
 */
export function forward(
  weights: Weights,
  config: GPTConfig,
  tokens: TokenBatch,
  options: ForwardOptions = {},
): Tensor {
  const logits = head(features(weights, config, tokens, options), weights, config);
  const {trace} = options;
  trace?.record('logits', logits);
  if (trace?.wants('probs')) trace.record('probs', softmax(logits));
  return logits;
}

/**
 * All of the model but its head: what it makes of each place, after the last layer norm. Call it inside a tidy.
 * @returns [B, T, C]
 * @throws {TokensError} as `forward`
 */
export function features(
  weights: Weights,
  config: GPTConfig,
  tokens: TokenBatch,
  {
    dropout: drop,
    trace,
    positions = true,
    causal = config.causal !== false,
    ablated = [],
  }: ForwardOptions = {},
): Tensor {
  checkTokens(config, tokens);
  // #region embedding
  const token = tokenEmbedding(weights('wte.weight'), tokens); // [B, T, C]: row `id` of wte
  const learned = positionEmbedding(weights('wpe.weight'), tokens.length); // [T, C]: the first T rows of wpe
  const position = positions ? learned : zerosLike(learned);
  const embedded = add(token, position); // [B, T, C]
  // #endregion
  trace?.record('embed.token', token);
  trace?.record('embed.position', position);
  trace?.record('embed', embedded);

  let x = dropout(embedded, drop, DROPOUT_SITE.embed()); // the residual stream, [B, T, C]
  const mask = causal ? causalMask(tokens.length) : noMask(tokens.length);
  for (let n = 0; n < config.nLayers; n++) {
    const silent = ablated.filter(({layer}) => layer === n).map(({head}) => head);
    x = block(x, blockWeights(weights, n), config, mask, n, drop, trace?.inBlock(n), silent);
  }

  const normalized = layerNorm(x, weights('ln_f.weight'), weights('ln_f.bias'));
  trace?.record('ln_f', normalized);
  return normalized;
}

/** Scores each token of the vocabulary by its fit with the stream: [B, T, C] → [B, T, V]. */
function head(x: Tensor, weights: Weights, config: GPTConfig): Tensor {
  const [B, T, C] = x.shape as [number, number, number];
  const table = weights(config.tieWeights ? 'wte.weight' : 'lm_head.weight') as Tensor2D; // [V, C]
  const scores = matMul(reshape(x, [B * T, C]) as Tensor2D, table, false, true);
  return reshape(scores, [B, T, config.vocabSize]);
}

function checkTokens(config: GPTConfig, {ids, length}: TokenBatch): void {
  if (length < 1) throw new TokensError('There is no token to start from: give the model at least one.');
  if (length > config.contextLength)
    throw new TokensError(
      `${length} tokens are more than this model can look at: its context is ${config.contextLength} tokens long. Shorten the text.`,
    );
  const strange = ids.find((id) => !(id >= 0 && id < config.vocabSize));
  if (strange !== undefined)
    throw new TokensError(
      `There is no token ${strange} in this model’s vocabulary, whose ids run from 0 to ${config.vocabSize - 1}. ` +
        'The text was probably encoded with another tokenizer.',
    );
}
