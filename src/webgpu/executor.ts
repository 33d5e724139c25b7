/**
 * Runs programs: allocates their buffers, makes their bind groups, and then encodes the same dispatches again and again. After
 * preparation a run allocates nothing.
 */
import {FIRST_BUFFER_BINDING, MAX_SIZES, SIZE_BINDING, STEP_BINDING} from './kernel.js';
import {pipelineOf} from './pipelines.js';
import {type Dispatch, PlanError, type Program} from './program.js';
import type {Progress} from './progress.js';
import {StepValues} from './step-values.js';

interface Command {
  pipeline: GPUComputePipeline;
  bindings: GPUBindGroup;
  groups: [number, number, number];
}

/** Bytes from one dispatch's sizes to the next: the alignment that WebGPU asks of uniforms. */
const SIZES_STRIDE = 256;

/** Buffers of others, by the names that a program has for them. */
export type GivenBuffers = Readonly<Record<string, GPUBuffer>>;

export class Executor {
  /** What changes from step to step; `upload` sends it. */
  readonly values = new StepValues();
  #commands: Command[] = [];
  #given?: GivenBuffers;
  readonly #buffers = new Map<string, GPUBuffer>();
  readonly #sizeBuffer: GPUBuffer;
  readonly #stepBuffer: GPUBuffer;

  readonly #program: Program;
  readonly #pipelines: GPUComputePipeline[];

  private constructor(
    readonly device: GPUDevice,
    program: Program,
    pipelines: GPUComputePipeline[],
  ) {
    this.#program = program;
    this.#pipelines = pipelines;

    this.#sizeBuffer = device.createBuffer({
      label: 'sizes',
      size: Math.max(1, program.dispatches.length) * SIZES_STRIDE,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    this.#stepBuffer = device.createBuffer({
      label: 'step',
      size: this.values.bytes.byteLength,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(this.#sizeBuffer, 0, packSizes(program.dispatches));
    for (const [name, words] of program.buffers)
      this.#buffers.set(
        name,
        device.createBuffer({
          label: name,
          size: words * 4,
          usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
        }),
      );
    for (const [name, words] of program.constants) device.queue.writeBuffer(this.buffer(name), 0, words);
  }

  /**
   * Compiles a program's kernels and allocates its buffers. `bind` completes it.
   * @throws {PlanError} where a buffer is larger than the device allows
   * @throws {KernelError} where the device refuses a kernel
   */
  static async prepare(device: GPUDevice, program: Program, onProgress?: Progress): Promise<Executor> {
    checkLimits(device, program);
    const kernels = new Set(program.dispatches.map(({kernel}) => kernel.code)).size;
    const reported = new Set<string>();
    const pipelines = await Promise.all(
      program.dispatches.map(async ({kernel}) => {
        const pipeline = await pipelineOf(device, kernel);
        if (!reported.has(kernel.code)) onProgress?.(reported.add(kernel.code).size, kernels);
        return pipeline;
      }),
    );
    return new Executor(device, program, pipelines);
  }

  /** Makes the bind groups; again only where one of the given buffers is another than before. */
  bind(given: GivenBuffers): void {
    const before = this.#given;
    if (before && Object.entries(given).every(([name, buffer]) => before[name] === buffer)) return;
    this.#given = given;
    const bufferOf = (name: string): GPUBuffer => {
      const buffer = this.#buffers.get(name) ?? given[name];
      if (!buffer) throw new PlanError(`The program needs a buffer “${name}”, which was not given.`);
      return buffer;
    };
    this.#commands = this.#program.dispatches.map((dispatch, i) => ({
      pipeline: this.#pipelines[i]!,
      groups: dispatch.groups,
      bindings: this.device.createBindGroup({
        label: dispatch.label,
        layout: this.#pipelines[i]!.getBindGroupLayout(0),
        entries: [
          {
            binding: SIZE_BINDING,
            resource: {buffer: this.#sizeBuffer, offset: i * SIZES_STRIDE, size: MAX_SIZES * 4},
          },
          {binding: STEP_BINDING, resource: {buffer: this.#stepBuffer}},
          ...dispatch.kernel.buffers.map(({name}, b) => {
            const {buffer, offset, length} = dispatch.buffers[name]!;
            return {
              binding: b + FIRST_BUFFER_BINDING,
              resource: {buffer: bufferOf(buffer), offset: offset * 4, size: length * 4},
            };
          }),
        ],
      }),
    }));
  }

  /** A buffer of the program's own. */
  buffer(name: string): GPUBuffer {
    return this.#buffers.get(name)!;
  }

  /** Sends `values`; they hold for whatever is submitted next. */
  upload(): void {
    this.device.queue.writeBuffer(this.#stepBuffer, 0, this.values.bytes);
  }

  /** Encodes the dispatches from `start` to before `end` into a pass. */
  encode(pass: GPUComputePassEncoder, start = 0, end = this.#commands.length): void {
    let current: GPUComputePipeline | undefined;
    for (let i = start; i < end; i++) {
      const {pipeline, bindings, groups} = this.#commands[i]!;
      if (pipeline !== current) pass.setPipeline((current = pipeline));
      pass.setBindGroup(0, bindings);
      pass.dispatchWorkgroups(groups[0], groups[1], groups[2]);
    }
  }

  /** Frees the program's own buffers. */
  dispose(): void {
    for (const buffer of this.#buffers.values()) buffer.destroy();
    this.#sizeBuffer.destroy();
    this.#stepBuffer.destroy();
    this.#buffers.clear();
    this.#commands = [];
  }
}

function packSizes(dispatches: readonly Dispatch[]): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(Math.max(1, dispatches.length) * (SIZES_STRIDE / 4));
  dispatches.forEach(({kernel, sizes}, i) => {
    kernel.sizes.forEach((name, field) => {
      words[i * (SIZES_STRIDE / 4) + field] = sizes[name]!;
    });
  });
  return words;
}

function checkLimits(device: GPUDevice, {buffers, dispatches}: Program): void {
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
  for (const [name, words] of buffers)
    if (words * 4 > device.limits.maxBufferSize)
      throw new PlanError(
        `“${name}” needs ${megabytes(words * 4)} in one piece, and this device gives at most ${megabytes(device.limits.maxBufferSize)}: ` +
          'choose a smaller batch or model.',
      );
  const largest = Math.max(
    ...dispatches.flatMap(({buffers: used}) => Object.values(used).map(({length}) => length * 4)),
  );
  if (largest > device.limits.maxStorageBufferBindingSize)
    throw new PlanError(
      `A kernel would have to see ${megabytes(largest)} at once, and this device shows at most ` +
        `${megabytes(device.limits.maxStorageBufferBindingSize)}: choose a smaller batch or model.`,
    );
}
