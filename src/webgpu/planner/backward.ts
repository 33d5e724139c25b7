/**
 * Loss and backward pass: cross-entropy, the head, ln_f, then a block's seven from its last layer to its first, and the embeddings.
 *
 * It goes down only as far as something is trained, and leaves out what nobody needs: the weight gradients of frozen layers, and the
 * input gradient of the lowest trained one.
 */
import {DROPOUT_SITE} from '../../math/dropout-mask.js';
import {partName} from '../../model/arena-parts.js';
import {loraA} from '../../model/lora.js';
import {attentionBackward, attentionBackwardGroups} from '../kernels/attention-backward.js';
import {crossEntropy} from '../kernels/cross-entropy.js';
import {crossEntropyGradient, softmaxSums} from '../kernels/cross-entropy-parts.js';
import {embeddingBackward, embeddingBackwardGroups, NOWHERE} from '../kernels/embedding-backward.js';
import {headBackward, headBackwardSizes, headTile, logitsStride} from '../kernels/head.js';
import {layerNormBackward, layerNormBackwardGroups, normChunks} from '../kernels/layer-norm-backward.js';
import {linearBackward, linearBackwardSizes} from '../kernels/linear-backward.js';
import {align, type Region} from '../program.js';
import {rowGroups} from '../wgsl/row-team.js';
import {attentionShape} from './forward.js';
import {planAdapterBackward} from './lora.js';
import type {HeadPart, TrainNames} from './train-names.js';

/** @returns the index of the dispatch after those that give each place's loss */
export function planBackward(names: TrainNames): number {
  const backward = new Backward(names);
  backward.crossEntropy();
  const afterLoss = names.builder.count;
  backward.head();
  backward.norm(2 * names.layers, DROPOUT_SITE.feedForwardOut(names.layers - 1));
  for (let n = names.layers - 1; n >= 0; n--) backward.block(n);
  backward.embeddings();
  return afterLoss;
}

/** Losses of the batch's places. [N] */
export const lossesOf = (names: TrainNames): Region => names.builder.buffer('losses', names.rows);

const EMBEDDINGS = 'embeddings';

class Backward {
  // Gradients of activations, the same buffers for all blocks
  readonly #dh: Region; // of what a norm or attention gave, [N, C]
  readonly #dx: Region; // of the residual stream, all the way down, [N, C]
  readonly #dropped: Region; // of what was added to the stream: dx where nothing is dropped
  readonly #partials: Region; // the norms' partial sums
  readonly #chunks: number;
  readonly #normStride: number;
  readonly #head: readonly HeadPart[];
  readonly #order: string[];
  readonly #lowest: number;

  readonly #names: TrainNames;

  constructor(names: TrainNames) {
    this.#names = names;

    const {builder, rows, width, layers, norms, spec} = names;
    this.#dh = names.matrix('d narrow', width);
    this.#dx = names.matrix('d stream', width);
    this.#dropped = spec.dropout ? names.matrix('d stream, dropped', width) : this.#dx;
    this.#chunks = normChunks(rows);
    this.#normStride = align(this.#chunks * 2 * width);
    this.#partials = builder.buffer('norm partials', norms.length * this.#normStride);

    this.#head = names.headParts();

    // Who owns parameters, in the order of the backward pass; the gradient need not go below the last that learns.
    const blocks = Array.from({length: layers}, (_, i) =>
      ['mlp.c_proj', 'mlp.c_fc', 'ln_2', 'attn.c_proj', 'attn.c_attn', 'ln_1'].map(
        (part) => `h.${layers - 1 - i}.${part}`,
      ),
    );
    this.#order = ['head', 'ln_f', ...blocks.flat(), EMBEDDINGS];
    this.#lowest = this.#order.findLastIndex((owner) => this.#learns(owner));
  }

