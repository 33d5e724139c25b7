/** Trains the reference model on one backend, measures and counts. */
import {memory} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import {openBackend} from '../../src/engine/device/backend.js';
import {key, uniformStream} from '../../src/math/rng.js';
import {countParameters} from '../../src/model/parameters.js';
import {PRESETS, type PresetName} from '../../src/model/presets.js';
import {DEFAULT_TRAINING} from '../../src/training/options.js';
import {RECOMMENDED_TRAINING} from '../../src/training/recommended.js';
import {TrainingSession} from '../../src/training/session.js';
import {LanguageTask} from '../../src/training/tasks/language.js';
import {median} from './timing.js';
import {callsBetween, installWebGpuCounters, type WebGpuCalls, webGpuCalls} from './webgpu-calls.js';

export interface BenchRequest {
  backend: 'webgpu' | 'wasm' | 'cpu';
  preset: PresetName;
  steps: number;
}

/** What tfjs and the GPU hold at a moment. */
interface Held {
  step: number;
  tensors: number;
  tensorBytes: number;
  gpuBytes: number;
}

export interface BenchResult {
  adapter: string;
  parameters: number;
  batchSize: number;
  firstLoss: number;
  lastLoss: number;
  msToFirstStep: number;
  /** The median of all steps after the first. */
  msPerStep: number;
  tokensPerSecond: number;
  /** Of one steady step; all zero off WebGPU. */
  perStep: WebGpuCalls;
  pipelines: number;
  /** After the second step and after the last: equal, unless something leaks. */
  early: Held;
  late: Held;
}

export async function bench({backend, preset, steps}: BenchRequest): Promise<BenchResult> {
  installWebGpuCounters();
  const opened = await openBackend[backend]();
  if (!opened) throw new Error(`This browser has no ${backend}.`);
  const {config} = PRESETS[preset];
  const options = {
    ...DEFAULT_TRAINING,
    ...RECOMMENDED_TRAINING[preset],
    steps,
    kernels: 'reference' as const,
  };
  const draw = uniformStream(key(1));
  // Random tokens: the work of a step does not depend on what the text says.
  const tokens = () => Int32Array.from({length: 20_000}, () => Math.floor(draw() * config.vocabSize));
  const began = performance.now();
  const session = new TrainingSession({
    config,
    options,
    task: new LanguageTask({
      trainTokens: tokens(),
      validationTokens: tokens(),
      contextLength: config.contextLength,
      seed: 1,
    }),
    seed: 1,
  });

  const held = (): Held => ({
    step: session.stepsDone,
    tensors: memory().numTensors,
    tensorBytes: memory().numBytes,
    gpuBytes: webGpuCalls().liveBytes,
  });
  const {loss: firstLoss} = await session.step();
  const msToFirstStep = performance.now() - began;
  await session.step();
  const early = held();
  const before = webGpuCalls();
  const times: number[] = [];
  let lastLoss = firstLoss;
  let perStep = callsBetween(before, before);
  for (let step = 3; step <= steps; step++) {
    const from = performance.now();
    lastLoss = (await session.step()).loss;
    times.push(performance.now() - from);
    if (step === 3) perStep = callsBetween(before, webGpuCalls());
  }
  const complaints = opened.takeErrors();
  if (complaints.length > 0) throw new Error(`The GPU complained: ${complaints.join(' ')}`);
  const msPerStep = median(times);
  return {
    adapter: opened.description,
    parameters: countParameters(config),
    batchSize: options.batchSize,
    firstLoss,
    lastLoss,
    msToFirstStep,
    msPerStep,
    tokensPerSecond: (options.batchSize * config.contextLength * 1000) / msPerStep,
    perStep,
    pipelines: webGpuCalls().pipelines,
    early,
    late: held(),
  };
}

Object.assign(globalThis, {bench});
