/** Browsers and drivers that compute wrong numbers have shipped: planned kernels are checked on each device before they are used. */
import {cutWindows} from '../data/batches.js';
import {encodeF16} from '../math/float16.js';
import {normalizeConfig} from '../model/config.js';
import {parameterLayout, readArena, vectorLayout} from '../model/parameters.js';
import {
  DecodePlan,
  type DecodeWeights,
  KernelError,
  MOST_CANDIDATES,
  PlanError,
  type Program,
  type SeparateMatrices,
  TrainPlan,
  type Variant,
  type VariantMemory,
  variantFor,
} from '../webgpu/index.js';
import {decodeProgram} from '../webgpu/planner/decode-program.js';
import {prefillProgram} from '../webgpu/planner/prefill-program.js';
import {trainProgram} from '../webgpu/planner/train-program.js';
import {hasPassed, rememberPassed, verdictKey} from './gate-memory.js';
import {GRADIENT, LIKELIEST, LOSS} from './golden/plan-gate.js';

/** Small, but large enough that every kernel runs more than one workgroup. */
const CONFIG = normalizeConfig({
  vocabSize: 65,
  contextLength: 32,
  embDim: 64,
  nHeads: 4,
  nLayers: 1,
  dropRate: 0,
  qkvBias: true,
  tieWeights: true,
});
const BATCH_SIZE = 2;
const TEXT = Int32Array.from({length: 65}, (_, i) => (i * i * 7) % CONFIG.vocabSize);

/**
 * Largest deviation relative to a value's scale, by how activations are stored. Correct kernels are a hundred times closer in float32 and seven
 * times in 16 bits (at most 1.4e-3, a bias's gradient); wrong kernels are far outside.
 */
const TOLERANCE = {f32: 1e-3, f16: 1e-2};

type Check = (device: GPUDevice, theta: GPUBuffer, variant: Variant) => Promise<void>;

export interface GateOptions {
  /** Default: the usual one for the device. */
  variant?: Variant;
  /** Where results are kept after the page is closed. Default: nowhere. */
  memory?: VariantMemory;
}

/**
 * Returns a function that runs a check until it passes or refuses the kernels, once per device and set of kernels, with the weights of the golden values. It does not run where the
 * memory says that the same kernels passed it in this browser on this adapter.
 * @param programs what the check runs: a result is valid for these alone
 */
function oncePerDevice(
  name: string,
  programs: (variant: Variant) => Program[],
  check: Check,
): (device: GPUDevice, options?: GateOptions) => Promise<void> {
  const verdicts = new WeakMap<GPUDevice, Map<string, Promise<void>>>();
  const run = async (device: GPUDevice, variant: Variant, memory?: VariantMemory) => {
    const key = memory && (await verdictKey(device, name, programs(variant)));
    if (key && (await hasPassed(memory, key))) return;
    const theta = arenaOf(device, goldenWeights());
    try {
      await check(device, theta, variant);
    } finally {
      theta.destroy();
    }
    if (key) await rememberPassed(memory, key);
  };
  return (device, {variant = variantFor(device), memory} = {}) => {
    let ofDevice = verdicts.get(device);
    if (!ofDevice) verdicts.set(device, (ofDevice = new Map()));
    const kernels = JSON.stringify(variant);
    let verdict = ofDevice.get(kernels);
    if (!verdict) {
      ofDevice.set(kernels, (verdict = run(device, variant, memory)));
      verdict.catch((error: unknown) => {
        // What has nothing to do with the kernels, e.g. too little memory, may pass.
        if (!(error instanceof PlanError || error instanceof KernelError)) ofDevice.delete(kernels);
      });
    }
    return verdict;
  };
}

/**
 * Compares the planned gradient of a small model with PyTorch's.
 * @throws {PlanError} where they differ
 */
export const checkTraining = oncePerDevice('training', trainingPrograms, async (device, theta, variant) => {
  const {length, slots} = parameterLayout(CONFIG);
  const moments = arenaOf(device, new Float32Array(length));
  const arenas = {buffers: () => ({theta, m: moments, v: moments}), flush() {}, changed() {}};
  let plan: TrainPlan | undefined;
  try {
    plan = await TrainPlan.create({device, config: CONFIG, batchSize: BATCH_SIZE, arenas, variant});
    const tolerance = TOLERANCE[variant.stored];
    const {loss, gradient} = await plan.gradient(cutWindows(TEXT, [0, 32], CONFIG.contextLength));
    compare('the loss', loss, LOSS, LOSS, tolerance);
    for (const {name, offset, size} of slots) {
      const values = gradient.subarray(offset, offset + size);
      const [projection, norm] = GRADIENT[name]!;
      const wave = values.reduce((sum, g, i) => sum + g * Math.cos(0.3 * i), 0);
      compare(`the gradient of “${name}”`, wave, projection, norm, tolerance);
      compare(`the gradient of “${name}”`, Math.hypot(...values), norm, norm, tolerance);
    }
  } finally {
    plan?.dispose();
    moments.destroy();
  }
});

