/** A text can be written in two ways that give the same tokens: by the short reference, or by planned WGSL kernels with a KV cache. */
import type {GPTConfig} from '../model/config.js';
import type {Weights} from '../model/weights.js';
import {type GeneratedToken, type GenerationOptions, generate} from './generate.js';

export interface Writer {
  /** Which of the two it is: always shown to the reader. */
  readonly kernels: 'plan' | 'reference';
  /**
   * Writes on from a prompt of at least one token. Yields what is ready at the same time: the reference's tokens one by one, a plan's as many
   * as were drawn in one submission. Stop it by leaving the loop.
   */
  write(promptIds: ArrayLike<number>, options: GenerationOptions): AsyncGenerator<GeneratedToken[]>;
  dispose(): void;
}

/** One forward pass a token, on any backend: the code that the course shows. */
export class ReferenceWriter implements Writer {
  readonly kernels = 'reference';

  constructor(
    private readonly lend: () => Weights,
    readonly config: GPTConfig,
  ) {}

  async *write(promptIds: ArrayLike<number>, options: GenerationOptions): AsyncGenerator<GeneratedToken[]> {
    for await (const token of generate(this.lend, this.config, promptIds, options)) yield [token];
  }

  /** Holds nothing of its own. */
  dispose(): void {}
}
