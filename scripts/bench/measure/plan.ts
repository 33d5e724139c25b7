/**
 * The browser's part of `npm run bench` for the planned step: what it asks of WebGPU, what JavaScript and the browser cost by themselves, how
 * fast it is beside the adapter's own best matrix product and beside the reference, and whether it computes the same.
 */
import {openBackend} from '../../../src/engine/backend.js';
import type {GPTConfig} from '../../../src/model/config.js';
import {initialArena} from '../../../src/model/init.js';
import {countParameters} from '../../../src/model/parameters.js';
import {DecodePlan} from '../../../src/webgpu/decode-plan.js';
import {Executor} from '../../../src/webgpu/executor.js';
import {logitsStride} from '../../../src/webgpu/kernels/head.js';
import {linearForward, linearForwardGroups} from '../../../src/webgpu/kernels/linear-forward.js';
import {ProgramBuilder} from '../../../src/webgpu/program.js';
import {relativeError} from '../../../src/webgpu/testing/compare.js';
import {bufferOf, readBuffer, testDevice} from '../../../src/webgpu/testing/gpu.js';
import {
  ReferenceRun,
  randomBatch,
  referenceGradient,
  testArenas,
} from '../../../src/webgpu/testing/training.js';
import {TrainPlan} from '../../../src/webgpu/train-plan.js';
import {BATCH, CONFIG, settings} from './config.js';
import {median, replacing, timed, withoutWork} from './timing.js';
import {callsBetween, installWebGpuCounters, webGpuCalls} from './webgpu-calls.js';

/** For 100 steps beside the reference. */
const SMALL: GPTConfig = {...CONFIG, contextLength: 32, embDim: 48, nLayers: 2};

const openPlan = async (device: GPUDevice, config: GPTConfig, batchSize: number) =>
  TrainPlan.create({device, config, batchSize, arenas: testArenas(device, initialArena(config, 1))});

/** Multiply-adds count two; causal attention is counted in full, as peers do. */
function flops({nLayers: L, embDim: C, contextLength: T, vocabSize: V}: GPTConfig): number {
  const N = BATCH * T;
  const linear = L * 24 * N * C * C + 2 * N * C * V;
  const attention = L * 4 * BATCH * T * T * C;
  return 3 * (linear + attention);
}

/** 16 bytes a parameter (weight, gradient, two moments) and what forward must save for backward. */
function neededBytes(config: GPTConfig): number {
  const {nLayers: L, embDim: C, contextLength: T, nHeads: H} = config;
  const block = 16 * C + H + 4;
  const saved = BATCH * T * (L * block + 2 * C + 2 + logitsStride(config.vocabSize));
  return 16 * countParameters(config) + 4 * saved;
}