/**
 * Compares a small model's probabilities with PyTorch's: after a prompt that is read token by token, and after one that is read at once.
 * @throws {PlanError} where they differ
 */
export const checkWriting = oncePerDevice(
  'writing',
  (variant) => writingPrograms(variant),
  (device, theta, variant) =>
    compareWriting(device, {buffers: () => ({theta}), flush() {}}, variant, TOLERANCE.f32),
);

const HALF: SeparateMatrices = {stored: 'f16', pieceBytes: Number.POSITIVE_INFINITY};

/** The same with weights in 16 bits. */
export const checkHalfWriting = oncePerDevice(
  'writing with weights in 16 bits',
  (variant) => writingPrograms(variant, HALF),
  async (device, _theta, variant) => {
    const {vectors, matrices} = halfBuffers(device);
    try {
      const weights = {buffers: () => ({theta: vectors, ...matrices}), flush() {}, separate: HALF};
      await compareWriting(device, weights, variant, TOLERANCE.f16);
    } finally {
      for (const buffer of [vectors, ...Object.values(matrices)]) buffer.destroy();
    }
  },
);

async function compareWriting(
  device: GPUDevice,
  weights: DecodeWeights,
  variant: Variant,
  tolerance: number,
): Promise<void> {
  const plan = await DecodePlan.create({device, config: CONFIG, weights, variant});
  try {
    for (const [length, likeliest] of Object.entries(LIKELIEST)) {
      const text = plan.begin(TEXT.subarray(0, Number(length)), {candidates: MOST_CANDIDATES});
      const [token] = await plan.next(text, 1);
      for (const [n, [id, probability]] of likeliest.entries()) {
        const found = token!.candidates[n]?.id === id ? token!.candidates[n]!.probability : Number.NaN;
        compare(`the probability of token ${id}`, found, probability, 1, tolerance);
      }
    }
  } finally {
    plan.dispose();
  }
}

/** Returns the weights of the golden values as `ReadOnlyWeights` holds them in 16 bits. */
function halfBuffers(device: GPUDevice): {vectors: GPUBuffer; matrices: Record<string, GPUBuffer>} {
  const weights = readArena(parameterLayout(CONFIG), goldenWeights());
  const {slots} = parameterLayout(CONFIG);
  const layout = vectorLayout(slots);
  const vectors = new Float32Array(layout.length);
  for (const {name, offset} of layout.slots) vectors.set(weights.get(name)!.data, offset);
  const matrices: Record<string, GPUBuffer> = {};
  for (const {name, shape, size} of slots) {
    if (shape.length === 1) continue;
    const halves = new Uint16Array(size);
    encodeF16(weights.get(name)!.data, halves);
    matrices[name] = arenaOf(device, halves);
  }
  return {vectors: arenaOf(device, vectors), matrices};
}

function trainingPrograms(variant: Variant): Program[] {
  return [trainProgram({config: CONFIG, batchSize: BATCH_SIZE, dropout: false, variant})];
}

function writingPrograms(variant: Variant, separate?: SeparateMatrices): Program[] {
  return [decodeProgram(CONFIG, variant, separate), prefillProgram(CONFIG, variant, separate)];
}

/** Returns the weights of the golden values: waves, so that no file is needed. */
function goldenWeights(): Float32Array<ArrayBuffer> {
  const {slots, length} = parameterLayout(CONFIG);
  const arena = new Float32Array(length);
  slots.forEach(({name, size, offset, shape}, slot) => {
    const center = shape.length === 1 && name.endsWith('.weight') ? 1 : 0; // a layer norm's scale
    for (let i = 0; i < size; i++) arena[offset + i] = center + 0.2 * Math.sin(1 + slot + 0.7 * i);
  });
  return arena;
}

function arenaOf(device: GPUDevice, values: Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>): GPUBuffer {
  const buffer = device.createBuffer({
    label: 'arena of the gate',
    size: values.byteLength,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  });
  device.queue.writeBuffer(buffer, 0, values);
  return buffer;
}

/**
 * @param scale the deviation is relative to this
 * @throws {PlanError} where it is above the tolerance
 */
function compare(what: string, value: number, truth: number, scale: number, tolerance = TOLERANCE.f32): void {
  const deviation = Math.abs(value - truth) / scale;
  if (!(deviation < tolerance))
    throw new PlanError(
      `On this device the planned kernels differ from the reference: ${what} is ${value.toPrecision(4)}, not ${truth.toPrecision(4)}.`,
    );
}
