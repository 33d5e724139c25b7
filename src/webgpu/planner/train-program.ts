/**
 * The planner of a training step: from a configuration and a batch's shape to a static list of dispatches, 8 + 12 L of them where norms
 * are fused and everything is trained.
 *
 * What forward saves for backward, in numbers a token: 16 C a block and a little (two norms 1 + 1, qkv 3, context 1, the stream twice 2,
 * GELU's two sides 4 + 4), and the logits. Gradients of activations share five buffers among all blocks.
 */
import type {GPTConfig} from '../../model/config.js';
import type {ParameterLayout} from '../../model/parameters.js';
import {adamW, adamWGroups} from '../kernels/adamw.js';
import {gradientNorm, normGroups} from '../kernels/gradient-norm.js';
import {PlanError, type Program} from '../program.js';
import {REPORT} from '../report.js';
import {parameterFlags} from '../wgsl/parameter-flags.js';
import {lossesOf, planBackward} from './backward.js';
import {planForward} from './forward.js';
import {type BatchRegions, TrainNames, type TrainProgramSpec} from './train-names.js';

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
    return `its heads are ${headSize} wide, and the planned attention holds at most 128 numbers of a head in registers`;
  return undefined;
}

/** @throws {PlanError} on a configuration that cannot be planned */
export function trainProgram(spec: TrainProgramSpec): TrainProgram {
  const obstacle = planObstacle(spec.config);
  if (obstacle) throw new PlanError(`This model cannot run on planned kernels: ${obstacle}.`);
  const names = new TrainNames(spec);
  planForward(names);
  planBackward(names);
  const update = names.builder.count;
  planUpdate(names);
  return {...names.builder.build(), layout: names.layout, batch: names.batch, update};
}

function planUpdate(names: TrainNames): void {
  const {builder, layout, rows} = names;
  const gradient = names.gradients();
  const arena = (name: string) => builder.given(name, 0, layout.length);
  const report = builder.buffer('report', REPORT.length);
  const flagWords = parameterFlags(layout, (name) => names.isTrainable(name));
  const flags = builder.constant('parameter flags', flagWords);
  const length4 = layout.length / 4;
  const sums = normGroups(layout.length);
  builder.dispatch({
    label: 'gradient norm',
    kernel: gradientNorm,
    buffers: {gradient, losses: lossesOf(names), flags, report},
    sizes: {length4, groups: sums, rows},
    groups: [sums + 1, 1, 1],
  });
  const {groups, groupsAcross} = adamWGroups(layout.length);
  builder.dispatch({
    label: 'adamw',
    kernel: adamW,
    buffers: {theta: arena('theta'), gradient, m: arena('m'), v: arena('v'), flags, report},
    sizes: {length4, groups: sums, groupsAcross},
    groups,
  });
}
