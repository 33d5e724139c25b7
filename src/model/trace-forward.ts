import {tidy} from '@tensorflow/tfjs-core';
import type {GPTConfig} from './config.js';
import {forward} from './gpt.js';
import type {NamedTensor} from './named-tensor.js';
import {singleSequence} from './tokens.js';
import {Trace} from './trace.js';
import type {TraceOptions} from './trace-options.js';
import type {Weights} from './weights.js';

/**
 * Returns the requested intermediates of one sequence, by name.
 * @param getWeights returns the weights for one pass, inside a tidy
 * @param want names or patterns: `h.0.attn.probs`, `h.*.attn.probs`, `*`
 * @param options changes to the forward pass
 * @throws {TokensError} where the sequence does not fit the model
 */
export function traceForward(
  getWeights: () => Weights,
  config: GPTConfig,
  ids: ArrayLike<number>,
  want: readonly string[],
  options: TraceOptions = {},
): Promise<Map<string, NamedTensor>> {
  const trace = new Trace(want);
  tidy(() => void forward(getWeights(), config, singleSequence(ids), {...options, trace}));
  return trace.read();
}
