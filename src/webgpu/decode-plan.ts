/**
 * Decoding as a plan: 4 L + 3 dispatches a token, many tokens a submission, the draw on the GPU: nothing is read back until the text is shown.
 * What is written is what `generate` of training/generate.ts writes, as long as it fits in the context.
 */
import {key} from '../math/rng.js';
import type {GPTConfig} from '../model/config.js';
import {Executor, type Progress} from './executor.js';
import {type DecodeProgram, decodeProgram} from './planner/decode-program.js';
import {PlanError} from './program.js';
import {type Variant, variantFor} from './variant.js';

export interface DecodePlanSpec {
  device: GPUDevice;
  config: GPTConfig;
  /** The weights: their buffer now, and submitting what still waits to change them. */
  weights: {buffer(): GPUBuffer; flush(): void};
  /** Default: the one for this device. */
  variant?: Variant;
  onProgress?: Progress;
}

export interface DecodeOptions {
  maxNewTokens: number;
  /** As in training/sample.ts. */
  temperature?: number;
  topK?: number;
  topP?: number;
  /** Fixes the draws. Default 0. */
  seed?: number;
  /** Tokens a submission: how often `generate` yields. Default 32. */
  tokensPerSubmit?: number;
}

export interface DecodedToken {
  id: number;
  /** Among the tokens that were eligible. */
  probability: number;
}

export class DecodePlan {
  private readonly staging: GPUBuffer;
  private bound?: GPUBuffer;
  private busy = false;

  private constructor(
    private readonly spec: DecodePlanSpec,
    readonly program: DecodeProgram,
    private readonly executor: Executor,
  ) {
    this.staging = spec.device.createBuffer({
      label: 'decoded tokens',
      size: 8 * (spec.config.contextLength + 1),
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
  }

  /**
   * Plans, compiles and allocates.
   * @throws {PlanError} on a configuration that cannot be planned
   */
  static async create(spec: DecodePlanSpec): Promise<DecodePlan> {
    const program = decodeProgram(spec.config, spec.variant ?? variantFor(spec.device));
    return new DecodePlan(spec, program, await Executor.prepare(spec.device, program, spec.onProgress));
  }

  /**
   * Writes on from a prompt until `maxNewTokens` or the end of the context. Stop it by leaving the loop.
   * @throws {PlanError} on an empty prompt, one that fills the context, or while another text is being written
   */
  async *generate(prompt: ArrayLike<number>, options: DecodeOptions): AsyncGenerator<DecodedToken> {
    const {contextLength} = this.spec.config;
    if (prompt.length < 1 || prompt.length > contextLength)
      throw new PlanError(
        `The prompt has ${prompt.length} tokens; this model reads at least 1 and at most ${contextLength}.`,
      );
    if (this.busy) throw new PlanError('This plan is writing another text: wait until that has ended.');
    this.busy = true;
    try {
      this.start(prompt, options);
      let from = prompt.length; // the place of the next token
      const end = Math.min(prompt.length + options.maxNewTokens, contextLength + 1);
      let read = prompt.length - 1; // prompt tokens before the last are only read
      while (from < end) {
        const count = Math.min(options.tokensPerSubmit ?? 32, end - from);
        this.submit(read, count, from);
        read = 0;
        yield* await this.collect(count);
        from += count;
      }
    } finally {
      this.busy = false;
    }
  }

  /** Frees everything but the weights. */
  dispose(): void {
    this.executor.dispose();
    this.staging.destroy();
  }

  private start(prompt: ArrayLike<number>, options: DecodeOptions): void {
    const {executor} = this;
    const {vocabSize} = this.spec.config;
    const {temperature = 1, topK, topP = 1, seed = 0} = options;
    executor.values.set({
      temperature,
      topP,
      topK: topK && topK > 0 ? Math.min(topK, vocabSize) : vocabSize,
      drawKey: key(seed),
    });
    executor.upload();
    const {queue} = executor.device;
    queue.writeBuffer(executor.buffer('tokens'), 0, Uint32Array.from(prompt));
    queue.writeBuffer(executor.buffer('state'), 0, Uint32Array.of(0, prompt.length));
  }

  /** Reads some tokens, then reads and draws some; the drawn ones end up in `staging`. */
  private submit(reading: number, drawing: number, from: number): void {
    const {executor, program, spec} = this;
    const weights = spec.weights.buffer();
    if (weights !== this.bound) executor.bind({theta: weights});
    this.bound = weights;
    spec.weights.flush();
    const encoder = spec.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (let i = 0; i < reading; i++) {
      executor.encode(pass, 0, program.reading);
      executor.encode(pass, program.drawing, program.drawing + 1);
    }
    for (let i = 0; i < drawing; i++) executor.encode(pass, 0, program.drawing);
    pass.end();
    encoder.copyBufferToBuffer(executor.buffer('tokens'), 4 * from, this.staging, 0, 4 * drawing);
    encoder.copyBufferToBuffer(
      executor.buffer('probabilities'),
      4 * from,
      this.staging,
      4 * drawing,
      4 * drawing,
    );
    spec.device.queue.submit([encoder.finish()]);
  }

  private async collect(count: number): Promise<DecodedToken[]> {
    await this.staging.mapAsync(GPUMapMode.READ, 0, 8 * count);
    const bytes = this.staging.getMappedRange(0, 8 * count).slice(0);
    this.staging.unmap();
    const ids = new Uint32Array(bytes, 0, count);
    const probabilities = new Float32Array(bytes, 4 * count, count);
    return Array.from(ids, (id, i) => ({id, probability: probabilities[i]!}));
  }
}
