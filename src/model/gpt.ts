import {add, matMul, reshape, softmax, type Tensor, type Tensor2D, tidy} from '@tensorflow/tfjs-core';
import './gradients.js';
import {DROPOUT_SITE} from '../math/dropout-mask.js';
import {causalMask, noMask} from './attention.js';
import {block, postNormBlock} from './block.js';
import type {Recorder} from './capture.js';
import type {GPTConfig} from './config.js';
import {dropout} from './dropout.js';
import {positionEmbedding, tokenEmbedding} from './embedding.js';
import {type Hook, inBlock, makeHook} from './hooks.js';
import type {KeyValueCache} from './key-value-cache.js';
import {layerNorm} from './layer-norm.js';
import {onlyRowsOf, timesPacked} from './packed-matrix.js';
import type {TokenBatch} from './tokens.js';
import type {TraceOptions} from './trace-options.js';
import {blockWeights, type Weights} from './weights.js';

export interface ForwardOptions extends TraceOptions {
  /** Collects intermediates by name. */
  trace?: Recorder;
  /** Keys and values of the tokens before these. No intermediate can be traced or replaced then. */
  past?: KeyValueCache;
}

/** Thrown for tokens that the model cannot read. */
export class TokensError extends Error {
  override name = 'TokensError';
}

/**
 * Returns the logits of a GPT-2: embeddings, L blocks, a final layer norm, and the head that scores every token of the vocabulary.
 * Call it inside a tidy.
 * @returns [B, T, V]: at each position, scores for the token that comes next
 * @throws {TokensError} on no tokens, more than the context length, or an id outside the vocabulary
 * @throws {InterventionError} on an intervention that the model cannot apply
 */
export function forward(
  weights: Weights,
  config: GPTConfig,
  tokens: TokenBatch,
  options: ForwardOptions = {},
): Tensor {
  const hook = hookOf(weights, config, tokens, options);
  const x = normalizedStream(weights, config, tokens, hook, options); // [B, T, C]
  const logits = hook('logits', unembed(x, weights, config)); // [B, T, V]
  if (options.trace?.wants('probs')) hook('probs', softmax(logits));
  return logits;
}

/**
 * Returns the residual stream after the final layer norm: everything but the head. Call it inside a tidy.
 * @returns [B, T, C]
 * @throws {TokensError} as `forward`
 * @throws {InterventionError} as `forward`
 */
export function features(
  weights: Weights,
  config: GPTConfig,
  tokens: TokenBatch,
  options: ForwardOptions = {},
): Tensor {
  return normalizedStream(weights, config, tokens, hookOf(weights, config, tokens, options), options);
}

/** Checks the tokens, and places the interventions of one pass, or what was kept of earlier ones. */
function hookOf(
  weights: Weights,
  config: GPTConfig,
  tokens: TokenBatch,
  {trace, interventions = [], past}: ForwardOptions,
): Hook {
  checkTokens(config, tokens);
  return past?.hook(weights) ?? makeHook(trace, interventions, config, tokens.length);
}

function normalizedStream(
  given: Weights,
  config: GPTConfig,
  batch: TokenBatch,
  hook: Hook,
  {dropout: drop, norm = config.norm, past}: ForwardOptions,
): Tensor {
  const {weights, tokens} = onlyRowsOf(given, batch);
  const T = tokens.length;
  // #region embedding
  const rows = tokenEmbedding(weights('wte.weight'), tokens); // [B, T, C]: row `id` of wte
  const token = hook('embed.token', rows);
  const learned = positionEmbedding(weights('wpe.weight'), T); // [T, C]: the first T rows of wpe
  const position = hook('embed.position', learned);
  const embedded = hook('embed', add(token, position), token); // [B, T, C]
  // #endregion

  let x = dropout(embedded, drop, DROPOUT_SITE.embed()); // [B, T, C]: the residual stream
  const mask = config.causal !== false ? causalMask(T, past?.length) : noMask(T); // [T, T], or [T, P + T] after P tokens
  const blockOf = norm === 'post' ? postNormBlock : block;
  for (let layer = 0; layer < config.nLayers; layer++) {
    const stream = x;
    const context = {
      config,
      weights: blockWeights(weights, layer),
      mask,
      layer,
      drop,
      hook: inBlock(hook, layer),
    };
    const compute = () => blockOf(stream, context); // [B, T, C]
    x = weights.packed ? tidy(compute) : compute(); // what a block has widened is freed with it
  }

  return hook('ln_f', layerNorm(x, weights('ln_f.weight'), weights('ln_f.bias')), x); // [B, T, C]
}

/**
 * Returns a score for each token of the vocabulary: the dot product of a normalized vector with the token's row. Call it inside a tidy.
 * @param x [B, T, C]
 * @returns [B, T, V]
 */
export function unembed(x: Tensor, weights: Weights, config: GPTConfig): Tensor {
  const [B, T, C] = x.shape as [number, number, number];
  const rows = reshape(x, [B * T, C]) as Tensor2D;
  const name = config.tieWeights ? 'wte.weight' : 'lm_head.weight'; // [V, C]
  const packed = weights.packed?.(name);
  const scores = packed ? timesPacked(rows, packed) : matMul(rows, weights(name) as Tensor2D, false, true); // [B·T, V]
  return reshape(scores, [B, T, config.vocabSize]); // [B, T, V]
}

function checkTokens(config: GPTConfig, {ids, length}: TokenBatch): void {
  if (length < 1) throw new TokensError('There is no token to start from: give the model at least one.');
  if (length > config.contextLength)
    throw new TokensError(
      `The text is ${length} tokens long, but the model’s context is ${config.contextLength} tokens. Shorten the text.`,
    );
  const unknown = ids.find((id) => !(id >= 0 && id < config.vocabSize));
  if (unknown !== undefined)
    throw new TokensError(
      `There is no token ${unknown} in this model’s vocabulary, whose ids run from 0 to ${config.vocabSize - 1}. ` +
        'The text was probably encoded with another tokenizer.',
    );
}
