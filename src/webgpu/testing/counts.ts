/** Counts calls of the WebGPU API, by wrapping its methods. */

const COUNTED = {
  dispatches: ['GPUComputePassEncoder', 'dispatchWorkgroups'],
  passes: ['GPUCommandEncoder', 'beginComputePass'],
  submits: ['GPUQueue', 'submit'],
  writeBuffers: ['GPUQueue', 'writeBuffer'],
  buffers: ['GPUDevice', 'createBuffer'],
  bindGroups: ['GPUDevice', 'createBindGroup'],
  pipelines: ['GPUDevice', 'createComputePipeline'],
  asyncPipelines: ['GPUDevice', 'createComputePipelineAsync'],
} as const;

export type Counts = Record<keyof typeof COUNTED, number>;

/** Runs `work` and tells how often each call was made meanwhile. */
export async function countCalls(work: () => unknown): Promise<Counts> {
  const counts = Object.fromEntries(Object.keys(COUNTED).map((name) => [name, 0])) as Counts;
  const undo: (() => void)[] = [];
  for (const [name, [type, method]] of Object.entries(COUNTED)) {
    const prototype = (globalThis as unknown as Record<string, {prototype: Record<string, unknown>}>)[type]!
      .prototype;
    const original = prototype[method] as (...args: unknown[]) => unknown;
    prototype[method] = function (this: unknown, ...args: unknown[]) {
      counts[name as keyof Counts]++;
      return original.apply(this, args);
    };
    undo.push(() => {
      prototype[method] = original;
    });
  }
  try {
    await work();
  } finally {
    for (const restore of undo) restore();
  }
  return counts;
}
