import {matMul, tensor2d} from '@tensorflow/tfjs-core';
import {type GPTConfig, normalizeConfig} from '../../model/config.js';
import {PRESETS, type PresetName} from '../../model/presets.js';
import {DEFAULT_TRAINING} from '../../training/options.js';
import {RECOMMENDED_TRAINING} from '../../training/recommended.js';
import {TrainingSession} from '../../training/session.js';
import type {Stepper} from '../../training/stepper.js';
import {LanguageTask} from '../../training/tasks/language.js';

/**
 * Floating-point operations (multiply-adds × 2) of one training step on B windows. Per token and block the matrices take 24C²
 * (qkv 6C², projection 2C², feed-forward 16C²) and attention 4TC, the head takes 2VC; the backward pass does twice the forward's work.
 */
export function stepFlops(
  {vocabSize: V, contextLength: T, embDim: C, nLayers: L}: GPTConfig,
  batchSize: number,
): number {
  return 3 * batchSize * T * (L * (24 * C * C + 4 * T * C) + 2 * V * C);
}

/** What the probe has learned of a device. A step of a model with L blocks takes about `overheadMs`·(L + 1) + flops / `flopsPerSecond`. */
export interface Speed {
  flopsPerSecond: number;
  /** What a block's operations cost however small they are: launching them, waiting for them. */
  overheadMs: number;
  /** How long the probe took. */
  probeMs: number;
  /** What computed the steps: the same that will compute them in a run. */
  kernels?: Stepper['kernels'];
}

/** Milliseconds of one product of two 192×192 matrices on the current backend, once it is prepared for them: the best of three. */
export async function glance(): Promise<number> {
  const side = 192;
  const a = tensor2d(
    Float32Array.from({length: side * side}, (_, i) => (i % 7) - 3),
    [side, side],
  );
  const product = async () => {
    const result = matMul(a, a);
    await result.data();
    result.dispose();
  };
  try {
    await product();
    let best = Number.POSITIVE_INFINITY;
    for (let n = 0; n < 3; n++) {
      const start = performance.now();
      await product();
      best = Math.min(best, performance.now() - start);
    }
    return best;
  } finally {
    a.dispose();
  }
}

/** One-block models, each some thirty times the work of the one before: the last only where it is quick. */
const RUNGS = [
  {contextLength: 16, embDim: 16, batchSize: 4},
  {contextLength: 64, embDim: 48, batchSize: 4},
  {contextLength: 128, embDim: 128, batchSize: 8},
].map(({batchSize, ...size}) => ({
  batchSize,
  config: normalizeConfig({...PRESETS.nano.config, ...size, nHeads: 4, nLayers: 1}),
}));

/** Milliseconds that the steps of one rung may take. */
const BUDGET_MS = 100;

/** Most steps that are begun one after the other: a run does not wait for one before it begins the next either. */
const MOST_AHEAD = 8;

/** A rung's fastest step after one that compiles what is needed. */
async function timeRung(
  {config, batchSize}: (typeof RUNGS)[number],
  expired: () => boolean,
): Promise<{ms: number; kernels: Stepper['kernels']}> {
  const tokens = Int32Array.from(
    {length: 4 * config.contextLength + 1},
    (_, i) => (i * i) % config.vocabSize,
  );
  const options = {...DEFAULT_TRAINING, batchSize};
  const session = new TrainingSession({
    config,
    options,
    task: new LanguageTask({
      trainTokens: tokens,
      validationTokens: tokens,
      contextLength: config.contextLength,
      seed: 0,
    }),
    seed: 0,
  });
  try {
    await session.step();
    let best = Number.POSITIVE_INFINITY;
    let spent = 0;
    let ahead = 1;
    for (let n = 0; n < 3 && (n === 0 || (!expired() && spent < BUDGET_MS)); n++) {
      const start = performance.now();
      let last = await session.begin();
      for (let i = 1; i < ahead; i++) last = await session.begin();
      await last.read();
      const ms = performance.now() - start;
      spent += ms;
      best = Math.min(best, ms / ahead);
      ahead = Math.max(1, Math.min(MOST_AHEAD, Math.floor((BUDGET_MS - spent) / (2 * best))));
    }
    return {ms: best, kernels: session.kernels};
  } finally {
    session.dispose();
  }
}

/**
 * Times real training steps of small models on the current tfjs backend: about 200 ms, plus compiling.
 * @param expired Says when to stop: the device is too slow to be chosen.
 */
export async function probe(expired: () => boolean = () => false): Promise<Speed> {
  const start = performance.now();
  const measured: {flops: number; ms: number}[] = [];
  let kernels: Stepper['kernels'] | undefined;
  for (const rung of RUNGS) {
    const flops = stepFlops(rung.config, rung.batchSize);
    const slow =
      measured.length > 1 && estimateStepMs(rung.config, rung.batchSize, fit(measured)) > BUDGET_MS;
    if (slow || (measured.length > 0 && expired())) break;
    const {ms, kernels: used} = await timeRung(rung, expired);
    measured.push({flops, ms});
    kernels = used;
  }
  return {...fit(measured), probeMs: performance.now() - start, kernels};
}

/** A line through the two largest rungs: what grows with the work is the rate, what does not is overhead. */
function fit(measured: {flops: number; ms: number}[]): Omit<Speed, 'probeMs'> {
  const [small, large] = [measured.at(-2), measured.at(-1)!];
  // Times that hardly grow say little of the rate: at least a tenth of the larger one is taken to be work.
  const workMs = small
    ? Math.max(0.1 * large.ms, ((large.ms - small.ms) * large.flops) / (large.flops - small.flops))
    : large.ms;
  const ms = Math.min(large.ms, workMs);
  return {flopsPerSecond: (1000 * large.flops) / ms, overheadMs: (large.ms - ms) / 2};
}

/** Milliseconds of one training step, estimated from what the probe has learned. */
export function estimateStepMs(config: GPTConfig, batchSize: number, speed: Omit<Speed, 'probeMs'>): number {
  return (
    speed.overheadMs * (config.nLayers + 1) + (1000 * stepFlops(config, batchSize)) / speed.flopsPerSecond
  );
}

/** Seconds that a reader is asked to wait for a whole run. */
const PATIENCE_S = 120;

/** The largest preset whose recommended run ends within about two minutes; `nano` where none does. */
export function suggestPreset(speed: Omit<Speed, 'probeMs'>): PresetName {
  const names = Object.keys(PRESETS) as PresetName[];
  return (
    names.findLast((name) => {
      const {steps, batchSize} = {...DEFAULT_TRAINING, ...RECOMMENDED_TRAINING[name]};
      return (steps * estimateStepMs(PRESETS[name].config, batchSize, speed)) / 1000 <= PATIENCE_S;
    }) ?? 'nano'
  );
}
