/** A forward pass of the reference with seeded weights, as the map reads it from a model. */
import type {GPTConfig} from '../../../model/config.js';
import {initialArena} from '../../../model/init.js';
import {logitLens} from '../../../model/logit-lens.js';
import type {NamedTensor} from '../../../model/named-tensor.js';
import {parameterLayout} from '../../../model/parameters.js';
import {traceForward} from '../../../model/trace-forward.js';
import {arenaTensor, sliceArena, weightsFrom} from '../../../model/weights.js';
import type {ArchitectureData} from '../data/architecture-data.js';
import type {Inputs} from '../sources/arithmetic.js';

export interface ReferencePass extends ArchitectureData, Inputs {
  ids: readonly number[];
  config: GPTConfig;
}

/** Returns the pass of seeded weights. */
export const referencePass = (config: GPTConfig, ids: readonly number[], seed = 7): Promise<ReferencePass> =>
  // Larger than at the start of training, so that attention and GELU are far from flat.
  passOfWeights(
    config,
    ids,
    initialArena(config, seed).map((value, i) => 8 * value + 0.1 * Math.sin(i)),
  );

/** Returns all intermediates, all weights, and what would be predicted at each point of the stream. @param arena all weights */
export async function passOfWeights(
  config: GPTConfig,
  ids: readonly number[],
  arena: Float32Array,
): Promise<ReferencePass> {
  const layout = parameterLayout(config);
  const weights = () => weightsFrom(layout, sliceArena(layout, arenaTensor(arena)));
  const trace = Object.fromEntries(await traceForward(weights, config, ids, ['*']));
  const token = (id: number): string => ` ${'abcdefghijklmnop'[id]!}`;
  const lens = await logitLens(weights, config, ids, {count: config.vocabSize});
  const parameters: Record<string, NamedTensor> = {};
  for (const {name, shape, offset} of layout.slots) {
    const size = shape.reduce((a, b) => a * b, 1);
    parameters[name] = {shape: [...shape], data: arena.slice(offset, offset + size)};
  }
  return {
    config,
    ids,
    tokens: ids.map(token),
    trace,
    stream: lens.map(({at, likeliest}) => ({
      at,
      guesses: likeliest.map((row) => row.map((guess) => ({...guess, token: token(guess.id)}))),
    })),
    off: [],
    tensors: {...trace, ...parameters},
  };
}
