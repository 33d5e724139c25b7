/**
 * A LoRA adapter's dispatches (see model/lora.ts): one before its layer's forward dispatch, and two after its backward one. With s = α / r:
 *   forward:  u = x A [N, r];  the layer then adds s · u B to x W + b
 *   backward: dU = s · dY Bᵀ,  dB = s · uᵀ dY;  then  dX += dU Aᵀ,  dA = xᵀ dU
 * r is here the rank that kernels see, a multiple of 4 (see padded-adapters.ts); in s it is the one that was asked for.
 */
import {type LoraLayer, loraA, loraB, loraScale} from '../../model/lora.js';
import {linearBackward, linearBackwardSizes} from '../kernels/linear-backward.js';
import {linearForward, linearForwardGroups} from '../kernels/linear-forward.js';
import type {Region} from '../program.js';
import {floatBits} from '../wgsl/low-rank.js';
import {paddedRank} from './padded-layout.js';
import type {TrainNames} from './train-names.js';

/** u of a layer, [N, r] */
const lowOf = (names: TrainNames, layer: string, rank: number) => names.saved(`${layer}.low`, rank);

/**
 * Plans u = x A where the layer has an adapter.
 * @returns what the layer's own dispatch needs of it; undefined where there is none
 */
export function planAdapter(names: TrainNames, n: number, part: LoraLayer, x: Region, inner: number) {
  const {lora, variant} = names.spec;
  if (!lora || !names.isAdapted(part)) return undefined;
  const rank = paddedRank(lora.rank);
  const layer = `h.${n}.${part}`;
  const low = lowOf(names, layer, rank);
  names.builder.dispatch({
    label: `${layer}.lora_A`,
    kernel: linearForward({...variant, gelu: false}),
    buffers: {
      a: x,
      weight: names.weight(loraA(layer)),
      bias: names.bias(`${layer}.lora_A.bias`),
      y: low,
    },
    sizes: {rows: names.rows, inner4: inner / 4, columns4: rank / 4},
    groups: linearForwardGroups(variant.tile, names.rows, rank),
  });
  return {
    buffers: {low, up: names.weight(loraB(layer))},
    sizes: {rank4: rank / 4, scale: floatBits(loraScale(lora))},
  };
}

/**
 * Plans an adapter's way back.
 * @param slope of GELU, where x comes out of it: dX is then the gradient of what went in
 * @param needs whether dX is needed, and whether the layer itself has written its part there already
 */
export function planAdapterBackward(
  names: TrainNames,
  layer: string,
  [inner, columns]: [number, number],
  {x, dy, dx, slope}: {x: Region; dy: Region; dx: Region; slope?: Region},
  needs: {input: boolean; adds: boolean},
): void {
  const {builder, rows, spec} = names;
  const rank = paddedRank(spec.lora!.rank);
  const {tile, stored} = spec.variant;
  const dlow = names.matrix('d low', rank);
  const kernel = linearBackward({tile, stored, lora: true});
  const weights = (name: string, outputs: number) => ({
    weight: names.weight(name),
    dweight: names.gradient(name, names.seenSize(name)),
    dbias: names.gradient(`${name}.bias`, outputs),
  });

  const up = linearBackwardSizes(tile, {rows, inner: rank, columns});
  const low = lowOf(names, layer, rank);
  builder.dispatch({
    label: `${layer}.lora_B backward`,
    kernel,
    buffers: {a: low, dy, slope: low, da: dlow, ...weights(loraB(layer), columns)},
    sizes: {...up.sizes, gelu: 0, adds: 0, scale: floatBits(loraScale(spec.lora!))},
    groups: up.groups,
  });
  const down = linearBackwardSizes(tile, {rows, inner, columns: rank}, {input: needs.input, weight: true});
  builder.dispatch({
    label: `${layer}.lora_A backward`,
    kernel,
    buffers: {a: x, dy: dlow, slope: slope ?? x, da: dx, ...weights(loraA(layer), rank)},
    sizes: {...down.sizes, gelu: slope ? 1 : 0, adds: needs.adds ? 1 : 0, scale: floatBits(1)},
    groups: down.groups,
  });
}
