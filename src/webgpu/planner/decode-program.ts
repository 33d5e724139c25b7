/**
 * Plans decoding: one token of one sequence in 4 L + 3 dispatches: embedding; four for each block (attention with its norm and projections,
 * c_proj, c_fc with its norm, c_proj); head; draw. (A table in several buffers takes a dispatch for each.) Keys and values of earlier tokens stay in a cache, which holds the blocks' q, k and v in the
 * layout of the forward pass, 3 L T C numbers, so that `prefillProgram` can fill it for many tokens at once.
 */
import type {GPTConfig} from '../../model/config.js';
import {decodeAttention} from '../kernels/decode/attention.js';
import {decodeEmbedding, decodeEmbeddingGroups} from '../kernels/decode/embedding.js';
import {decodeAddition, decodeFeedForward, decodeHead} from '../kernels/decode/linear.js';
import {DRAWN_WORDS, decodeSample} from '../kernels/decode/sample.js';
import {PlanError, type Program, type Region} from '../program.js';
import type {Variant} from '../variant.js';
import {sliceGroups} from '../wgsl/sliced-sum.js';
import {ModelNames} from './model-names.js';
import type {SeparateMatrices} from './separate-layout.js';
import {planObstacle} from './train-program.js';

export interface DecodeProgram extends Program {
  /** Number of dispatches, from the first, that read a token. */
  reading: number;
  /** Number of dispatches that read a token and draw the next: `reading`, head and draw. One more follows, which only advances the position. */
  drawing: number;
}

/** Most tokens that one submission draws. */
export const MOST_DRAWS = 32;

/** Returns the name of a block's cache of q, k and v, [T, 3C]. */
export const cacheName = (layer: number): string => `h.${layer}.qkv`;

/** Scores that fit into a workgroup's shared memory on every device, besides what else the kernel needs. */
const MOST_SCORES = 3500;

/** Size of a cache, padded to a multiple of 4 rows as in the forward pass. */
const cacheWords = ({contextLength, embDim}: GPTConfig): number =>
  4 * Math.ceil(contextLength / 4) * 3 * embDim;

/** Returns why a model cannot write on planned kernels; undefined where it can. */
export const writingObstacle = (config: GPTConfig): string | undefined =>
  planObstacle(config) ??
  (config.contextLength > MOST_SCORES ? `its context is longer than ${MOST_SCORES} tokens` : undefined);

/**
 * Returns the dispatches that read a token and draw the next.
 * @param separate how matrices in buffers of their own are held. Default: all weights are in one arena
 * @param pieceBytes of the largest buffer of the arena: a larger one is cut. Default: no limit
 * @throws {PlanError} on a configuration that cannot be planned
 */
export function decodeProgram(
  config: GPTConfig,
  variant: Variant,
  separate?: SeparateMatrices,
  pieceBytes?: number,
): DecodeProgram {
  const obstacle = writingObstacle(config);
  if (obstacle) throw new PlanError(`This model cannot write on planned kernels: ${obstacle}.`);

  const names = new ModelNames(config, separate, pieceBytes);
  const {builder, held, width, width4, heads, vocabulary} = names;
  const {contextLength} = config;
  const {slices} = variant;
  const state = builder.buffer('state', 2);
  const positions = contextLength + MOST_DRAWS;
  const tokens = builder.buffer('tokens', positions);
  const x = builder.buffer('x', width);
  const context = builder.buffer('context', width);
  const hidden = builder.buffer('hidden', 4 * width);
  const logits = builder.buffer('logits', vocabulary);

  const addition = (name: string, a: Region, inner: number) =>
    builder.dispatch({
      label: name,
      kernel: decodeAddition(slices, held),
      buffers: {a, weight: names.weight(`${name}.weight`), bias: names.weight(`${name}.bias`), x},
      sizes: {inner4: inner / 4, columns4: width4},
      groups: sliceGroups(slices, width4),
    });

  for (const {region, first, tokens: rows} of names.tableParts('wte.weight'))
    builder.dispatch({
      label: 'embedding',
      kernel: decodeEmbedding(held),
      buffers: {state, tokens, wte: region, wpe: names.weight('wpe.weight'), x},
      sizes: {width4, firstToken: first, tokens: rows},
      groups: decodeEmbeddingGroups(width),
    });
  for (let n = 0; n < names.layers; n++) {
    const h = `h.${n}`;
    const ln1 = names.norm(`${h}.ln_1`);
    builder.dispatch({
      label: `${h}.attn`,
      kernel: decodeAttention({headSize: width / heads, contextLength, threads: variant.headThreads, held}),
      buffers: {
        state,
        x,
        norm: ln1.region,
        weight: names.weight(`${h}.attn.c_attn.weight`),
        bias: names.bias(`${h}.attn.c_attn.bias`),
        cache: builder.buffer(cacheName(n), cacheWords(config)),
        out: context,
      },
      sizes: {width4, betaOffset4: ln1.betaOffset4},
      groups: [heads, 1, 1],
    });
    addition(`${h}.attn.c_proj`, context, width);
    const ln2 = names.norm(`${h}.ln_2`);
    builder.dispatch({
      label: `${h}.mlp.c_fc`,
      kernel: decodeFeedForward(slices, held),
      buffers: {
        x,
        norm: ln2.region,
        weight: names.weight(`${h}.mlp.c_fc.weight`),
        bias: names.weight(`${h}.mlp.c_fc.bias`),
        hidden,
      },
      sizes: {width4, betaOffset4: ln2.betaOffset4, columns4: 4 * width4},
      groups: sliceGroups(slices, 4 * width4),
    });
    addition(`${h}.mlp.c_proj`, hidden, 4 * width);
  }
  const reading = builder.count;
  const lnF = names.norm('ln_f');
  const head = names.tableParts(names.headMatrix);
  for (const {region, first, tokens: rows} of head)
    builder.dispatch({
      label: 'head',
      kernel: decodeHead(slices, held),
      buffers: {x, norm: lnF.region, weight: region, logits: {...logits, offset: first, length: rows}},
      sizes: {width4, betaOffset4: lnF.betaOffset4, vocabulary: rows},
      groups: sliceGroups(slices, rows),
    });
  const drawn = builder.buffer('drawn', positions * DRAWN_WORDS);
  const kernel = decodeSample({team: variant.team});
  for (const draws of [1, 0])
    builder.dispatch({
      label: draws ? 'draw' : 'advance',
      kernel,
      buffers: {logits, state, tokens, drawn},
      sizes: {vocabulary, draws},
      groups: [1, 1, 1],
    });
  return {...builder.build(), reading, drawing: reading + head.length + 1};
}