/** A step's JavaScript by itself, in µs: every call of WebGPU returns at once. */
async function javaScriptMicros(plan: TrainPlan, config: GPTConfig): Promise<number> {
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
async function emptiedMs(plan: TrainPlan, config: GPTConfig): Promise<{awaited: number; pipelined: number}> {
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

/** The best rate of a plain matrix product on this adapter, in FLOP/s: the yardstick for a whole step. */
async function bestGemm(device: GPUDevice): Promise<number> {
  const rates: number[] = [];
  for (const tile of ['registers', 'workgroup'] as const)
    for (const [rows, inner, columns] of [
      [512, 128, 512],
      [512, 512, 512],
    ] as const) {
      const builder = new ProgramBuilder();
      const part = (name: string, words: number) => builder.buffer(name, words);
      builder.dispatch({
        label: 'product',
        kernel: linearForward({tile}),
        buffers: {
          a: part('a', rows * inner),
          pre: part('pre', 4),
          weight: part('weight', inner * columns),
          bias: part('bias', columns),
          y: part('y', rows * columns),
        },
        sizes: {rows, inner4: inner / 4, columns4: columns / 4, gelu: 0},
        groups: linearForwardGroups(tile, rows, columns),
      });
      const executor = await Executor.prepare(device, builder.build());
      executor.bind({});
      for (let i = 0; i < 8; i++) {
        const encoder = device.createCommandEncoder();
        const pass = encoder.beginComputePass();
        executor.encode(pass);
        pass.end();
        const ms = await timed(() => {
          device.queue.submit([encoder.finish()]);
          return device.queue.onSubmittedWorkDone();
        });
        if (i > 0) rates.push((2 * rows * inner * columns * 1000) / ms);
      }
      executor.dispose();
    }
  return Math.max(...rates);
}

export async function measurePlan() {
  installWebGpuCounters();
  const device = await testDevice();
  const start = webGpuCalls();
  const batch = randomBatch(CONFIG, BATCH);
  let plan!: TrainPlan;
  const msToFirstStep = await timed(async () => {
    plan = await openPlan(device, CONFIG, BATCH);
    await plan.stepAndReport(batch, settings(1));
  });
  const opened = callsBetween(start, webGpuCalls());
  await plan.stepAndReport(batch, settings(2));

  const before = webGpuCalls();
  plan.step(batch, settings(3));
  const perStep = callsBetween(before, webGpuCalls());
  await device.queue.onSubmittedWorkDone();

  const times: number[] = [];
  for (let i = 4; i < 14; i++) times.push(await timed(() => plan.stepAndReport(batch, settings(i))));
  const gemm = await bestGemm(device);
  const msPerStep = Math.min(...times); // as the best product: what the adapter can, not what else the machine did
  const emptied = await emptiedMs(plan, CONFIG);
  const deep = await openPlan(device, {...CONFIG, nLayers: 12}, BATCH);
  const result = {
    adapter: [device.adapterInfo.vendor, device.adapterInfo.architecture].join(' '),
    dispatchesPerStep: perStep.dispatches,
    submitsPerStep: perStep.submits,
    passesPerStep: perStep.passes,
    writeBuffersPerStep: perStep.writeBuffers,
    allocationsPerStep: perStep.buffers + perStep.bindGroups + perStep.pipelines,
    pipelines: opened.pipelines,
    msToFirstStep,
    msPerStep,
    msPerStepMedian: median(times),
    nullDispatchMs: emptied.awaited,
    nullDispatchPipelinedMs: emptied.pipelined,
    jsMicrosPerStepNull: await javaScriptMicros(plan, CONFIG),
    jsMicrosPerStepNull12Layers: await javaScriptMicros(deep, CONFIG),
    gemmGflops: gemm / 1e9,
    mfu: (flops(CONFIG) * 1000) / msPerStep / gemm,
    peakBytes: opened.peakBytes,
    peakBytesRatio: opened.peakBytes / neededBytes(CONFIG),
  };
  for (const opened of [plan, deep]) opened.dispose();
  return result;
}

/** Gradients at one step, losses over 100, and whether a second run gives the same bits. */
export async function measureAccuracy() {
  const device = await testDevice();
  const opened = await openBackend.wasm();
  if (!opened) throw new Error('This browser has no WebAssembly.');
  const plan = await openPlan(device, CONFIG, BATCH);
  const batch = randomBatch(CONFIG, BATCH);
  const {gradient} = await plan.gradient(batch);
  const reference = referenceGradient(CONFIG, initialArena(CONFIG, 1), batch);
  const errors = plan.program.layout.slots.map(({name, offset, size}) =>
    relativeError(gradient.subarray(offset, offset + size), reference.gradients.get(name)!),
  );
  plan.dispose();

  const run = async () => {
    const arenas = testArenas(device, initialArena(SMALL, 1));
    const small = await TrainPlan.create({device, config: SMALL, batchSize: 4, arenas});
    const losses: number[] = [];
    for (let step = 1; step <= 100; step++)
      losses.push((await small.stepAndReport(randomBatch(SMALL, 4, step), settings(step))).loss);
    const theta = await readBuffer(device, arenas.buffers().theta, small.program.layout.length);
    small.dispose();
    return {losses, theta};
  };
  const first = await run();
  const second = await run();
  const oracle = new ReferenceRun(SMALL, initialArena(SMALL, 1));
  const apart = first.losses.map((loss, i) =>
    Math.abs(loss - oracle.step(randomBatch(SMALL, 4, i + 1), settings(i + 1)).loss),
  );
  return {
    gradMaxRel: Math.max(...errors),
    loss100MaxAbs: Math.max(...apart),
    bitIdentical:
      first.theta.every((value, i) => Object.is(value, second.theta[i])) &&
      first.losses.every((loss, i) => loss === second.losses[i]),
  };
}

export async function measureDecode() {
  installWebGpuCounters();
  const device = await testDevice();
  const theta = bufferOf(device, initialArena(CONFIG, 1));
  const plan = await DecodePlan.create({
    device,
    config: CONFIG,
    weights: {buffer: () => theta, flush: () => undefined},
  });
  const tokens = 64;
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

Object.assign(globalThis, {measurePlan, measureAccuracy, measureDecode});
