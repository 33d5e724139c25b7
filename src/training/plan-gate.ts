/** Browsers and drivers that compute wrong numbers have shipped: planned kernels must prove themselves on a device before they train on it. */
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import {type Tensor1D, tidy} from '@tensorflow/tfjs-core';
import {normalizeConfig} from '../model/config.js';
import {initialArena} from '../model/init.js';
import {parameterLayout} from '../model/parameters.js';
import {PlanError, TrainPlan, tfjsArenas} from '../webgpu/index.js';
import {arenaVariable} from './arenas.js';
import {cutWindows} from './batches.js';
import {lossAndGradient} from './gradient.js';

/** Small, and yet every kernel of a training step runs more than one workgroup. */
const CONFIG = normalizeConfig({
  vocabSize: 65,
  contextLength: 32,
  embDim: 64,
  nHeads: 4,
  nLayers: 1,
  dropRate: 0,
  qkvBias: true,
  tieWeights: true,
});
const TEXT = Int32Array.from({length: 65}, (_, i) => (i * i * 7) % CONFIG.vocabSize);
const BATCH = cutWindows(TEXT, [0, 32], CONFIG.contextLength);

/** The most that a gradient may differ, as a share of its largest entry. Rounding alone stays below a hundredth of it. */
const TOLERANCE = 1e-3;

const verdicts = new WeakMap<GPUDevice, Promise<void>>();

/**
 * Compares the planned gradient of a small model with the reference's; once a device.
 * @throws {PlanError} where they differ
 */
export function checkPlannedKernels(backend: WebGPUBackend): Promise<void> {
  let verdict = verdicts.get(backend.device);
  if (!verdict) verdicts.set(backend.device, (verdict = check(backend)));
  return verdict;
}

async function check(backend: WebGPUBackend): Promise<void> {
  const layout = parameterLayout(CONFIG);
  const theta = arenaVariable(initialArena(CONFIG, 1));
  const m = arenaVariable(new Float32Array(layout.length));
  const v = arenaVariable(new Float32Array(layout.length));
  let plan: TrainPlan | undefined;
  try {
    plan = await TrainPlan.create({
      device: backend.device,
      config: CONFIG,
      batchSize: 2,
      arenas: tfjsArenas(backend, {theta, m, v}),
    });
    const planned = await plan.gradient(BATCH);
    const expected = tidy(
      () => lossAndGradient(layout, theta as unknown as Tensor1D, CONFIG, BATCH).gradient,
    );
    const reference = await expected.data<'float32'>();
    expected.dispose();
    const deviation = largestDeviation(planned.gradient, reference);
    if (!(deviation < TOLERANCE))
      throw new PlanError(
        `On this device the planned kernels differ from the reference by ${(100 * deviation).toPrecision(2)} % of the largest gradient.`,
      );
  } finally {
    plan?.dispose();
    for (const variable of [theta, m, v]) variable.dispose();
  }
}

/** As a share of the largest entry; NaN where one is not a number. */
function largestDeviation(values: Float32Array, truth: Float32Array): number {
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < truth.length; i++) {
    largest = Math.max(largest, Math.abs(truth[i]!));
    difference = Math.max(difference, Math.abs(values[i]! - truth[i]!));
  }
  return difference / largest;
}
