import {keep, type Tensor} from '@tensorflow/tfjs-core';

/** What a forward pass reports its intermediates to. */
export interface Recorder {
  /** Whether to compute a value that is needed for nothing else. */
  wants(name: string): boolean;
  record(name: string, value: Tensor): void;
}

/** Keeps intermediates as tensors, for further computation. */
export class Capture implements Recorder {
  readonly #values = new Map<string, Tensor>();

  /** @param names what to keep */
  constructor(readonly names: RegExp) {}

  wants(): boolean {
    return false;
  }

  /** Keeps a tensor also where the pass frees a block's intermediates. */
  record(name: string, value: Tensor): void {
    if (this.names.test(name)) this.#values.set(name, keep(value.clone()));
  }

  get(name: string): Tensor {
    return this.#values.get(name)!;
  }

  /** Returns what `work` returns, and frees what was kept. */
  during<T>(work: () => T): T {
    try {
      return work();
    } finally {
      for (const value of this.#values.values()) value.dispose();
      this.#values.clear();
    }
  }
}
