import {softmax, tensor, tidy} from '@tensorflow/tfjs-core';
import type {GPTConfig} from './config.js';
import {unembed} from './gpt.js';
import {layerNorm} from './layer-norm.js';
import type {LensOptions, LensReading} from './readings.js';
import {streamPoints} from './stream-points.js';
import {traceForward} from './trace-forward.js';
import {isWanted} from './trace-names.js';
import type {Weights} from './weights.js';

/**
 * Returns the logit lens (nostalgebraist 2020): the residual stream after the embeddings and after each sublayer, read by the final layer
 * norm and the head as if it were the model's last.
 * @param getWeights returns the weights for one pass, inside a tidy
 * @throws {TokensError} {@link InterventionError} as `forward`
 */
export async function logitLens(
  getWeights: () => Weights,
  config: GPTConfig,
  ids: ArrayLike<number>,
  {count = 5, targets = [], interventions, norm = config.norm, points = streamPoints(norm)}: LensOptions = {},
): Promise<LensReading[]> {
  // Each point is read as the last one would be: without the final norm where that is left out.
  const isRaw = interventions?.some(({at, change}) => change === 'skip' && isWanted('ln_f', [at]));
  const finalNorm: typeof layerNorm = isRaw ? (stream) => stream : layerNorm;
  const streams = await traceForward(getWeights, config, ids, points, {interventions, norm});
  const readings: LensReading[] = [];
  for (const [at, {shape, data}] of streams) {
    const probs = tidy(() => {
      const weights = getWeights();
      // #region logit-lens
      const stream = tensor(data, [1, ...shape]); // [1, T, C]
      const normalized = finalNorm(stream, weights('ln_f.weight'), weights('ln_f.bias')); // [1, T, C]
      return softmax(unembed(normalized, weights, config)); // [1, T, V]
      // #endregion
    });
    const values = (await probs.data()) as Float32Array;
    probs.dispose();
    const rows = Array.from({length: ids.length}, (_, t) =>
      values.subarray(t * config.vocabSize, (t + 1) * config.vocabSize),
    );
    readings.push({
      at,
      likeliest: rows.map((row) => likeliest(row, count)),
      targets: rows.map((row) => targets.map((id) => row[id] ?? Number.NaN)),
    });
  }
  return readings;
}

/** Returns the largest entries with their indices, largest first; of equal ones the first. */
function likeliest(probs: Float32Array, count: number): {id: number; probability: number}[] {
  const best: number[] = [];
  for (let id = 0; id < probs.length; id++) {
    if (best.length === count && probs[id]! <= probs[best.at(-1)!]!) continue;
    let at = best.length;
    while (at > 0 && probs[best[at - 1]!]! < probs[id]!) at--;
    best.splice(at, 0, id);
    best.length = Math.min(best.length, count);
  }
  return best.map((id) => ({id, probability: probs[id]!}));
}
