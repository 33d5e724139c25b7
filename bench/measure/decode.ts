/** Planned decoding by itself: what it asks of WebGPU a token. */
import {initialArena} from '../../src/model/init.js';
import {DecodePlan} from '../../src/webgpu/decode-plan.js';
import {bufferOf, testDevice} from '../../src/webgpu/testing/gpu.js';
import {CONFIG, SEED} from './config.js';
import {timed} from './timing.js';
import {callsBetween, installWebGpuCounters, webGpuCalls} from './webgpu-calls.js';

export async function openDecodePlan(device: GPUDevice): Promise<DecodePlan> {
  const theta = bufferOf(device, initialArena(CONFIG, SEED));
  return DecodePlan.create({
    device,
    config: CONFIG,
    weights: {buffers: () => ({theta}), flush: () => undefined},
  });
}

export async function measureDecode() {
  installWebGpuCounters();
  const plan = await openDecodePlan(await testDevice());
  const tokens = CONFIG.contextLength;
  const write = async () => {
    for await (const _ of plan.generate([1], {maxNewTokens: tokens, temperature: 0.8, topK: 40})) _.id;
  };
  await write();
  const before = webGpuCalls();
  const ms = await timed(write);
  const {dispatches, submits} = callsBetween(before, webGpuCalls());
  plan.dispose();
  return {
    dispatchesPerToken: dispatches / tokens,
    submitsPerToken: submits / tokens,
    msPerToken: ms / tokens,
  };
}
