import {broadcastTo, mean, mul, type Tensor, tensor, where, zerosLike} from '@tensorflow/tfjs-core';
import type {Recorder} from './capture.js';
import type {GPTConfig} from './config.js';
import {
  axesOf,
  hasHeadsSideBySide,
  type Intervention,
  placeInterventions,
  selectedIndices,
} from './interventions.js';
import {sizeOf} from './named-tensor.js';

/**
 * A named point in the forward pass, as in TransformerLens: `hook(name, value)` returns the value, or what an intervention puts in its place, and records it.
 * @param name one of `TRACE_NAMES`, without the prefix of its block
 * @param skipped what the value was computed from, returned where an intervention skips that step
 */
export type Hook = (name: string, value: Tensor, skipped?: Tensor) => Tensor;

/** A forward pass that is neither changed nor traced. */
export const noHook: Hook = (_name, value) => value;

/** Returns the same hook with the prefix `h.n.` before every name. */
export const inBlock = (hook: Hook, n: number): Hook =>
  hook === noHook ? noHook : (name, value, skipped) => hook(`h.${n}.${name}`, value, skipped);

/**
 * Returns the hook of one forward pass.
 * @param length T, the number of tokens
 * @throws {InterventionError} on interventions that the model cannot apply
 */
export function makeHook(
  trace: Recorder | undefined,
  interventions: readonly Intervention[],
  config: GPTConfig,
  length: number,
): Hook {
  if (!trace && interventions.length === 0) return noHook;
  const placed = placeInterventions(interventions, config, length);
  return (name, value, skipped) => {
    let result = value;
    for (const one of placed.get(name) ?? []) result = intervene(one, name, result, skipped, config);
    trace?.record(name, result);
    return result;
  };
}

/** Returns x with the selected part replaced. @param x with or without the batch axis (`embed.position` has none) */
function intervene(
  intervention: Intervention,
  name: string,
  x: Tensor,
  skipped: Tensor | undefined,
  config: GPTConfig,
): Tensor {
  const replacement = replace(intervention, name, x, skipped);
  const selection = select(intervention, name, x.shape, config);
  return selection ? where(selection, replacement, x) : broadcastTo(replacement, x.shape);
}

/** Returns what to write, in a shape that broadcasts to that of x. */
function replace(intervention: Intervention, name: string, x: Tensor, skipped: Tensor | undefined): Tensor {
  switch (intervention.change) {
    case 'zero':
      return zerosLike(x);
    case 'mean': {
      const axes = axesOf(name);
      return mean(x, x.rank - axes.length + axes.indexOf('T'), true);
    }
    case 'scale':
      return mul(x, intervention.factor);
    case 'skip':
      return skipped!; // `placeInterventions` has refused the places that cannot be skipped
    case 'set':
      return tensor(intervention.value.data, intervention.value.shape);
  }
}

/** Returns which entries of a tensor are selected, as booleans of its shape; undefined where all are. */
function select(
  place: Intervention,
  name: string,
  shape: readonly number[],
  {embDim, nHeads}: GPTConfig,
): Tensor | undefined {
  const axes = axesOf(name).length;
  const own = shape.slice(-axes); // without the batch axis
  const indices = selectedIndices(place, name);
  const headOnly = place.head !== undefined && hasHeadsSideBySide(name);
  if (!headOnly && indices.every((index) => index === undefined)) return undefined;
  const D = embDim / nHeads;
  const mask = new Uint8Array(sizeOf(shape));
  const last = own.at(-1)!;
  for (let i = 0; i < mask.length; i++) {
    let rest = i;
    let isSelected = !headOnly || Math.floor((i % last) / D) === place.head;
    for (let axis = axes - 1; axis >= 0; axis--) {
      const index = rest % own[axis]!;
      rest = Math.floor(rest / own[axis]!);
      if (indices[axis] !== undefined && indices[axis] !== index) isSelected = false;
    }
    mask[i] = isSelected ? 1 : 0;
  }
  return tensor(mask, [...shape], 'bool');
}
