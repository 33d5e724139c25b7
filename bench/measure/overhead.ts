/** What a planned step takes beside the GPU's work. */
import type {GPTConfig} from '../../src/model/config.js';
import {randomBatch} from '../../src/webgpu/testing/training.js';
import type {TrainPlan} from '../../src/webgpu/train-plan.js';
import {BATCH, settings} from './config.js';
import {median, replacing, timed, withoutWork} from './timing.js';

/** A step's JavaScript by itself, in µs: every call of WebGPU returns at once. */
export async function javaScriptMicros(plan: TrainPlan, config: GPTConfig): Promise<number> {
  const nothing = () => undefined;
  const pass = {setPipeline: nothing, setBindGroup: nothing, dispatchWorkgroups: nothing, end: nothing};
  const encoder = {beginComputePass: () => pass, clearBuffer: nothing, finish: nothing};
  const batch = randomBatch(config, BATCH);
  const stands: [string, string, unknown][] = [
    ['GPUDevice', 'createCommandEncoder', () => encoder],
    ['GPUQueue', 'submit', nothing],
    ['GPUQueue', 'writeBuffer', nothing],
  ];
  return replacing(stands, () => {
    const steps = 2000;
    const times = Array.from({length: 5}, () => {
      const from = performance.now();
      for (let i = 1; i <= steps; i++) plan.step(batch, settings(i));
      return ((performance.now() - from) / steps) * 1000;
    });
    return Math.min(...times);
  });
}

/** A step whose dispatches have no work: what JavaScript and the browser take, with and without waiting for each step's loss. */
export function emptiedMs(plan: TrainPlan, config: GPTConfig): Promise<{awaited: number; pipelined: number}> {
  const batch = randomBatch(config, BATCH);
  return withoutWork(async () => {
    const awaited: number[] = [];
    for (let i = 1; i <= 60; i++) awaited.push(await timed(() => plan.stepAndReport(batch, settings(i))));
    const steps = 60;
    const total = await timed(async () => {
      for (let i = 1; i < steps; i++) plan.step(batch, settings(i));
      await plan.stepAndReport(batch, settings(steps));
    });
    return {awaited: median(awaited), pipelined: total / steps};
  });
}
