/**
 * Which variant is the quickest is for the device to say: every one that it can run does a few steps of a small model with the widths and
 * lengths of the real one, in turns. Before that it must prove itself: its gradient has to be that of the plainest kernels, which need neither
 * barriers nor subgroups. The answer is remembered, since it holds for as long as adapter and shapes are the same.
 */
import {hash32} from '../math/rng.js';
import type {GPTConfig} from '../model/config.js';
import {initialArena} from '../model/init.js';
import {KernelError} from './pipelines.js';
import {PlanError} from './program.js';
import {type Arenas, type Batch, type StepSettings, TrainPlan} from './train-plan.js';
import {isSoftware, VARIANTS, type Variant, variantFor} from './variant.js';

/** Where answers are kept. Losing them costs a second. */
export interface VariantMemory {
  get(key: string): Promise<string | undefined>;
  set(key: string, name: string): Promise<void>;
}

export interface Candidate {
  name: string;
  variant: Variant;
  /** How far its gradient may be off, as a share of the largest entry. */
  tolerance: number;
}

export interface Shape {
  config: GPTConfig;
  batchSize: number;
  /** Default: the context length. */
  length?: number;
}

export interface MeasureOptions {
  memory?: VariantMemory;
  /** Whether activations are saved in 16 bits. The gradient is then only good to about 2 in 1000. Default: no. */
  half?: boolean;
  /** Default: what the device can run. */
  candidates?: readonly Candidate[];
}

/** Rounding differs from kernel to kernel, and stays far below this. */
const SINGLE = 1e-3;
const HALF = 2e-2;
/** Rows and tokens of the vocabulary in the model that is timed, at most. */
const MOST_ROWS = 1024;
const MOST_TOKENS = 256;
const ROUNDS = 3;
const STEPS = 5;

/** The variants that are worth a try on a device, for a model of some width. A single one where the choice is clear. */
export function candidatesFor(device: GPUDevice, embDim: number, half = false): Candidate[] {
  const usual = variantFor(device, embDim);
  const named: [string, Variant][] = [['usual', usual]];
  if (!isSoftware(device)) {
    if (device.features.has('subgroups'))
      named.push(['quads', VARIANTS.quads], ['a thread a head', {...usual, heads: 'alone'}]);
    named.push(['registers', {...usual, tile: 'registers'}]);
  }
  return named.map(([name, variant]) =>
    half
      ? {name: `${name}, 16 bits`, variant: {...variant, stored: 'f16'}, tolerance: HALF}
      : {name, variant, tolerance: SINGLE},
  );
}

/**
 * The quickest variant for a model on a device, measured once and then remembered.
 * @throws nothing that has to do with a candidate: one that fails is left out, and where none is left the usual one is the answer
 */
export async function measuredVariant(
  device: GPUDevice,
  shape: Shape,
  {memory, half = false, candidates = candidatesFor(device, shape.config.embDim, half)}: MeasureOptions = {},
): Promise<Variant> {
  const remembered = await rememberedVariant(device, shape, {memory, candidates});
  if (remembered) return remembered;
  const quickest = await measure(device, shape, candidates);
  if (!quickest) {
    const usual = variantFor(device, shape.config.embDim);
    return half ? {...usual, stored: 'f16'} : usual;
  }
  await memory?.set(variantKey(device, shape, candidates), quickest.name).catch(() => undefined);
  return quickest.variant;
}

/** What `measuredVariant` would answer without measuring: undefined where there is a choice that nothing is known of yet. */
export async function rememberedVariant(
  device: GPUDevice,
  shape: Shape,
  {memory, half = false, candidates = candidatesFor(device, shape.config.embDim, half)}: MeasureOptions = {},
): Promise<Variant | undefined> {
  if (candidates.length === 1) return candidates[0]!.variant;
  const known = await memory?.get(variantKey(device, shape, candidates)).catch(() => undefined);
  return candidates.find(({name}) => name === known)?.variant;
}

/** Adapter and shapes in words: what an answer holds for. Batches are told apart by powers of two only. */
export function variantKey(
  {adapterInfo}: GPUDevice,
  {config, batchSize, length = config.contextLength}: Shape,
  candidates: readonly Candidate[],
): string {
  const {vendor, architecture, device, description} = adapterInfo ?? {};
  const rows = 2 ** Math.round(Math.log2(batchSize * length));
  const shapes = [config.embDim, config.nHeads, length, rows].join(' ');
  return [vendor, architecture, device, description, shapes, candidates.map(({name}) => name)].join(' | ');
}

