/** Compiles kernels, each once a device, without blocking: `createComputePipelineAsync` lets the driver's threads work in parallel. */
import {FIRST_BUFFER_BINDING, type Kernel, SIZE_BINDING, STEP_BINDING} from './kernel.js';

/** A kernel that the device refuses. */
export class KernelError extends Error {
  override name = 'KernelError';
}

const compiled = new WeakMap<GPUDevice, Map<string, Promise<GPUComputePipeline>>>();

/** The kernel's pipeline on this device; compiled at the first call. */
export function pipelineOf(device: GPUDevice, kernel: Kernel): Promise<GPUComputePipeline> {
  let known = compiled.get(device);
  if (!known) compiled.set(device, (known = new Map()));
  let pipeline = known.get(kernel.code);
  if (!pipeline) known.set(kernel.code, (pipeline = compile(device, kernel)));
  return pipeline;
}

async function compile(device: GPUDevice, kernel: Kernel): Promise<GPUComputePipeline> {
  const module = device.createShaderModule({label: kernel.name, code: kernel.code});
  const uniform = (binding: number): GPUBindGroupLayoutEntry => ({
    binding,
    visibility: GPUShaderStage.COMPUTE,
    buffer: {type: 'uniform'},
  });
  const storage = kernel.buffers.map(
    ({access}, i): GPUBindGroupLayoutEntry => ({
      binding: i + FIRST_BUFFER_BINDING,
      visibility: GPUShaderStage.COMPUTE,
      buffer: {type: access === 'read' ? 'read-only-storage' : 'storage'},
    }),
  );
  const group = device.createBindGroupLayout({
    label: kernel.name,
    entries: [uniform(SIZE_BINDING), uniform(STEP_BINDING), ...storage],
  });
  const layout = device.createPipelineLayout({bindGroupLayouts: [group]});
  try {
    return await device.createComputePipelineAsync({
      label: kernel.name,
      layout,
      compute: {module, entryPoint: 'main'},
    });
  } catch (error) {
    throw new KernelError(
      `This device cannot compile the kernel “${kernel.name}”: ${(error as Error).message} ` +
        'Set kernels="reference" to train without it, and please report this together with your browser and graphics card.',
    );
  }
}
