/** Whether the planned step computes what the reference does: gradients at one step, losses over 100, and the same bits in a second run. */
import type {GPTConfig} from '../../src/model/config.js';
import {initialArena} from '../../src/model/init.js';
import {relativeError} from '../../src/webgpu/testing/compare.js';
import {readBuffer, testDevice} from '../../src/webgpu/testing/gpu.js';
import {ReferenceRun, randomBatch, referenceGradient, testArenas} from '../../src/webgpu/testing/training.js';
import {TrainPlan} from '../../src/webgpu/train-plan.js';
import {BATCH, CONFIG, SEED, settings} from './config.js';
import {openPlan} from './plan.js';

/** For the 100 steps. */
const SMALL: GPTConfig = {...CONFIG, contextLength: 32, embDim: 48, nLayers: 2};
const SMALL_BATCH = 4;
const STEPS = 100;
const smallBatch = (step: number) => randomBatch(SMALL, SMALL_BATCH, step);

/** Tfjs must have a backend for the reference: wasm or CPU. */
export async function measureAccuracy() {
  const device = await testDevice();
  const plan = await openPlan(device, CONFIG, BATCH);
  const batch = randomBatch(CONFIG, BATCH);
  const {gradient} = await plan.gradient(batch);
  const reference = referenceGradient(CONFIG, initialArena(CONFIG, SEED), batch);
  const errors = plan.program.layout.slots.map(({name, offset, size}) =>
    relativeError(gradient.subarray(offset, offset + size), reference.gradients.get(name)!),
  );
  plan.dispose();

  const first = await run(device);
  const second = await run(device);
  const oracle = new ReferenceRun(SMALL, initialArena(SMALL, SEED));
  const apart = first.losses.map((loss, i) =>
    Math.abs(loss - oracle.step(smallBatch(i + 1), settings(i + 1)).loss),
  );
  return {
    gradMaxRel: Math.max(...errors),
    loss100MaxAbs: Math.max(...apart),
    bitIdentical:
      first.theta.every((value, i) => Object.is(value, second.theta[i])) &&
      first.losses.every((loss, i) => loss === second.losses[i]),
  };
}

async function run(device: GPUDevice): Promise<{losses: number[]; theta: Float32Array}> {
  const arenas = testArenas(device, initialArena(SMALL, SEED));
  const plan = await TrainPlan.create({device, config: SMALL, batchSize: SMALL_BATCH, arenas});
  const losses: number[] = [];
  for (let step = 1; step <= STEPS; step++)
    losses.push((await plan.stepAndReport(smallBatch(step), settings(step))).loss);
  const theta = await readBuffer(device, arenas.buffers().theta, plan.program.layout.length);
  plan.dispose();
  return {losses, theta};
}