/** The quickest of those whose gradient is right; undefined where there is none. */
async function measure(
  device: GPUDevice,
  shape: Shape,
  candidates: readonly Candidate[],
): Promise<Candidate | undefined> {
  const model = smallModel(shape);
  const trials: Trial[] = [];
  try {
    const truth = await Trial.open(device, model, VARIANTS.cpu);
    const expected = await truth.gradient();
    truth.dispose();
    for (const candidate of candidates) {
      const trial = await Trial.open(device, model, candidate.variant, candidate).catch(orRefused);
      if (!trial) continue;
      trials.push(trial);
      trial.sound = deviation(await trial.gradient(), expected) <= candidate.tolerance;
    }
    const sound = trials.filter((trial) => trial.sound);
    for (let round = 0; round < ROUNDS; round++) for (const trial of sound) await trial.time();
    sound.sort((a, b) => a.ms - b.ms);
    return sound[0]?.candidate;
  } catch (error) {
    return orRefused(error);
  } finally {
    for (const trial of trials) trial.dispose();
  }
}

/** A variant that the device cannot run is no error here. */
function orRefused(error: unknown): undefined {
  if (!(error instanceof KernelError || error instanceof PlanError)) throw error;
}

interface SmallModel {
  config: GPTConfig;
  batchSize: number;
  length: number;
}

/** One block and few tokens: every kernel of a step, at the real widths and lengths. */
function smallModel({config, batchSize, length = config.contextLength}: Shape): SmallModel {
  return {
    config: {
      ...config,
      nLayers: 1,
      vocabSize: Math.min(config.vocabSize, MOST_TOKENS),
      contextLength: length,
    },
    batchSize: Math.max(1, Math.min(batchSize, Math.floor(MOST_ROWS / length))),
    length,
  };
}

/** Nothing is learned: the same step again and again. */
const SETTINGS: StepSettings = {
  step: 1,
  learningRate: 0,
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  weightDecay: 0,
  clipNorm: 1,
};

/** A small model that runs on one variant. */
class Trial {
  sound = false;
  /** The shortest time of a few steps. */
  ms = Number.POSITIVE_INFINITY;

  readonly #device: GPUDevice;
  readonly #plan: TrainPlan;
  readonly #arenas: GPUBuffer[];
  readonly #batch: Batch;

  private constructor(
    device: GPUDevice,
    plan: TrainPlan,
    arenas: GPUBuffer[],
    batch: Batch,
    readonly candidate?: Candidate,
  ) {
    this.#device = device;
    this.#plan = plan;
    this.#arenas = arenas;
    this.#batch = batch;
  }

  static async open(
    device: GPUDevice,
    {config, batchSize, length}: SmallModel,
    variant: Variant,
    candidate?: Candidate,
  ): Promise<Trial> {
    const weights = initialArena(config, 1) as Float32Array<ArrayBuffer>;
    const [theta, m, v] = [0, 1, 2].map(() =>
      device.createBuffer({
        size: weights.byteLength,
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
      }),
    ) as [GPUBuffer, GPUBuffer, GPUBuffer];
    device.queue.writeBuffer(theta, 0, weights);
    const arenas: Arenas = {buffers: () => ({theta, m, v}), flush: () => {}, changed: () => {}};
    const ids = Int32Array.from({length: batchSize * length}, (_, i) => hash32(i) % config.vocabSize);
    const batch = {tokens: {ids, batchSize, length}, labels: ids.toReversed()};
    try {
      const pieceBytes = Number.POSITIVE_INFINITY; // the arenas above are in one piece
      const plan = await TrainPlan.create({device, config, batchSize, length, arenas, variant, pieceBytes});
      return new Trial(device, plan, [theta, m, v], batch, candidate);
    } catch (error) {
      for (const buffer of [theta, m, v]) buffer.destroy();
      throw error;
    }
  }

  async gradient(): Promise<Float32Array> {
    return (await this.#plan.gradient(this.#batch)).gradient;
  }

  /** A few steps, submitted at once. */
  async time(): Promise<void> {
    const from = performance.now();
    for (let step = 0; step < STEPS; step++) this.#plan.step(this.#batch, SETTINGS);
    await this.#device.queue.onSubmittedWorkDone();
    this.ms = Math.min(this.ms, performance.now() - from);
  }

  dispose(): void {
    this.#plan.dispose();
    for (const buffer of this.#arenas) buffer.destroy();
  }
}

/** As a share of the largest entry; NaN where one is not a number. */
function deviation(values: Float32Array, truth: Float32Array): number {
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < truth.length; i++) {
    largest = Math.max(largest, Math.abs(truth[i]!));
    difference = Math.max(difference, Math.abs(values[i]! - truth[i]!));
  }
  return difference / largest;
}
