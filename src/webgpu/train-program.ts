/**
 * The planner of a training step: from a configuration and a batch's shape to a static list of 8 + 12 L dispatches.
 *
 * Forward, a block: c_attn, attention, c_proj (+ residual, ln_2), c_fc (+ GELU), c_proj (+ residual, the next block's ln_1).
 * Backward, a block: the five again, each dW and dX in one dispatch, and its two layer norms. Around the blocks: embedding, head and
 * cross-entropy, the head's backward and ln_f's, embedding's backward, gradient norm, AdamW.
 *
 * What forward saves for backward, in numbers a token: 16 C a block and a little (h, qkv, context, stream twice, h again, pre, hidden:
 * 1 + 3 + 1 + 2 + 1 + 4 + 4), and the logits. Gradients of activations reuse four buffers for all blocks.
 */
import type {GPTConfig} from '../model/config.js';
import {DROPOUT_SITE} from '../model/dropout.js';
import {type ParameterLayout, parameterLayout, type Slot} from '../model/parameters.js';
import {adamW, adamWGroups} from './kernels/adamw.js';
import {attentionBackward, attentionBackwardGroups} from './kernels/attention-backward.js';
import {attentionForward, attentionForwardGroups} from './kernels/attention-forward.js';
import {crossEntropy} from './kernels/cross-entropy.js';
import {embeddingBackward, embeddingBackwardGroups} from './kernels/embedding-backward.js';
import {embeddingForward} from './kernels/embedding-forward.js';
import {gradientNorm, normGroups} from './kernels/gradient-norm.js';
import {
  headBackward,
  headBackwardSizes,
  headForward,
  headForwardSizes,
  logitsStride,
} from './kernels/head.js';
import {layerNormBackward, layerNormBackwardGroups, normChunks} from './kernels/layer-norm-backward.js';
import {linearBackward, linearBackwardSizes} from './kernels/linear-backward.js';
import {
  linearForward,
  linearForwardGroups,
  linearResidual,
  linearResidualGroups,
} from './kernels/linear-forward.js';
import {align, PlanError, type Program, ProgramBuilder, type Region} from './program.js';
import {REPORT} from './report.js';
import {parameterFlags} from './wgsl/parameter-flags.js';
import {type RowTeam, rowGroups} from './wgsl/row-team.js';

export interface TrainProgramSpec {
  config: GPTConfig;
  /** B */
  batchSize: number;
  /** T: tokens a sequence; at most the context length, which is the default. */
  length?: number;
  /** Whether values are dropped at all; how many is a value of each step. */
  dropout: boolean;
  team: RowTeam;
}

/** Where the parts of a batch stand in the buffer `batch`, in words. */
export interface BatchRegions {
  ids: Region;
  labels: Region;
  order: Region;
  segmentIds: Region;
  starts: Region;
}

export interface TrainProgram extends Program {
  layout: ParameterLayout;
  batch: BatchRegions;
  /** Index of the first dispatch of the update: those before it compute the gradient. */
  update: number;
}

/** Why a configuration cannot be planned; undefined where it can. */
export function planObstacle(config: GPTConfig): string | undefined {
  const headSize = config.embDim / config.nHeads;
  if (headSize % 4 !== 0)
    return `its heads are ${headSize} wide, and the planned kernels read four numbers at a time: make embDim / nHeads a multiple of 4`;
  if (headSize > 128)
    return `its heads are ${headSize} wide, and the planned attention holds at most 128 in registers`;
  return undefined;
}

