import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import {backend, getBackend} from '@tensorflow/tfjs-core';
import {checkTokenCount} from '../math/sampling-options.js';
import type {GPTConfig} from '../model/config.js';
import {TokensError} from '../model/gpt.js';
import type {Weights} from '../model/weights.js';
import {
  DecodePlan,
  type DecodeWeights,
  KernelError,
  MOST_CANDIDATES,
  MOST_DRAWS,
  PlanError,
  rememberedVariant,
  tfjsArenas,
  type VariantMemory,
  writingObstacle,
} from '../webgpu/index.js';
import type {ModelArenas} from './arenas.js';
import {type GeneratedToken, type GenerationOptions, generate, type Writer} from './generate.js';
import type {TrainingOptions} from './options.js';
import {checkHalfWriting, checkWriting} from './plan-gate.js';
import {remembered} from './remembered.js';

/** Milliseconds that a submission may take: while candidates are shown, so that the text flows; otherwise, so that it can be stopped. */
const WATCHED_MS = 80;
const UNWATCHED_MS = 250;

/** A GPU that holds the weights. */
export interface WritingDevice {
  device: GPUDevice;
  weights: DecodeWeights;
  /** Where the quickest kernels for a device are remembered. Default: the browser's storage. */
  memory?: VariantMemory;
}

export interface TextWriterSpec {
  config: GPTConfig;
  /** Returns the weights for one forward pass of the reference, inside a tidy. */
  getWeights: () => Weights;
  /** Absent: the reference writes. */
  gpu?: WritingDevice;
  /** The settings in force: `kernels` chooses what writes, the others which kernels were the quickest in training. */
  options: () => Pick<TrainingOptions, 'kernels' | 'batchSize' | 'precision'>;
}

/** Returns the GPU that can write with planned kernels from these arenas; undefined where the reference has to. */
export function writingDevice(config: GPTConfig, arenas: ModelArenas): WritingDevice | undefined {
  if (getBackend() !== 'webgpu' || writingObstacle(config)) return undefined;
  const gpu = backend() as WebGPUBackend;
  const {readOnly} = arenas;
  const held = () => tfjsArenas(gpu, readOnly ? {theta: readOnly.vectors} : arenas.weightVariables());
  const weights: DecodeWeights = {
    buffers: () => ({...held().buffers(), ...readOnly?.matrixBuffers()}),
    flush: () => held().flush(),
    version: () => arenas.version,
    separate: readOnly?.separate,
    pieceBytes: arenas.pieceBytes,
  };
  return {device: gpu.device, weights};
}

/**
 * Continues texts, on one of two kinds of kernels that write the same tokens: planned WGSL kernels, which keep keys and values of what was
 * read and draw many tokens in one submission, or the reference, with a forward pass for every token. The reference writes where there is no
 * WebGPU, on request, and where the device refuses the plan or computes something else than the reference.
 */
export class TextWriter implements Writer {
  readonly #spec: TextWriterSpec;
  #plan?: Promise<DecodePlan>;
  #refused = false;

  constructor(spec: TextWriterSpec) {
    this.#spec = spec;
  }

  get kernels(): Writer['kernels'] {
    const {gpu, options} = this.#spec;
    return gpu && !this.#refused && options().kernels !== 'reference' ? 'plan' : 'reference';
  }

  async *write(promptIds: ArrayLike<number>, options: GenerationOptions): AsyncGenerator<GeneratedToken[]> {
    const plan = options.interventions?.length ? undefined : await this.#readyPlan();
    if (!plan) {
      const {getWeights, config} = this.#spec;
      for await (const token of generate(getWeights, config, promptIds, options)) yield [token];
      return;
    }
    const {maxNewTokens, candidates = MOST_CANDIDATES, interventions: _, ...sampling} = options;
    checkTokenCount('number of new tokens', maxNewTokens);
    const text = begin(plan, promptIds, {...sampling, candidates});
    const budget = candidates > 0 ? WATCHED_MS : UNWATCHED_MS;
    let count = 1; // as many as the device draws in that time
    for (let left = maxNewTokens; left > 0; ) {
      const start = performance.now();
      const tokens = await plan.next(text, Math.min(count, left));
      const share = budget / Math.max(1, performance.now() - start);
      count = Math.max(1, Math.min(MOST_DRAWS, 4 * count, Math.round(tokens.length * share)));
      left -= tokens.length;
      yield tokens;
    }
  }

  dispose(): void {
    void this.#plan?.then((plan) => plan.dispose()).catch(() => {});
  }

  /** Undefined: the reference has to write. */
  async #readyPlan(): Promise<DecodePlan | undefined> {
    const {gpu} = this.#spec;
    if (!gpu || this.kernels === 'reference') return undefined;
    try {
      return await (this.#plan ??= this.#prepare(gpu));
    } catch (error) {
      if (!(error instanceof PlanError || error instanceof KernelError)) {
        this.#plan = undefined; // e.g. a lost device: the next text may succeed
        throw error;
      }
      if (!this.#refused)
        console.warn(`gpt-elements writes with the reference instead of planned kernels: ${error.message}`);
      this.#refused = true;
      return undefined;
    }
  }

  async #prepare({device, weights, memory = remembered}: WritingDevice): Promise<DecodePlan> {
    const {config, options} = this.#spec;
    const {batchSize, precision} = options();
    // Kernels are never timed here: someone who only wants a text should not have to wait for that.
    const variant = await rememberedVariant(
      device,
      {config, batchSize},
      {memory, half: precision === 'mixed'},
    );
    const check = (weights.separate?.stored === 'f16' ? checkHalfWriting : checkWriting)(device, {
      variant,
      memory,
    }); // runs while the plan is compiled
    check.catch(() => {});
    const plan = await DecodePlan.create({device, config, weights, variant});
    try {
      await check;
    } catch (error) {
      plan.dispose();
      throw error;
    }
    return plan;
  }
}

/** @throws {TokensError} on a prompt that the model cannot read, as the reference does */
function begin(plan: DecodePlan, ...text: Parameters<DecodePlan['begin']>): ReturnType<DecodePlan['begin']> {
  try {
    return plan.begin(...text);
  } catch (error) {
    throw error instanceof PlanError ? new TokensError(error.message) : error;
  }
}
