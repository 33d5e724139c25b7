import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import {backend} from '@tensorflow/tfjs-core';
import type {TrainingOptions} from './options.js';
import {isPlannable} from './plannable.js';
import {PlannedStepper} from './planned-stepper.js';
import {ReferenceStepper} from './reference-stepper.js';
import type {Stepper, StepperSpec} from './stepper.js';

type Kernels = TrainingOptions['kernels'];
type Settings = Pick<TrainingOptions, 'kernels' | 'interventions'>;

/** Planned kernels compute no changed forward pass. */
const kernelsFor = ({kernels, interventions}: Settings): Kernels =>
  interventions.length > 0 ? 'reference' : kernels;

/** Gradients of more tensors are not kept between steps. */
const MOST_WATCHED = 8;

/** Chooses what computes a session's steps: planned kernels on WebGPU, the reference elsewhere, on request, and for what cannot be planned. */
export class Steppers {
  readonly #spec: StepperSpec;
  /** The tensors whose gradients were asked for last. */
  readonly #watched = new Set<string>();
  #current?: {kernels: Kernels; stepper: Stepper};

  constructor(spec: Omit<StepperSpec, 'watched'>) {
    this.#spec = {...spec, watched: this.#watched};
  }

  /** Returns the stepper for these settings, and frees the one for others. */
  use(settings: Settings): Stepper {
    const kernels = kernelsFor(settings);
    if (this.#current?.kernels !== kernels) {
      this.#current?.stepper.dispose();
      this.#current = {kernels, stepper: this.#make(kernels)};
    }
    return this.#current.stepper;
  }

  /** Returns the stepper that `use` would return, to ask for its kind. Nothing is freed. */
  peek(settings: Settings): Stepper {
    const kernels = kernelsFor(settings);
    return this.#current?.kernels === kernels ? this.#current.stepper : this.#make(kernels);
  }

  /** Returns the gradient of the last step for one tensor, as {@link Stepper.gradient}; from now on it is watched. */
  async gradient(name: string): Promise<Float32Array | undefined> {
    this.#watched.delete(name);
    this.#watched.add(name);
    for (const oldest of this.#watched) if (this.#watched.size > MOST_WATCHED) this.#watched.delete(oldest);
    return this.#current?.stepper.gradient(name);
  }

  /** To be called after a failed step: the next one begins with new plans. */
  restart(): void {
    this.#current?.stepper.dispose();
  }

  dispose(): void {
    this.#current?.stepper.dispose();
    this.#current = undefined;
  }

  /** A new stepper holds nothing on the device before its first step. */
  #make(kernels: Kernels): Stepper {
    const {config, task, arenas} = this.#spec;
    const planned = kernels !== 'reference' && task.isPlannable && !arenas.readOnly && isPlannable(config);
    return planned
      ? new PlannedStepper(this.#spec, backend() as WebGPUBackend)
      : new ReferenceStepper(this.#spec);
  }
}
