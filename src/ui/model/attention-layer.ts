import type {Intervention} from '../../engine/protocol.js';
import {columns, type Matrix, rowsOf} from '../../math/attention.js';
import type {LiveModel} from '../../state/live-model.js';
import {tokenLabels} from '../../tokenizers/token-label.js';
import {nearestIndex} from '../base/chosen-index.js';

/** What one head works with: its columns of the projections, and what the model made with them. */
export interface HeadValues {
  /** [C, D] each: this head's columns of `c_attn`. */
  wq: Matrix;
  wk: Matrix;
  wv: Matrix;
  /** [D] each; absent in a model without biases. */
  bias?: {q: Float32Array; k: Float32Array; v: Float32Array};
  /** [T, D] each. */
  q: Matrix;
  k: Matrix;
  v: Matrix;
  /** [T, T]: before the mask, and after mask and softmax. */
  scores: Matrix;
  weights: Matrix;
}

/** One attention layer on a text: what goes in, what it computes with, what comes out. */
export interface AttentionLayer {
  tokens: readonly string[];
  /** Empty where weights are given without a tokenizer. */
  ids: readonly number[];
  /** Counted from 0. */
  layer: number;
  layers: number;
  /** C: the width of the stream; each of the H heads has D = C / H of it. */
  width: number;
  heads: readonly HeadValues[];
  /** [T, C]: the normalized stream that the layer reads. */
  x: Matrix;
  /** [T, C]: the heads' results side by side. */
  context: Matrix;
  /** [C, C] and [C]: `c_proj`. */
  projection: {weight: Matrix; bias: Float32Array};
  /** [T, C]: what the layer adds to the stream. */
  out: Matrix;
  /** The training step that this is from. */
  step: number;
}

/**
 * Reads one attention layer of a model: weights and intermediates on the tokens `ids` [T].
 * @param layer Counted from 0; beyond the last layer, the last.
 * @param interventions Changes to the forward pass; the intermediates are those of the changed pass.
 */
export async function readLayer(
  model: LiveModel,
  ids: readonly number[],
  layer: number,
  signal: AbortSignal,
  interventions: readonly Intervention[] = [],
): Promise<AttentionLayer> {
  const {config} = await model.ready;
  const index = nearestIndex(layer, config.nLayers);
  const of = (name: string): string => `h.${index}.${name}`;
  const names = ['attn.c_attn.weight', 'attn.c_proj.weight', 'attn.c_proj.bias'].map(of);
  if (config.qkvBias) names.push(of('attn.c_attn.bias'));
  const want = [
    'ln_1',
    'attn.q',
    'attn.k',
    'attn.v',
    'attn.scores',
    'attn.probs',
    'attn.context',
    'attn.out',
  ];
  const [trace, weights] = await Promise.all([
    model.trace({ids, want: want.map(of), options: {interventions}, signal}),
    model.weights(names),
  ]);
  const T = ids.length;
  const C = config.embDim;
  const D = C / config.nHeads;
  const rows = (name: string, width: number): Float32Array[] => rowsOf(trace[of(name)]!.data, width);
  /** The rows of one head in a trace that holds all heads, one after the other. */
  const ofHead = (name: string, width: number, h: number) => rows(name, width).slice(h * T, (h + 1) * T);
  const cAttn = rowsOf(weights.get(of('attn.c_attn.weight'))!.data, 3 * C); // [C, 3C]: q, k, v side by side
  const bias = weights.get(of('attn.c_attn.bias'))?.data; // [3C]
  const heads = Array.from({length: config.nHeads}, (_, h): HeadValues => {
    const [q, k, v] = [0, 1, 2].map((part) => part * C + h * D) as [number, number, number];
    return {
      wq: columns(cAttn, q, q + D),
      wk: columns(cAttn, k, k + D),
      wv: columns(cAttn, v, v + D),
      bias: bias && {
        q: bias.subarray(q, q + D),
        k: bias.subarray(k, k + D),
        v: bias.subarray(v, v + D),
      },
      q: ofHead('attn.q', D, h),
      k: ofHead('attn.k', D, h),
      v: ofHead('attn.v', D, h),
      scores: ofHead('attn.scores', T, h),
      weights: ofHead('attn.probs', T, h),
    };
  });
  return {
    tokens: tokenLabels(model.tokenizer!, ids),
    ids,
    layer: index,
    layers: config.nLayers,
    width: C,
    heads,
    x: rows('ln_1', C),
    context: rows('attn.context', C),
    projection: {
      weight: rowsOf(weights.get(of('attn.c_proj.weight'))!.data, C),
      bias: weights.get(of('attn.c_proj.bias'))!.data,
    },
    out: rows('attn.out', C),
    step: model.step,
  };
}
