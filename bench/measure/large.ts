/** The planned step at the sizes of real models, for graphics cards: time, tokens and arithmetic rate beside the best matrix product. */
import type {GPTConfig} from '../../src/model/config.js';
import {countParameters} from '../../src/model/parameters.js';
import {testDevice} from '../../src/webgpu/testing/gpu.js';
import {randomBatch} from '../../src/webgpu/testing/training.js';
import {settings} from './config.js';
import {besideProducts, openPlan} from './plan.js';
import {flops} from './sizes.js';
import {median, timed} from './timing.js';

const model = (
  vocabSize: number,
  contextLength: number,
  embDim: number,
  nHeads: number,
  nLayers: number,
): GPTConfig => ({
  vocabSize,
  contextLength,
  embDim,
  nHeads,
  nLayers,
  dropRate: 0,
  qkvBias: true,
  tieWeights: true,
});

const SIZES: Record<string, {config: GPTConfig; batch: number}> = {
  'characters, 6 layers of 384': {config: model(65, 256, 384, 6, 6), batch: 64},
  'GPT-2 small': {config: model(50257, 1024, 768, 12, 12), batch: 4},
};
/** Steps that follow each other without waiting. */
const PIPELINED = 10;

export async function measureLarge() {
  const device = await testDevice();
  const results: Record<string, object> = {};
  for (const [name, {config, batch}] of Object.entries(SIZES)) {
    try {
      results[name] = await measure(device, config, batch);
    } catch (error) {
      results[name] = {config, batch, failed: (error as Error).message};
    }
  }
  return results;
}

async function measure(device: GPUDevice, config: GPTConfig, batch: number) {
  const tokens = randomBatch(config, batch);
  const began = performance.now();
  const plan = await openPlan(device, config, batch);
  const losses = [(await plan.stepAndReport(tokens, settings(1))).loss];
  const msToFirstStep = performance.now() - began;
  const work = flops(config, batch);
  const {times, gemm, burst} = await besideProducts(device, work, async (step) => {
    losses.push((await plan.stepAndReport(tokens, settings(1 + step))).loss);
  });
  const done = losses.length;
  const pipelined = await timed(async () => {
    for (let i = 1; i < PIPELINED; i++) plan.step(tokens, settings(done + i));
    losses.push((await plan.stepAndReport(tokens, settings(done + PIPELINED))).loss);
  });
  const msPerStep = pipelined / PIPELINED;
  const {bytes, dispatches} = plan;
  plan.dispose();
  return {
    config,
    batch,
    parameters: countParameters(config),
    dispatches,
    bytes,
    msToFirstStep,
    msPerStep,
    msPerStepAwaited: median(times),
    tokensPerSecond: (1000 * batch * config.contextLength) / msPerStep,
    gflops: work / msPerStep / 1e6,
    gemmGflops: gemm / 1e9,
    gemmBurstGflops: burst / 1e9,
    mfu: (work * 1000) / msPerStep / gemm,
    losses: [losses[0], losses.at(-1)],
  };
}
