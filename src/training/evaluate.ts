import {tidy} from '@tensorflow/tfjs-core';
import type {GPTConfig} from '../model/config.js';
import {forward} from '../model/gpt.js';
import {crossEntropy} from '../model/loss.js';
import type {Weights} from '../model/weights.js';
import {cutWindows, spreadStarts} from './batches.js';

/** Tokens and the windows in them. */
export interface TokenSet {
  tokens: Int32Array;
  starts: Uint32Array;
}

/**
 * Mean loss over `batches` × `batchSize` windows spread evenly over a set, without dropout; the same windows every time.
 * @param withWeights lends the weights for one batch (they are cut from the arena inside a tidy)
 * @returns nats a token; NaN where the set is shorter than one window
 */
export async function meanLoss(
  withWeights: () => Weights,
  config: GPTConfig,
  {tokens, starts}: TokenSet,
  batches: number,
  batchSize: number,
): Promise<number> {
  const chosen = spreadStarts(starts, batches * batchSize);
  let total = 0;
  for (let i = 0; i < chosen.length; i += batchSize) {
    const rows = chosen.slice(i, i + batchSize);
    const batch = cutWindows(tokens, rows, config.contextLength);
    const loss = tidy(() => crossEntropy(forward(withWeights(), config, batch.tokens), batch.labels));
    total += (await loss.data())[0]! * rows.length;
    loss.dispose();
  }
  return total / chosen.length;
}
