/**
 * Where every number that a GPT learns lives: a list of named slots in one flat array, the arena.
 * Names, shapes and order follow GPT-2 as Hugging Face writes it (without the `transformer.` prefix), including its
 * Conv1D layout: a projection's weight is [in, out]. No tfjs here.
 */
import {shorten, show} from '../math/shorten.js';
import type {GPTConfig} from './config.js';
import {type NamedTensor, sizeOf} from './named-tensor.js';

export interface Slot {
  /** e.g. `h.0.attn.c_attn.weight`. */
  name: string;
  shape: number[];
  /** Entries: the product of the shape. */
  size: number;
  /** Index of its first entry in the arena, a multiple of `SLOT_ALIGNMENT`. */
  offset: number;
  /** Whether weight decay pulls at it: matrices (embeddings too), as in nanoGPT; not biases and norms. */
  decay: boolean;
}

/** All slots of a model, and the arena's length in floats (padding included). */
export interface ParameterLayout {
  slots: Slot[];
  length: number;
}

/** Slots start at multiples of 64 floats: 256 bytes, the offset at which WebGPU lets a buffer be bound. */
export const SLOT_ALIGNMENT = 64;

/** A parameter's name and shape. */
export type NamedShape = [name: string, shape: number[]];

/** Names and shapes in GPT-2's order. C: embDim, V: vocabSize, T: contextLength. */
export function parameterShapes(config: GPTConfig): NamedShape[] {
  const {vocabSize: V, contextLength: T, embDim: C, nLayers, qkvBias, tieWeights} = config;
  const list: NamedShape[] = [
    ['wte.weight', [V, C]],
    ['wpe.weight', [T, C]],
  ];
  for (let n = 0; n < nLayers; n++) {
    const block: NamedShape[] = [
      ['ln_1.weight', [C]],
      ['ln_1.bias', [C]],
      ['attn.c_attn.weight', [C, 3 * C]],
      ...(qkvBias ? [['attn.c_attn.bias', [3 * C]] satisfies NamedShape] : []),
      ['attn.c_proj.weight', [C, C]],
      ['attn.c_proj.bias', [C]],
      ['ln_2.weight', [C]],
      ['ln_2.bias', [C]],
      ['mlp.c_fc.weight', [C, 4 * C]],
      ['mlp.c_fc.bias', [4 * C]],
      ['mlp.c_proj.weight', [4 * C, C]],
      ['mlp.c_proj.bias', [C]],
    ];
    for (const [name, shape] of block) list.push([`h.${n}.${name}`, shape]);
  }
  list.push(['ln_f.weight', [C]], ['ln_f.bias', [C]]);
  if (!tieWeights) list.push(['lm_head.weight', [V, C]]);
  return list;
}

/** Lays every parameter of a model out in one arena. */
export function parameterLayout(config: GPTConfig): ParameterLayout {
  return layOut(parameterShapes(config));
}

/** Gives each of these parameters its place in one arena. */
export function layOut(shapes: readonly NamedShape[]): ParameterLayout {
  let length = 0;
  const slots = shapes.map(([name, shape]): Slot => {
    const size = sizeOf(shape);
    const slot = {name, shape, size, offset: length, decay: shape.length >= 2};
    length += Math.ceil(size / SLOT_ALIGNMENT) * SLOT_ALIGNMENT;
    return slot;
  });
  return {slots, length};
}

/** Lays out the biases and norms alone, packed. A norm's γ and β are neighbors. */
export function vectorLayout(slots: readonly Slot[]): ParameterLayout {
  return layOut(slots.filter(({shape}) => shape.length === 1).map(({name, shape}) => [name, shape]));
}

/** How many numbers the model learns. Weights that are tied count once. */
export function countParameters(config: GPTConfig): number {
  return parameterShapes(config).reduce((sum, [, shape]) => sum + sizeOf(shape), 0);
}

/** Copies the named slots (default: all) out of an arena. */
export function readArena(
  layout: ParameterLayout,
  arena: Float32Array,
  names?: readonly string[],
): Map<string, NamedTensor> {
  const wanted = layout.slots.filter((slot) => !names || names.includes(slot.name));
  return new Map(
    wanted.map(({name, shape, offset, size}) => [
      name,
      {shape: [...shape], data: arena.slice(offset, offset + size)},
    ]),
  );
}

/** Weights that do not belong to this model. */
export class WeightsError extends Error {
  override name = 'WeightsError';
}

/**
 * Writes named tensors into their slots of an arena; slots not named keep their values.
 * @throws {WeightsError} on a name that the model lacks or a shape that differs; the arena is then untouched.
 */
export function writeArena(
  layout: ParameterLayout,
  arena: Float32Array,
  weights: Iterable<[string, NamedTensor]>,
): void {
  const entries = [...weights].map(([name, tensor]) => {
    const slot = layout.slots.find((candidate) => candidate.name === name);
    if (!slot)
      throw new WeightsError(
        `This model has no weight called “${shorten(name)}”. Its names look like “${layout.slots[0]!.name}”.`,
      );
    if (slot.shape.join() !== tensor.shape.join() || tensor.data.length !== slot.size)
      throw new WeightsError(
        `The weight “${shorten(name)}” must have the shape [${slot.shape}], not ${show(tensor.shape)} with ${tensor.data.length} numbers: ` +
          `it comes from a model of another size.`,
      );
    return {slot, tensor};
  });
  for (const {slot, tensor} of entries) arena.set(tensor.data, slot.offset);
}
