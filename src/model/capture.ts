import type {Tensor} from '@tensorflow/tfjs-core';

/** What a forward pass reports its intermediates to. */
export interface Recorder {
  /** Whether to compute a value that is needed for nothing else. */
  wants(name: string): boolean;
  record(name: string, value: Tensor): void;
}

/** Keeps every intermediate as a tensor, for further computation inside the same tidy. */
export class Capture implements Recorder {
  readonly #values = new Map<string, Tensor>();

  wants(): boolean {
    return false;
  }

  record(name: string, value: Tensor): void {
    this.#values.set(name, value);
  }

  get(name: string): Tensor {
    return this.#values.get(name)!;
  }
}
