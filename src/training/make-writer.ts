import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import {backend, getBackend} from '@tensorflow/tfjs-core';
import type {GPTConfig} from '../model/config.js';
import type {Weights} from '../model/weights.js';
import {tfjsArenas, writingObstacle} from '../webgpu/index.js';
import type {TrainingOptions} from './options.js';
import {PlannedWriter} from './planned-writer.js';
import type {ArenaVariables} from './stepper.js';
import {ReferenceWriter, type Writer} from './writer.js';

export interface WriterSpec {
  config: GPTConfig;
  arenas: ArenaVariables;
  /** Lends the weights for one pass of the reference. */
  lend: () => Weights;
  /** Another number than before where the weights have changed. */
  edition: () => number;
  /** The settings that steps were measured with. */
  training: () => Pick<TrainingOptions, 'batchSize' | 'precision'>;
}

/** The planned kernels on WebGPU, the reference elsewhere, and for shapes that the planner does not take. */
export function makeWriter(spec: WriterSpec, planned: boolean): Writer {
  const {config, arenas, lend, edition, training} = spec;
  const reference = new ReferenceWriter(lend, config);
  if (!planned || getBackend() !== 'webgpu' || writingObstacle(config)) return reference;
  const gpu = backend() as WebGPUBackend;
  const {buffers, flush} = tfjsArenas(gpu, arenas);
  const weights = {buffer: () => buffers().theta, flush, edition};
  return new PlannedWriter(gpu.device, weights, reference, training);
}
