/** The settings of sampling, checked in one place for every way of writing: the plan, the reference, and each backend. */

export interface SamplingOptions {
  /** Divides the logits: below 1 sharpens, above 1 flattens, 0 always takes the likeliest token (greedy). Default 1. */
  temperature?: number;
  /** Only the k likeliest tokens are eligible, with all that tie with the k-th. Default 0: all tokens. */
  topK?: number;
  /**
   * Only the likeliest tokens whose probabilities add up to at least p are eligible (nucleus sampling), at least one of them.
   * Default 1: all tokens.
   */
  topP?: number;
}

/** A sampling setting that has no meaning. The message says which one and what it may be. */
export class SamplingError extends Error {
  override name = 'SamplingError';
}

/** Logits and temperatures are float32; a larger temperature would be infinite. */
const MAX_TEMPERATURE = 3.4e38;

/** Probabilities below this, the smallest normal float32, count as 0: such a token is not eligible. */
export const LEAST_PROBABILITY = 2 ** -126;

/**
 * Returns all three settings, defaults filled in; `null` counts as not set.
 * @throws {SamplingError} on a setting outside its range, or that is not a number
 */
export function checkSampling(options: SamplingOptions): Required<SamplingOptions> {
  const temperature = options.temperature ?? 1;
  const topK = options.topK ?? 0;
  const topP = options.topP ?? 1;
  if (!isBetween(temperature, 0, MAX_TEMPERATURE))
    throw invalid('temperature', temperature, 'a number of at least 0; 0 always takes the likeliest token');
  if (!isBetween(topK, 0, Number.MAX_SAFE_INTEGER) || !Number.isInteger(topK))
    throw invalid('top-k', topK, 'a whole number of at least 0; 0 switches it off');
  if (!isBetween(topP, 0, 1)) throw invalid('top-p', topP, 'a number from 0 to 1; 1 switches it off');
  return {temperature, topK, topP};
}

/** @throws {SamplingError} where `value` cannot be a number of tokens, e.g. of those to be written */
export function checkTokenCount(name: string, value: number): void {
  if (!isBetween(value, 0, Number.MAX_SAFE_INTEGER) || !Number.isInteger(value))
    throw invalid(name, value, 'a whole number of at least 0');
}

/** The error of a model whose weights are no longer numbers. */
export const scoresNotFinite = (): SamplingError =>
  new SamplingError(
    'The model’s scores are not finite numbers, so no token can be drawn. Reset the model, or load other weights.',
  );

const isBetween = (value: unknown, low: number, high: number): boolean =>
  typeof value === 'number' && value >= low && value <= high;

const invalid = (name: string, value: unknown, wanted: string): SamplingError =>
  new SamplingError(`The ${name} cannot be ${String(value).slice(0, 60)}: it must be ${wanted}.`);
