/**
 * The forward pass: embedding (with the first norm), then a block's five: c_attn, attention, c_proj (+ residual and ln_2), c_fc (+ GELU),
 * c_proj (+ residual and the next block's ln_1); at last the head.
 */
import {DROPOUT_SITE} from '../../math/dropout-mask.js';
import {attentionForward, attentionForwardGroups} from '../kernels/attention-forward.js';
import {embeddingForward} from '../kernels/embedding-forward.js';
import {headForward, headForwardSizes, headTile} from '../kernels/head.js';
import {layerNormForward} from '../kernels/layer-norm-forward.js';
import {
  linearForward,
  linearForwardGroups,
  linearResidual,
  linearResidualNorm,
  linearResidualNormGroups,
} from '../kernels/linear-forward.js';
import type {Region} from '../program.js';
import {spreadFor} from '../wgsl/head-spread.js';
import {rowGroups} from '../wgsl/row-team.js';
import {storedWords} from '../wgsl/stored.js';
import {planAdapter} from './lora.js';
import type {TrainNames} from './train-names.js';

export function planForward(names: TrainNames): void {
  planBlocks(names);
  planHead(names);
}

// #region planned-forward
/** All but the head: the embedding, the blocks, and the last norm. Every line that plans makes a dispatch or two. */
export function planBlocks(names: TrainNames): void {
  const {width} = names;
  planEmbedding(names);
  for (let n = 0; n < names.layers; n++) {
    const h = `h.${n}`;
    planLinear(names, n, 'attn.c_attn', `${h}.ln_1`, `${h}.qkv`, 3 * width);
    planAttention(names, n);
    const context = names.saved(`${h}.context`, width);
    planAddition(names, n, 'attn.c_proj', context, width, DROPOUT_SITE.attentionOut(n));
    planLinear(names, n, 'mlp.c_fc', `${h}.ln_2`, `${h}.hidden`, 4 * width, `${h}.slope`);
    const hidden = names.saved(`${h}.hidden`, 4 * width);
    planAddition(names, n, 'mlp.c_proj', hidden, 4 * width, DROPOUT_SITE.feedForwardOut(n));
  }
}

// #endregion

/** What a norm writes, by its place in the stream. */
function normalized(names: TrainNames, s: number) {
  const name = names.norms[s]!;
  const {region, betaOffset4} = names.norm(name);
  return {
    buffers: {norm: region, h: names.saved(name, names.width), stats: names.stats(name)},
    betaOffset4,
  };
}

function planEmbedding(names: TrainNames): void {
  const {builder, rows, length, width, width4, spec} = names;
  const {team, stored} = spec.variant;
  const {held} = names;
  const {buffers, betaOffset4} = normalized(names, 0);
  for (const {region, first, tokens} of names.tableParts('wte.weight'))
    builder.dispatch({
      label: 'embedding',
      kernel: embeddingForward({team, stored, held, dropout: spec.dropout}),
      buffers: {
        ids: names.batch.ids,
        wte: region,
        wpe: {...names.weight('wpe.weight'), length: storedWords(held, length * width)},
        x: names.stream(0),
        ...buffers,
      },
      sizes: {rows, length, width4, betaOffset4, site: DROPOUT_SITE.embed(), firstToken: first, tokens},
      groups: [rowGroups(team, rows), 1, 1],
    });
}

/** A linear layer, with GELU where `slope` names what is kept of it for backward. */
function planLinear(
  names: TrainNames,
  n: number,
  part: 'attn.c_attn' | 'mlp.c_fc',
  input: string,
  output: string,
  columns: number,
  slope?: string,
) {
  const {builder, rows, width, width4, spec} = names;
  const {tile, stored} = spec.variant;
  const layer = `h.${n}.${part}`;
  const a = names.saved(input, width);
  const adapter = planAdapter(names, n, part, a, width);
  builder.dispatch({
    label: layer,
    kernel: linearForward({tile, stored, gelu: slope !== undefined, lora: adapter !== undefined}),
    buffers: {
      a,
      weight: names.weight(`${layer}.weight`),
      bias: names.bias(`${layer}.bias`),
      y: names.saved(output, columns),
      ...(slope ? {slope: names.saved(slope, columns)} : {}),
      ...adapter?.buffers,
    },
    sizes: {rows, inner4: width4, columns4: columns / 4, ...adapter?.sizes},
    groups: linearForwardGroups(tile, rows, columns),
  });
}

