/** Runs one kernel by itself on given arrays. */
import {Executor} from '../executor.js';
import type {Kernel} from '../kernel.js';
import {ProgramBuilder} from '../program.js';
import type {StepField} from '../step-values.js';
import {bufferOf, readBuffer, testDevice} from './gpu.js';

type Numbers = Float32Array | Int32Array | Uint32Array;

/**
 * @param buffers what stands in each of the kernel's buffers; its size too
 * @returns what stands in those it writes afterwards
 */
export async function runKernel(
  kernel: Kernel,
  run: {
    buffers: Record<string, Numbers>;
    sizes: Record<string, number>;
    groups: [number, number, number];
    step?: Partial<Record<StepField, number>>;
  },
): Promise<Record<string, Float32Array>> {
  const device = await testDevice();
  const builder = new ProgramBuilder();
  const given: Record<string, GPUBuffer> = {};
  const regions = Object.fromEntries(
    Object.entries(run.buffers).map(([name, data]) => {
      given[name] = bufferOf(device, data);
      return [name, builder.given(name, 0, data.length)];
    }),
  );
  builder.dispatch({label: kernel.name, kernel, buffers: regions, sizes: run.sizes, groups: run.groups});
  const executor = await Executor.prepare(device, builder.build());
  executor.bind(given);
  executor.values.set(run.step ?? {});
  executor.upload();
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  executor.encode(pass);
  pass.end();
  device.queue.submit([encoder.finish()]);
  const written = kernel.buffers.filter(({access}) => access === 'read_write');
  const results: Record<string, Float32Array> = {};
  for (const {name} of written)
    results[name] = await readBuffer(device, given[name]!, run.buffers[name]!.length);
  executor.dispose();
  for (const buffer of Object.values(given)) buffer.destroy();
  return results;
}
