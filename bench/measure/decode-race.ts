/** Writing a whole context, greedily, with the same weights: the decode plan and ONNX Runtime Web, one at a time so that they can take turns. */
import {testDevice} from '../../src/webgpu/testing/gpu.js';
import {openOnnx} from '../peers/onnx.js';
import {CONFIG} from './config.js';
import {openDecodePlan} from './decode.js';
import {timed} from './timing.js';
import {callsBetween, installWebGpuCounters, type WebGpuCalls, webGpuCalls} from './webgpu-calls.js';

type Writer = (first: number, count: number) => Promise<number[]>;

export interface Written {
  ids: number[];
  msPerToken: number;
  calls: WebGpuCalls;
}

async function openPlan(): Promise<Writer> {
  const plan = await openDecodePlan(await testDevice());
  return async (first, count) => {
    const ids: number[] = [];
    for await (const {id} of plan.generate([first], {maxNewTokens: count, topK: 1})) ids.push(id);
    return ids;
  };
}

const OPEN: Record<string, () => Promise<Writer>> = {
  plan: openPlan,
  onnx: () => openOnnx('webgpu'),
  onnxWasm: () => openOnnx('wasm'),
};
const writers = new Map<string, Writer>();

/** Writes as many tokens as the context holds. The first time of each writer includes opening it. */
export async function write(name: string): Promise<Written> {
  if (!writers.has(name)) writers.set(name, await OPEN[name]!());
  const count = CONFIG.contextLength - 1;
  const before = webGpuCalls();
  let ids: number[] = [];
  const ms = await timed(async () => {
    ids = await writers.get(name)!(1, count);
  });
  return {ids, msPerToken: ms / count, calls: callsBetween(before, webGpuCalls())};
}

installWebGpuCounters();
Object.assign(globalThis, {write});
