/**
 * Counts what a page asks of WebGPU: deterministic figures that carry over from a software adapter to a real GPU, where
 * milliseconds do not. Install before any library touches the GPU.
 */
export interface WebGpuCalls {
  dispatches: number;
  submits: number;
  passes: number;
  bindGroups: number;
  pipelines: number;
  writeBuffers: number;
  buffers: number;
  readbacks: number;
  /** Bytes of all buffers that are not destroyed. */
  liveBytes: number;
  /** The most that `liveBytes` has been. */
  peakBytes: number;
}

const calls: WebGpuCalls = {
  dispatches: 0,
  submits: 0,
  passes: 0,
  bindGroups: 0,
  pipelines: 0,
  writeBuffers: 0,
  buffers: 0,
  readbacks: 0,
  liveBytes: 0,
  peakBytes: 0,
};

type Method = (this: object, ...args: unknown[]) => unknown;

/** Calls `seen` after each call of a method. Without WebGPU there is nothing to wrap. */
function watch(
  type: string,
  method: string,
  seen: (self: object, args: unknown[], result: unknown) => void,
): void {
  const prototype = (
    globalThis as unknown as Record<string, {prototype: Record<string, Method>} | undefined>
  )[type]?.prototype;
  const original = prototype?.[method];
  if (!prototype || !original) return;
  prototype[method] = function (...args) {
    const result = original.apply(this, args);
    seen(this, args, result);
    return result;
  };
}

let installed = false;

/** Starts counting; again changes nothing. */
export function installWebGpuCounters(): void {
  if (installed) return;
  installed = true;
  const count = (type: string, method: string, name: keyof WebGpuCalls) =>
    watch(type, method, () => calls[name]++);
  count('GPUComputePassEncoder', 'dispatchWorkgroups', 'dispatches');
  count('GPUComputePassEncoder', 'dispatchWorkgroupsIndirect', 'dispatches');
  count('GPUQueue', 'submit', 'submits');
  count('GPUQueue', 'writeBuffer', 'writeBuffers');
  count('GPUCommandEncoder', 'beginComputePass', 'passes');
  count('GPUDevice', 'createBindGroup', 'bindGroups');
  count('GPUDevice', 'createComputePipeline', 'pipelines');
  count('GPUDevice', 'createComputePipelineAsync', 'pipelines');
  count('GPUBuffer', 'mapAsync', 'readbacks');

  const sizes = new WeakMap<object, number>();
  watch('GPUDevice', 'createBuffer', (_, [descriptor], buffer) => {
    const {size} = descriptor as GPUBufferDescriptor;
    sizes.set(buffer as object, size);
    calls.buffers++;
    calls.liveBytes += size;
    calls.peakBytes = Math.max(calls.peakBytes, calls.liveBytes);
  });
  watch('GPUBuffer', 'destroy', (buffer) => {
    calls.liveBytes -= sizes.get(buffer) ?? 0;
    sizes.delete(buffer);
  });
}

export const webGpuCalls = (): WebGpuCalls => ({...calls});

/** What was asked between two counts; of bytes, the later state. */
export function callsBetween(before: WebGpuCalls, after: WebGpuCalls): WebGpuCalls {
  const difference = {...after};
  for (const name of Object.keys(difference) as (keyof WebGpuCalls)[])
    if (name !== 'liveBytes' && name !== 'peakBytes') difference[name] -= before[name];
  return difference;
}
