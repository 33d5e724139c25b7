/** Interventions: changes to the forward pass at named places. Plain data, because they cross the worker protocol. No tfjs. */
import type {GPTConfig} from './config.js';
import type {NamedTensor} from './named-tensor.js';
import {isWanted, TRACE_NAMES, type TraceAxis, traceNames} from './trace-names.js';

/** Where an intervention acts: a whole tensor, or the part of it that the indices select. */
export interface InterventionPlace {
  /** A name of `TRACE_NAMES` with its layer, such as `h.0.attn.probs`. `*` is a wildcard: `h.*.mlp.out`. */
  at: string;
  /** Index of the head: in tensors with an H axis, and in `attn.context`, where the heads stand side by side. */
  head?: number;
  /** Index of the token; in attention scores and probabilities, of the token that asks. */
  position?: number;
  /** Index on the last axis: a channel, a hidden unit, a key, a token of the vocabulary. */
  unit?: number;
}

/**
 * What an intervention writes there:
 * - `zero`: zeros (ablation).
 * - `mean`: the mean over the positions of the same text (mean ablation).
 * - `skip`: what the value was computed from, as if that step were left out: at `ln_1`, `ln_2` and `ln_f` no normalization, at `attn.masked`
 *   no mask, at `mlp.hidden` no GELU, at `resid_mid` and `resid_post` no shortcut, at `embed` no positions.
 * - `scale`: the value times a factor.
 * - `set`: given numbers, for instance from the trace of another prompt (activation patching). Its shape is that of the place without the
 *   batch axis; an axis with an index may have length 1.
 */
export type Intervention = InterventionPlace &
  (
    | {change: 'zero' | 'mean' | 'skip'}
    | {change: 'scale'; factor: number}
    | {change: 'set'; value: NamedTensor}
  );

const CHANGES: readonly string[] = [
  'zero',
  'mean',
  'skip',
  'scale',
  'set',
] satisfies Intervention['change'][];

/** Thrown for an intervention that the model cannot apply. */
export class InterventionError extends Error {
  override name = 'InterventionError';
}

/** Places whose value can be left out (`skip`), as patterns. */
export const SKIPPABLE = [
  'embed',
  'h.*.ln_1',
  'h.*.attn.masked',
  'h.*.attn.dropped',
  'h.*.resid_mid',
  'h.*.ln_2',
  'h.*.mlp.hidden',
  'h.*.resid_post',
  'ln_f',
] as const;

/** Returns the axes of a traced tensor, without the batch axis. @throws {InterventionError} on a name that no model has */
export function axesOf(name: string): readonly TraceAxis[] {
  const general = name.replace(/^h\.\d+\./, 'h.N.');
  const found = TRACE_NAMES.find((one) => one.name === general);
  if (!found) throw new InterventionError(`There is no “${name}” in a forward pass.`);
  return found.shape;
}

/**
 * Returns the interventions by the name of the place at which they act, in the given order.
 * @param length T, the number of tokens
 * @throws {InterventionError} on a place or a change that does not exist, an index outside the place, or a value that does not fit
 */
export function placeInterventions(
  interventions: readonly Intervention[],
  config: GPTConfig,
  length: number,
): Map<string, Intervention[]> {
  const names = traceNames(config.nLayers);
  const placed = new Map<string, Intervention[]>();
  for (const intervention of interventions) {
    const matching = names.filter((name) => isWanted(name, [intervention.at]));
    if (matching.length === 0)
      throw new InterventionError(
        `This model has no place “${intervention.at.slice(0, 100)}”. Use a name such as h.0.attn.context; layers run from 0 to ${config.nLayers - 1}.`,
      );
    for (const name of matching) {
      check(intervention, name, config, length);
      placed.set(name, [...(placed.get(name) ?? []), intervention]);
    }
  }
  return placed;
}

/** Returns the shape of a place, without the batch axis. */
export function shapeAt(name: string, config: GPTConfig, length: number): number[] {
  const {embDim, nHeads, vocabSize} = config;
  const lengths = {T: length, C: embDim, '4C': 4 * embDim, H: nHeads, D: embDim / nHeads, V: vocabSize};
  return axesOf(name).map((axis) => lengths[axis]);
}

/** Returns the index that is selected on each axis of a place; undefined on an axis that is taken whole. */
export function selectedIndices(
  {head, position, unit}: InterventionPlace,
  name: string,
): (number | undefined)[] {
  const axes = axesOf(name);
  const indices: (number | undefined)[] = axes.map(() => undefined);
  if (position !== undefined) indices[axes.indexOf('T')] = position;
  if (unit !== undefined) indices[axes.length - 1] = unit;
  if (head !== undefined && axes.includes('H')) indices[axes.indexOf('H')] = head;
  return indices;
}

/** Whether the heads of this place stand side by side on its last axis. */
export const hasHeadsSideBySide = (name: string): boolean => name.endsWith('.attn.context');

function check(intervention: Intervention, name: string, config: GPTConfig, length: number): void {
  const {head, change} = intervention;
  if (!CHANGES.includes(change))
    throw new InterventionError(
      `There is no change “${String(change).slice(0, 100)}”. Use zero, mean, skip, scale or set.`,
    );
  const shape = shapeAt(name, config, length);
  if (head !== undefined) {
    if (!axesOf(name).includes('H') && !hasHeadsSideBySide(name))
      throw new InterventionError(`“${name}” has no heads: leave “head” out.`);
    checkIndex(head, config.nHeads, 'heads', name);
  }
  selectedIndices(intervention, name).forEach((index, axis) => {
    if (index !== undefined) checkIndex(index, shape[axis]!, 'entries on this axis', name);
  });
  if (change === 'skip' && !isWanted(name, SKIPPABLE))
    throw new InterventionError(`“${name}” cannot be skipped. These can be: ${SKIPPABLE.join(', ')}.`);
  if (change === 'scale' && !Number.isFinite(intervention.factor))
    throw new InterventionError(`The factor at “${name}” is ${intervention.factor}: use a finite number.`);
  if (change === 'set') checkValue(intervention, name, shape);
}

function checkIndex(index: number, length: number, of: string, name: string): void {
  if (!(Number.isInteger(index) && index >= 0 && index < length))
    throw new InterventionError(
      `There is no index ${index} at “${name}”: it has ${length} ${of}, counted from 0.`,
    );
}

function checkValue(
  intervention: Intervention & {change: 'set'},
  name: string,
  shape: readonly number[],
): void {
  const {value} = intervention;
  const indices = selectedIndices(intervention, name);
  const fits =
    value.shape.length === shape.length &&
    value.shape.every((n, axis) => n === shape[axis] || (n === 1 && indices[axis] !== undefined)) &&
    value.data.length === value.shape.reduce((product, n) => product * n, 1);
  if (!fits)
    throw new InterventionError(
      `The value for “${name}” has shape [${value.shape.join(', ')}], but the place has [${shape.join(', ')}].`,
    );
}
