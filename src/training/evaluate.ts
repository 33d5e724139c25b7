import {cutWindows, type LabeledBatch, spreadStarts} from './batches.js';

/** Tokens and the windows in them. */
export interface TokenSet {
  tokens: Int32Array;
  starts: Uint32Array;
}

/**
 * Mean loss over `batches` × `batchSize` windows spread evenly over a set, without dropout; the same windows every time.
 * @param lossOf a batch's mean loss; the last batch may have fewer windows
 * @returns nats per token; NaN where the set is shorter than one window
 */
export async function meanLoss(
  lossOf: (batch: LabeledBatch) => Promise<number>,
  contextLength: number,
  {tokens, starts}: TokenSet,
  batches: number,
  batchSize: number,
): Promise<number> {
  const chosen = spreadStarts(starts, batches * batchSize);
  let total = 0;
  for (let i = 0; i < chosen.length; i += batchSize) {
    const rows = chosen.slice(i, i + batchSize);
    total += (await lossOf(cutWindows(tokens, rows, contextLength))) * rows.length;
  }
  return total / chosen.length;
}