/** @throws {PlanError} on a configuration that cannot be planned */
export function trainProgram(spec: TrainProgramSpec): TrainProgram {
  const {config, batchSize, dropout, team} = spec;
  const obstacle = planObstacle(config);
  if (obstacle) throw new PlanError(`This model cannot run on planned kernels: ${obstacle}.`);

  const {vocabSize, embDim: width, nHeads: heads, nLayers} = config;
  const length = spec.length ?? config.contextLength;
  const rows = batchSize * length;
  const width4 = width / 4;
  const layout = parameterLayout(config);
  const builder = new ProgramBuilder();

  // Slots in the arenas, by name
  const slots = new Map(layout.slots.map((slot) => [slot.name, slot]));
  const slot = (name: string): Slot => slots.get(name)!;
  const weight = (name: string) => builder.given('theta', slot(name).offset, slot(name).size);
  const gradientOf = (name: string): Region => {
    builder.buffer('gradient', layout.length);
    return {buffer: 'gradient', offset: slot(name).offset, length: slot(name).size};
  };
  // A norm's γ and β are neighbours: one binding sees both.
  const norm = (name: string) => {
    const [gamma, beta] = [slot(`${name}.weight`), slot(`${name}.bias`)];
    const region = builder.given('theta', gamma.offset, beta.offset + beta.size - gamma.offset);
    return {region, betaOffset4: (beta.offset - gamma.offset) / 4};
  };
  // [N, columns], and rows of zeros up to a multiple of 4, which weight gradients read four at a time
  const matrix = (name: string, columns: number) => builder.buffer(name, Math.ceil(rows / 4) * 4 * columns);

  const batch = batchRegions(builder, rows, Math.min(rows, vocabSize));
  const headMatrix = config.tieWeights ? 'wte.weight' : 'lm_head.weight';
  // The norms in the order of the forward pass: ln_1 and ln_2 of each block, then ln_f
  const normNames = [
    ...Array.from({length: nLayers}, (_, n) => [`h.${n}.ln_1`, `h.${n}.ln_2`]).flat(),
    'ln_f',
  ];
  const stats = (name: string) => builder.buffer(`${name}.stats`, rows * 2);

  // ---- forward ----

  const firstNorm = norm(normNames[0]!);
  builder.dispatch({
    label: 'embedding',
    kernel: embeddingForward({team, dropout}),
    buffers: {
      ids: batch.ids,
      wte: weight('wte.weight'),
      wpe: builder.given('theta', slot('wpe.weight').offset, length * width),
      norm: firstNorm.region,
      x: matrix('stream.0', width),
      h: matrix(normNames[0]!, width),
      stats: stats(normNames[0]!),
    },
    sizes: {rows, length, width4, betaOffset4: firstNorm.betaOffset4, site: DROPOUT_SITE.embed()},
    groups: [rowGroups(team, rows), 1, 1],
  });

  /** Stream s of the forward pass: 0 after the embedding, 2n + 1 after block n's attention, 2n + 2 after its feed-forward. */
  const stream = (s: number) => matrix(`stream.${s}`, width);
  const addToStream = (s: number, name: string, input: Region, inner: number, site: number) => {
    const {region, betaOffset4} = norm(normNames[s]!);
    builder.dispatch({
      label: name,
      kernel: linearResidual({dropout}),
      buffers: {
        a: input,
        weight: weight(`${name}.weight`),
        bias: weight(`${name}.bias`),
        residual: stream(s - 1),
        norm: region,
        x: stream(s),
        h: matrix(normNames[s]!, width),
        stats: stats(normNames[s]!),
      },
      sizes: {rows, inner4: inner / 4, width4, betaOffset4, site},
      groups: linearResidualGroups(rows),
    });
  };

  const attentionShape = (n: number) => ({
    length,
    width4,
    heads,
    batch: batchSize,
    site: DROPOUT_SITE.attention(n),
  });
  const attentionOptions = {headSize: width / heads, dropout};
  // Without a bias: one that is 0 and never learns
  const biasOf = (name: string) => (slots.has(name) ? weight(name) : builder.buffer('no bias', 4 * width));
  const biasGradientOf = (name: string) =>
    slots.has(name) ? gradientOf(name) : builder.buffer('no bias gradient', 4 * width);

  for (let n = 0; n < nLayers; n++) {
    const h = `h.${n}`;
    builder.dispatch({
      label: `${h}.attn.c_attn`,
      kernel: linearForward({gelu: false}),
      buffers: {
        a: matrix(`${h}.ln_1`, width),
        weight: weight(`${h}.attn.c_attn.weight`),
        bias: biasOf(`${h}.attn.c_attn.bias`),
        y: matrix(`${h}.qkv`, 3 * width),
      },
      sizes: {rows, inner4: width4, columns4: 3 * width4},
      groups: linearForwardGroups(rows, 3 * width),
    });
    builder.dispatch({
      label: `${h}.attn`,
      kernel: attentionForward(attentionOptions),
      buffers: {
        qkv: matrix(`${h}.qkv`, 3 * width),
        out: matrix(`${h}.context`, width),
        lse: matrix(`${h}.lse`, heads),
      },
      sizes: attentionShape(n),
      groups: attentionForwardGroups(length, heads, batchSize),
    });
    const context = matrix(`${h}.context`, width);
    addToStream(2 * n + 1, `${h}.attn.c_proj`, context, width, DROPOUT_SITE.attentionOut(n));
    builder.dispatch({
      label: `${h}.mlp.c_fc`,
      kernel: linearForward({gelu: true}),
      buffers: {
        a: matrix(`${h}.ln_2`, width),
        weight: weight(`${h}.mlp.c_fc.weight`),
        bias: weight(`${h}.mlp.c_fc.bias`),
        pre: matrix(`${h}.pre`, 4 * width),
        y: matrix(`${h}.hidden`, 4 * width),
      },
      sizes: {rows, inner4: width4, columns4: 4 * width4},
      groups: linearForwardGroups(rows, 4 * width),
    });
    const hidden = matrix(`${h}.hidden`, 4 * width);
    addToStream(2 * n + 2, `${h}.mlp.c_proj`, hidden, 4 * width, DROPOUT_SITE.feedForwardOut(n));
  }

  const logits = matrix('logits', logitsStride(vocabSize));
  const losses = builder.buffer('losses', rows);
  const forHead = {rows, width, vocabulary: vocabSize};
  builder.dispatch({
    label: 'head',
    kernel: headForward,
    buffers: {h: matrix('ln_f', width), weight: weight(headMatrix), logits},
    ...headForwardSizes(forHead),
  });
  builder.dispatch({
    label: 'cross-entropy',
    kernel: crossEntropy({team}),
    buffers: {labels: batch.labels, logits, losses},
    sizes: {rows, vocabulary: vocabSize, stride: logitsStride(vocabSize)},
    groups: [rowGroups(team, rows), 1, 1],
  });

  // ---- backward ----

  const dh = matrix('d narrow', width); // of what a norm or attention gave
  const dx = matrix('d stream', width); // of the residual stream, all the way down
  const dropped = dropout ? matrix('d stream, dropped', width) : dx; // of what was added to the stream
  const dpre = matrix('d pre', 4 * width);
  const dqkv = matrix('d qkv', 3 * width);
  const chunks = normChunks(rows);
  const normStride = align(chunks * 2 * width);
  const partials = builder.buffer('norm partials', normNames.length * normStride);

  builder.dispatch({
    label: 'head backward',
    kernel: headBackward,
    buffers: {
      h: matrix('ln_f', width),
      dlogits: logits,
      weight: weight(headMatrix),
      dh,
      dweight: gradientOf(headMatrix),
    },
    ...headBackwardSizes(forHead),
  });

  /** Back through norm s, which reads stream s; below it lies what was added to that stream, with dropout of its own. */
  const normBackward = (s: number, site: number) => {
    const name = normNames[s]!;
    builder.dispatch({
      label: `${name} backward`,
      kernel: layerNormBackward({team, dropout}),
      buffers: {
        x: stream(s),
        stats: stats(name),
        gamma: weight(`${name}.weight`),
        dh,
        dx,
        partials: {buffer: partials.buffer, offset: s * normStride, length: chunks * 2 * width},
        ...(dropout ? {dropped} : {}),
      },
      sizes: {rows, width4, adds: s === 2 * nLayers ? 0 : 1, site},
      groups: layerNormBackwardGroups(team, rows, width),
    });
  };
  const linearBack = (
    name: string,
    shape: {inner: number; columns: number},
    buffers: {a: Region; dy: Region; da: Region; pre?: Region},
  ) =>
    builder.dispatch({
      label: `${name} backward`,
      kernel: linearBackward({gelu: buffers.pre !== undefined}),
      buffers: {
        ...buffers,
        weight: weight(`${name}.weight`),
        dweight: gradientOf(`${name}.weight`),
        dbias: biasGradientOf(`${name}.bias`),
      },
      ...linearBackwardSizes({rows, ...shape}),
    });

  normBackward(2 * nLayers, DROPOUT_SITE.feedForwardOut(nLayers - 1));
  for (let n = nLayers - 1; n >= 0; n--) {
    const h = `h.${n}`;
    linearBack(
      `${h}.mlp.c_proj`,
      {inner: 4 * width, columns: width},
      {a: matrix(`${h}.hidden`, 4 * width), dy: dropped, da: dpre, pre: matrix(`${h}.pre`, 4 * width)},
    );
    linearBack(
      `${h}.mlp.c_fc`,
      {inner: width, columns: 4 * width},
      {a: matrix(`${h}.ln_2`, width), dy: dpre, da: dh},
    );
    normBackward(2 * n + 1, DROPOUT_SITE.attentionOut(n));
    linearBack(
      `${h}.attn.c_proj`,
      {inner: width, columns: width},
      {a: matrix(`${h}.context`, width), dy: dropped, da: dh},
    );
    builder.dispatch({
      label: `${h}.attn backward`,
      kernel: attentionBackward(attentionOptions),
      buffers: {
        qkv: matrix(`${h}.qkv`, 3 * width),
        out: matrix(`${h}.context`, width),
        lse: matrix(`${h}.lse`, heads),
        dout: dh,
        dqkv,
      },
      sizes: attentionShape(n),
      groups: attentionBackwardGroups(length, heads, batchSize),
    });
    linearBack(
      `${h}.attn.c_attn`,
      {inner: width, columns: 3 * width},
      {a: matrix(`${h}.ln_1`, width), dy: dqkv, da: dh},
    );
    normBackward(2 * n, n > 0 ? DROPOUT_SITE.feedForwardOut(n - 1) : DROPOUT_SITE.embed());
  }

  const {groups, segmentGroups, positionGroups} = embeddingBackwardGroups({
    most: batch.segmentIds.length,
    width,
    length,
    norms: normNames.length,
  });
  const normOffsets = normNames.flatMap((name) =>
    ['weight', 'bias'].map((part) => slot(`${name}.${part}`).offset / 4),
  );
  builder.dispatch({
    label: 'embedding backward',
    kernel: embeddingBackward,
    buffers: {
      places: {buffer: 'batch', offset: 0, length: batch.starts.offset + batch.starts.length},
      dx: dropped,
      partials,
      normOffsets: builder.constant('norm offsets', Uint32Array.from(normOffsets)),
      gradient: builder.buffer('gradient', layout.length),
    },
    sizes: {
      width4,
      length,
      batch: batchSize,
      wteOffset4: slot('wte.weight').offset / 4,
      wpeOffset4: slot('wpe.weight').offset / 4,
      segmentGroups,
      positionGroups,
      norms: normNames.length,
      chunks,
      normStride4: normStride / 4,
      orderOffset: batch.order.offset,
      idsOffset: batch.segmentIds.offset,
      startsOffset: batch.starts.offset,
    },
    groups,
  });

  // ---- update ----

  const gradient = builder.buffer('gradient', layout.length);
  const arena = (name: string) => builder.given(name, 0, layout.length);
  const report = builder.buffer('report', REPORT.length);
  const flags = builder.constant(
    'parameter flags',
    parameterFlags(layout, () => true),
  );
  const sums = normGroups(layout.length);
  const update = builder.count;
  builder.dispatch({
    label: 'gradient norm',
    kernel: gradientNorm,
    buffers: {gradient, losses, flags, report},
    sizes: {length4: layout.length / 4, groups: sums, rows},
    groups: [sums + 1, 1, 1],
  });
  const forUpdate = adamWGroups(layout.length);
  builder.dispatch({
    label: 'adamw',
    kernel: adamW,
    buffers: {theta: arena('theta'), gradient, m: arena('m'), v: arena('v'), flags, report},
    sizes: {length4: layout.length / 4, groups: sums, groupsAcross: forUpdate.groupsAcross},
    groups: forUpdate.groups,
  });

  return {...builder.build(), layout, batch, update};
}

/** One buffer, written once a step, holds everything that a batch brings. */
function batchRegions(builder: ProgramBuilder, rows: number, segments: number): BatchRegions {
  let offset = 0;
  const part = (length: number): Region => {
    const region = {buffer: 'batch', offset, length};
    offset = align(offset + length);
    return region;
  };
  const regions = {
    ids: part(rows),
    labels: part(rows),
    order: part(rows),
    segmentIds: part(segments),
    starts: part(segments + 1),
  };
  builder.buffer('batch', offset);
  return regions;
}
