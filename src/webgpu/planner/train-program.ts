/**
 * The planner of a training step: from a configuration and a batch's shape to a static list of dispatches, 8 + 12 L of them where norms
 * are fused and everything is trained.
 *
 * What forward saves for backward, in numbers a token: 16 C a block and a little (two norms 1 + 1, qkv 3, context 1, the stream twice 2,
 * GELU's two sides 4 + 4), and the logits. Gradients of activations share five buffers among all blocks.
 */
import {type ArenaPart, partName} from '../../model/arena-parts.js';
import type {GPTConfig} from '../../model/config.js';
import type {ParameterLayout} from '../../model/parameters.js';
import {adamW, adamWGroups} from '../kernels/adamw.js';
import {gradientNorm, normGroups} from '../kernels/gradient-norm.js';
import {PlanError, type Program, type Region} from '../program.js';
import {MOST_PARTIALS, REPORT} from '../report.js';
import {learningPlaces, placesIn} from '../wgsl/learning-places.js';
import {lossesOf, planBackward} from './backward.js';
import {planForward} from './forward.js';
import {planPadding, planUnpadding} from './padded-adapters.js';
import {type BatchRegions, TrainNames, type TrainProgramSpec} from './train-names.js';

export interface TrainProgram extends Program {
  /** Where the weights stand: the model's, then the class head and the adapters. */
  layout: ParameterLayout;
  /** Where the numbers of what is trained stand in the gradient and in AdamW's moments. */
  learning: ParameterLayout;
  /** The buffers of the weights, and what of gradient, m and v belongs to each. Their names are those of `partName`. */
  parts: readonly ArenaPart[];
  learningParts: readonly ArenaPart[];
  batch: BatchRegions;
  /** Index of the dispatch after the one that gives each place's loss: those before it are all that an evaluation needs. */
  backward: number;
  /** Index of the first dispatch of the update: those before it compute the gradient. */
  update: number;
  /** What of the gradient must be 0 before: only the rows of tokens that are in the batch are added to. */
  cleared: readonly Region[];
}

/** Why a configuration cannot be planned; undefined where it can. */
export function planObstacle(config: GPTConfig): string | undefined {
  if (config.causal === false)
    return 'its attention sees the future, and the planned kernels only ever compute the past';
  if (config.norm === 'post')
    return 'its norms stand after the sums, and the planned kernels normalize before each sublayer';
  const headSize = config.embDim / config.nHeads;
  if (headSize % 4 !== 0)
    return `its heads are ${headSize} wide, and the planned kernels read four numbers at a time: make embDim / nHeads a multiple of 4`;
  if (headSize > 128)
    return `its heads are ${headSize} wide, and the planned attention holds at most 128 numbers of a head in registers`;
  return undefined;
}

/** @throws {PlanError} on a configuration that cannot be planned */
export function trainProgram(spec: TrainProgramSpec): TrainProgram {
  const obstacle = planObstacle(spec.config);
  if (obstacle) throw new PlanError(`This model cannot run on planned kernels: ${obstacle}.`);
  const names = new TrainNames(spec);
  if (names.learning.length === 0)
    throw new PlanError('Nothing is to be trained: every parameter is frozen.');
  planPadding(names);
  planForward(names);
  const backward = planBackward(names);
  planUnpadding(names);
  const update = names.builder.count;
  planUpdate(names);
  const {layout, learning, parts, learningParts, batch} = names;
  return {
    ...names.builder.build(),
    ...{layout, learning, parts, learningParts, batch, backward, update},
    cleared: clearedOf(names),
  };
}

/** The token embedding's gradient, where no head writes to all of it first. */
function clearedOf(names: TrainNames): Region[] {
  if (names.headMatrix === 'wte.weight') return [];
  return names
    .gradientPieces('wte.weight')
    .map(({part, offset, count}) => ({...names.gradients(part), offset, length: count}));
}

/** Every buffer of the gradient and its place among them, without those in which nothing is trained. */
const trainedParts = ({learningParts}: TrainNames): [index: number, part: ArenaPart][] =>
  [...learningParts.entries()].filter(([, {length}]) => length > 0);

function planUpdate(names: TrainNames): void {
  const {builder, layout, learning, parts, rows, spec} = names;
  const {team} = spec.variant;
  const report = builder.buffer('report', REPORT.length);
  const trained = trainedParts(names);
  if (trained.length > MOST_PARTIALS)
    throw new PlanError(
      `The weights would lie in ${trained.length} buffers, and a step can update ${MOST_PARTIALS}: choose a smaller model.`,
    );
  let sums = 0;
  for (const [index, {length}] of trained) {
    const groups = normGroups(length, team, trained.length);
    const losses = sums === 0 ? 1 : 0; // a group for them, once
    builder.dispatch({
      label: 'gradient norm',
      kernel: gradientNorm,
      buffers: {gradient: names.gradients(index), losses: lossesOf(names), report},
      sizes: {length4: length / 4, first: sums, groups, rows},
      groups: [groups + losses, 1, 1],
    });
    sums += groups;
  }
  const places = learningPlaces(layout, learning);
  for (const [index, {first, length}] of trained) {
    const weights = parts[index]!;
    const {groups, groupsAcross, each} = adamWGroups(length, team);
    const moments = (name: string) => builder.given(partName(name, index), 0, length);
    builder.dispatch({
      label: 'adamw',
      kernel: adamW,
      buffers: {
        theta: builder.given(partName('theta', index), 0, weights.length),
        gradient: names.gradients(index),
        m: moments('m'),
        v: moments('v'),
        places: builder.constant(
          partName('learning places', index),
          placesIn(places, {first, length}, weights.first),
        ),
        report,
      },
      sizes: {length4: length / 4, groups: sums, groupsAcross, each},
      groups,
    });
  }
}
