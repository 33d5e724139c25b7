import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import {backend, getBackend} from '@tensorflow/tfjs-core';
import {planObstacle} from '../webgpu/index.js';
import type {TrainingOptions} from './options.js';
import {PlannedStepper} from './planned-stepper.js';
import {ReferenceStepper} from './reference-stepper.js';
import type {Stepper, StepperSpec} from './stepper.js';

/** The planned kernels on WebGPU, the reference elsewhere, on request, and for shapes that the planner does not take. */
export function makeStepper(spec: StepperSpec, kernels: TrainingOptions['kernels']): Stepper {
  const planned = kernels !== 'reference' && getBackend() === 'webgpu' && !planObstacle(spec.config);
  return planned ? new PlannedStepper(spec, backend() as WebGPUBackend) : new ReferenceStepper(spec);
}