/** Wider heads get one query a thread: with two, kernels compile for seconds longer (heads of 128: four), to be quicker by 3 in 100. */
const WIDEST_SHARED_HEAD = 64;

/** Attention's shape, the same forward and back. */
export function attentionShape(names: TrainNames, n: number) {
  const {length, width, width4, heads, batchSize, spec} = names;
  const headSize = width / heads;
  const {heads: spread, queries, stored} = spec.variant;
  return {
    options: {
      headSize,
      spread: spreadFor(headSize, spread),
      queries: headSize > WIDEST_SHARED_HEAD ? 1 : queries,
      dropout: spec.dropout,
      stored,
    },
    sizes: {length, width4, heads, batch: batchSize, site: DROPOUT_SITE.attention(n)},
  };
}

function planAttention(names: TrainNames, n: number): void {
  const {builder, length, width, heads, batchSize} = names;
  const {options, sizes} = attentionShape(names, n);
  builder.dispatch({
    label: `h.${n}.attn`,
    kernel: attentionForward(options),
    buffers: {
      qkv: names.saved(`h.${n}.qkv`, 3 * width),
      out: names.saved(`h.${n}.context`, width),
      lse: names.matrix(`h.${n}.lse`, heads),
    },
    sizes,
    groups: attentionForwardGroups({length, heads, batch: batchSize}, options),
  });
}

/**
 * A layer that adds to the stream, and the norm that reads it next: in one dispatch where the variant fuses them. (Not with an adapter:
 * a kernel cannot see that many buffers.)
 */
function planAddition(
  names: TrainNames,
  n: number,
  part: 'attn.c_proj' | 'mlp.c_proj',
  input: Region,
  inner: number,
  site: number,
) {
  const {builder, rows, width, width4, spec} = names;
  const {tile, stored, team, fuseNormUpTo} = spec.variant;
  const {dropout} = spec;
  const layer = `h.${n}.${part}`;
  const s = 2 * n + (part === 'attn.c_proj' ? 1 : 2);
  const adapter = planAdapter(names, n, part, input, inner);
  const {buffers: norm, betaOffset4} = normalized(names, s);
  const addition = {
    a: input,
    weight: names.weight(`${layer}.weight`),
    bias: names.weight(`${layer}.bias`),
    residual: names.stream(s - 1),
    x: names.stream(s),
  };
  if (width <= fuseNormUpTo && !adapter) {
    builder.dispatch({
      label: `${layer}, ${names.norms[s]}`,
      kernel: linearResidualNorm({tile, stored, dropout}),
      buffers: {...addition, ...norm},
      sizes: {rows, inner4: inner / 4, width4, betaOffset4, site},
      groups: linearResidualNormGroups(tile, rows),
    });
    return;
  }
  builder.dispatch({
    label: layer,
    kernel: linearResidual({tile, stored, dropout, lora: adapter !== undefined}),
    buffers: {...addition, ...adapter?.buffers},
    sizes: {rows, inner4: inner / 4, width4, site, ...adapter?.sizes},
    groups: linearForwardGroups(tile, rows, width),
  });
  builder.dispatch({
    label: names.norms[s]!,
    kernel: layerNormForward({team, stored}),
    buffers: {x: names.stream(s), ...norm},
    sizes: {rows, width4, betaOffset4},
    groups: [rowGroups(team, rows), 1, 1],
  });
}

function planHead(names: TrainNames): void {
  const {builder, rows, width, outputs, spec} = names;
  const {stored} = spec.variant;
  const tile = headTile(spec.variant.tile, outputs);
  for (const {weight, logits, tokens} of names.headParts())
    builder.dispatch({
      label: 'head',
      kernel: headForward({tile, stored}),
      buffers: {h: names.saved('ln_f', width), weight, logits},
      ...headForwardSizes(tile, {rows, width, vocabulary: tokens}),
    });
}
