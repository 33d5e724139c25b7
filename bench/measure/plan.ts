/** The planned training step by itself: what it asks of WebGPU, what it costs beside the GPU's work, and how well it uses the GPU. */
import type {GPTConfig} from '../../src/model/config.js';
import {initialArena} from '../../src/model/init.js';
import {testDevice} from '../../src/webgpu/testing/gpu.js';
import {randomBatch, testArenas} from '../../src/webgpu/testing/training.js';
import {TrainPlan} from '../../src/webgpu/train-plan.js';
import {adapterName, isSoftwareDevice} from './adapter.js';
import {BATCH, CONFIG, SEED, settings} from './config.js';
import {LARGE_PRODUCTS, Products, SMALL_PRODUCTS} from './gemm.js';
import {emptiedMs, javaScriptMicros} from './overhead.js';
import {flops, neededBytes} from './sizes.js';
import {median, timed} from './timing.js';
import {callsBetween, installWebGpuCounters, webGpuCalls} from './webgpu-calls.js';

const ROUNDS = 10;

export const openPlan = (device: GPUDevice, config: GPTConfig, batchSize: number): Promise<TrainPlan> =>
  TrainPlan.create({device, config, batchSize, arenas: testArenas(device, initialArena(config, SEED))});

export async function measurePlan() {
  installWebGpuCounters();
  const device = await testDevice();
  const start = webGpuCalls();
  const batch = randomBatch(CONFIG, BATCH);
  let plan!: TrainPlan;
  const msToPlan = await timed(async () => {
    plan = await openPlan(device, CONFIG, BATCH);
  });
  const msToFirstStep = msToPlan + (await timed(() => plan.stepAndReport(batch, settings(1))));
  const opened = callsBetween(start, webGpuCalls());
  await plan.stepAndReport(batch, settings(2));

  const before = webGpuCalls();
  plan.step(batch, settings(3));
  const perStep = callsBetween(before, webGpuCalls());
  await device.queue.onSubmittedWorkDone();

  const work = flops(CONFIG, BATCH);
  const {times, gemm, burst} = await besideProducts(device, work, (step) =>
    plan.stepAndReport(batch, settings(3 + step)),
  );
  const msPerStep = Math.min(...times); // as the best product: what the adapter can, not what else the machine did
  const emptied = await emptiedMs(plan, CONFIG);
  const deep = await openPlan(device, {...CONFIG, nLayers: 12}, BATCH);
  const result = {
    adapter: adapterName(device),
    dispatchesPerStep: perStep.dispatches,
    submitsPerStep: perStep.submits,
    passesPerStep: perStep.passes,
    writeBuffersPerStep: perStep.writeBuffers,
    allocationsPerStep: perStep.buffers + perStep.bindGroups + perStep.pipelines,
    pipelines: opened.pipelines,
    msToPlan, // compiling, nearly all of it
    msToFirstStep,
    msPerStep,
    msPerStepMedian: median(times),
    nullDispatchMs: emptied.awaited,
    nullDispatchPipelinedMs: emptied.pipelined,
    jsMicrosPerStepNull: await javaScriptMicros(plan, CONFIG),
    jsMicrosPerStepNull12Layers: await javaScriptMicros(deep, CONFIG),
    gemmGflops: gemm / 1e9,
    gemmBurstGflops: burst / 1e9,
    mfu: (work * 1000) / msPerStep / gemm,
    peakBytes: opened.peakBytes,
    peakBytesRatio: opened.peakBytes / neededBytes(CONFIG, BATCH),
  };
  for (const opened of [plan, deep]) opened.dispose();
  return result;
}

/**
 * Steps and plain products in turns, and as much arithmetic of each, so that both see the same machine.
 * @param work FLOP of a step
 * @returns the steps' times in ms, and the best product's FLOP/s: sustained, and in short bursts
 */
export async function besideProducts(
  device: GPUDevice,
  work: number,
  step: (step: number) => Promise<unknown>,
): Promise<{times: number[]; gemm: number; burst: number}> {
  const software = isSoftwareDevice(device);
  const products = await Products.create(device, software ? SMALL_PRODUCTS : LARGE_PRODUCTS);
  const burst = await products.burst(software ? 1 : 20); // a graphics card is done with one before it can be timed
  const times: number[] = [];
  let gemm = 0;
  for (let i = 1; i <= ROUNDS; i++) {
    times.push(await timed(() => step(i)));
    gemm = Math.max(gemm, await products.sustained(work));
  }
  products.dispose();
  return {times, gemm, burst};
}
