/** A WebGPU device for tests, and the errors that WGSL mistakes leave nowhere else: kernels that fail write zeros and throw nothing. */

let opened: Promise<GPUDevice> | undefined;
const errors: string[] = [];

/** One device for all tests of a page, with whatever the adapter can give. */
export function testDevice(): Promise<GPUDevice> {
  return (opened ??= open());
}

/** Throws if the device reported an error since the last call. */
export async function expectNoGpuErrors(): Promise<void> {
  await (await testDevice()).queue.onSubmittedWorkDone();
  const found = errors.splice(0);
  if (found.length > 0) throw new Error(`The device reported: ${found.join('\n')}`);
}

async function open(): Promise<GPUDevice> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter)
    throw new Error('These tests need WebGPU: start the browser with the arguments in scripts/browser.mjs.');
  const {maxBufferSize, maxStorageBufferBindingSize} = adapter.limits;
  const device = await adapter.requestDevice({
    requiredFeatures: (['subgroups', 'shader-f16'] as GPUFeatureName[]).filter((name) =>
      adapter.features.has(name),
    ),
    requiredLimits: {maxBufferSize, maxStorageBufferBindingSize},
  });
  device.addEventListener('uncapturederror', ({error}) => errors.push(error.message));
  return device;
}

/** A storage buffer with these numbers. */
export function bufferOf(device: GPUDevice, data: Float32Array | Int32Array | Uint32Array): GPUBuffer {
  const buffer = device.createBuffer({
    size: Math.ceil(data.byteLength / 256) * 256,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  });
  device.queue.writeBuffer(buffer, 0, data as Float32Array<ArrayBuffer>);
  return buffer;
}

/** A buffer's numbers. */
export async function readBuffer(
  device: GPUDevice,
  buffer: GPUBuffer,
  length: number,
): Promise<Float32Array> {
  const staging = device.createBuffer({
    size: length * 4,
    usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
  });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, staging, 0, length * 4);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const numbers = new Float32Array(staging.getMappedRange().slice(0));
  staging.destroy();
  return numbers;
}