  crossEntropy(): void {
    const names = this.#names;
    const {builder, rows, outputs: vocabulary, batch, spec} = names;
    const {team} = spec.variant;
    const {labels} = batch;
    const losses = lossesOf(names);
    const groups: [number, number, number] = [rowGroups(team, rows), 1, 1];
    const [first, ...others] = this.#head;
    if (others.length === 0) {
      builder.dispatch({
        label: 'cross-entropy',
        kernel: crossEntropy({team}),
        buffers: {labels, logits: first!.logits, losses},
        sizes: {rows, vocabulary, stride: logitsStride(vocabulary)},
        groups,
      });
      return;
    }
    const sums = builder.buffer('softmax sums', 4 * rows);
    const sizesOf = ({first: firstToken, tokens}: HeadPart) => ({
      ...{rows, firstToken, tokens},
      stride: logitsStride(tokens),
    });
    for (const part of this.#head)
      builder.dispatch({
        label: 'softmax',
        kernel: softmaxSums({team}),
        buffers: {labels, logits: part.logits, sums},
        sizes: sizesOf(part),
        groups,
      });
    for (const part of this.#head)
      builder.dispatch({
        label: 'cross-entropy',
        kernel: crossEntropyGradient({team}),
        buffers: {labels, sums, logits: part.logits, losses},
        sizes: sizesOf(part),
        groups,
      });
  }

  head(): void {
    const names = this.#names;
    const {builder, rows, width, outputs, headMatrix, spec} = names;
    const {stored} = spec.variant;
    const tile = headTile(spec.variant.tile, outputs);
    const needs = {input: this.#passesOn('head'), weight: names.isTrainable(headMatrix)};
    for (const {weight, logits, gradient, first, tokens} of this.#head) {
      const {sizes, groups} = headBackwardSizes(tile, {rows, width, vocabulary: tokens}, needs);
      builder.dispatch({
        label: 'head backward',
        kernel: headBackward({tile, stored}),
        buffers: {
          h: names.saved('ln_f', width),
          dlogits: logits,
          weight,
          dh: this.#dh,
          dweight: gradient,
        },
        sizes: {...sizes, adds: first > 0 ? 1 : 0},
        groups,
      });
    }
  }

  /** Back through norm s, which reads stream s; below it lies what was added to that stream, with dropout of its own. */
  norm(s: number, site: number): void {
    const names = this.#names;
    const {builder, rows, width, width4, spec} = names;
    const {team} = spec.variant;
    const name = names.norms[s]!;
    if (!this.#reaches(name)) return;
    builder.dispatch({
      label: `${name} backward`,
      kernel: layerNormBackward({team, dropout: spec.dropout}),
      buffers: {
        x: names.stream(s),
        stats: names.stats(name),
        gamma: names.weight(`${name}.weight`),
        dh: this.#dh,
        dx: this.#dx,
        partials: {...this.#partials, offset: s * this.#normStride, length: this.#chunks * 2 * width},
        ...(spec.dropout ? {dropped: this.#dropped} : {}),
      },
      sizes: {rows, width4, adds: s === 2 * names.layers ? 0 : 1, site},
      groups: layerNormBackwardGroups(team, rows, width, this.#learns(name)),
    });
  }

  block(n: number): void {
    const names = this.#names;
    const dh = this.#dh;
    const dropped = this.#dropped;
    const {width} = names;
    const h = `h.${n}`;
    const wide = 4 * width;
    const dpre = names.matrix('d pre', wide);
    const slope = names.saved(`${h}.slope`, wide);
    this.#linear(`${h}.mlp.c_proj`, [wide, width], {
      a: names.saved(`${h}.hidden`, wide),
      dy: dropped,
      da: dpre,
      slope,
    });
    this.#linear(`${h}.mlp.c_fc`, [width, wide], {a: names.saved(`${h}.ln_2`, width), dy: dpre, da: dh});
    this.norm(2 * n + 1, DROPOUT_SITE.attentionOut(n));
    this.#linear(`${h}.attn.c_proj`, [width, width], {
      a: names.saved(`${h}.context`, width),
      dy: dropped,
      da: dh,
    });
    const dqkv = names.matrix('d qkv', 3 * width);
    this.#attention(n, dqkv);
    this.#linear(`${h}.attn.c_attn`, [width, 3 * width], {
      a: names.saved(`${h}.ln_1`, width),
      dy: dqkv,
      da: dh,
    });
    this.norm(2 * n, n > 0 ? DROPOUT_SITE.feedForwardOut(n - 1) : DROPOUT_SITE.embed());
  }

  embeddings(): void {
    for (const part of this.#names.learningParts.keys()) this.#embeddings(part);
  }

  /** Gradients of embeddings and norms that lie in a part of the gradient. */
  #embeddings(part: number): void {
    const names = this.#names;
    const chunks = this.#chunks;
    const {builder, batch, width, width4, length, norms, batchSize} = names;
    const pieceOf = (name: string) => names.gradientPieces(name).find((piece) => piece.part === part);
    const [wte, wpe] = [pieceOf('wte.weight'), pieceOf('wpe.weight')];
    const anyNorm = norms.some((name) => pieceOf(`${name}.weight`) || pieceOf(`${name}.bias`));
    const {segmentGroups, positionGroups, groups} = embeddingBackwardGroups({
      most: wte ? batch.segmentIds.length : 0,
      width,
      length: wpe ? length : 0,
      norms: anyNorm ? norms.length : 0,
    });
    if (groups[0] === 0) return;
    const normOffset4 = (name: string) => {
      const piece = pieceOf(name);
      return piece ? piece.offset / 4 : NOWHERE;
    };
    const normOffsets = norms.flatMap((name) => [normOffset4(`${name}.weight`), normOffset4(`${name}.bias`)]);
    builder.dispatch({
      label: 'embedding backward',
      kernel: embeddingBackward,
      buffers: {
        places: {buffer: 'batch', offset: 0, length: batch.starts.offset + batch.starts.length},
        dx: this.#dropped,
        partials: this.#partials,
        normOffsets: builder.constant(partName('norm offsets', part), Uint32Array.from(normOffsets)),
        gradient: names.gradients(part),
      },
      sizes: {
        width4,
        length,
        batch: batchSize,
        wteOffset4: (wte?.offset ?? 0) / 4,
        firstToken: (wte?.from ?? 0) / width,
        tokens: (wte?.count ?? 0) / width,
        wpeOffset4: (wpe?.offset ?? 0) / 4,
        segmentGroups,
        positionGroups,
        norms: norms.length,
        chunks,
        normStride4: this.#normStride / 4,
        orderOffset: batch.order.offset,
        idsOffset: batch.segmentIds.offset,
        startsOffset: batch.starts.offset,
      },
      groups,
    });
  }

  #linear(
    layer: string,
    [inner, columns]: [number, number],
    buffers: {a: Region; dy: Region; da: Region; slope?: Region},
  ): void {
    if (!this.#reaches(layer)) return;
    const names = this.#names;
    const {tile, stored} = names.spec.variant;
    const [weight, bias] = [`${layer}.weight`, `${layer}.bias`];
    const input = this.#passesOn(layer);
    const needs = {input, weight: names.isTrainable(weight) || names.isTrainable(bias)};
    const {sizes, groups} = linearBackwardSizes(tile, {rows: names.rows, inner, columns}, needs);
    if (needs.input || needs.weight)
      names.builder.dispatch({
        label: `${layer} backward`,
        kernel: linearBackward({tile, stored}),
        buffers: {
          ...buffers,
          slope: buffers.slope ?? buffers.a,
          weight: names.weight(weight),
          dweight: names.gradient(weight, needs.weight ? inner * columns : undefined),
          dbias: names.gradient(bias, columns),
        },
        sizes: {...sizes, gelu: buffers.slope ? 1 : 0},
        groups,
      });
    if (names.has(loraA(layer))) {
      const {a: x, dy, da: dx, slope} = buffers;
      planAdapterBackward(names, layer, [inner, columns], {x, dy, dx, slope}, {input, adds: input});
    }
  }

  #attention(n: number, dqkv: Region): void {
    if (!this.#reaches(`h.${n}.attn.c_attn`)) return;
    const names = this.#names;
    const {builder, length, width, heads, batchSize} = names;
    const {options, sizes} = attentionShape(names, n);
    builder.dispatch({
      label: `h.${n}.attn backward`,
      kernel: attentionBackward(options),
      buffers: {
        qkv: names.saved(`h.${n}.qkv`, 3 * width),
        out: names.saved(`h.${n}.context`, width),
        lse: names.matrix(`h.${n}.lse`, heads),
        dout: this.#dh,
        dqkv,
      },
      sizes,
      groups: attentionBackwardGroups({length, heads, batch: batchSize}, options),
    });
  }

  /** Whether one of the owner's parameters is trained. */
  #learns(owner: string): boolean {
    const names = this.#names;
    const owns = (name: string) => {
      if (owner === 'head') return name === names.headMatrix;
      if (owner === EMBEDDINGS) return name === 'wte.weight' || name === 'wpe.weight';
      return name.startsWith(`${owner}.`);
    };
    return names.learning.slots.some(({name}) => owns(name));
  }

  /** Whether the gradient of what the owner gave is needed. */
  #reaches(owner: string): boolean {
    return this.#order.indexOf(owner) <= this.#lowest;
  }

  /** Whether the gradient of what the owner was given is needed. */
  #passesOn(owner: string): boolean {
    return this.#order.indexOf(owner) < this.#lowest;
  }
}
