/**
 * A program is a static list of dispatches over named buffers: pure data that a planner writes and an executor runs.
 * It can be counted and checked without a GPU.
 */
import type {Kernel} from './kernel.js';

/** A part of a named buffer. */
export interface Region {
  buffer: string;
  /** In 4-byte words; a multiple of 64, the alignment of a binding. */
  offset: number;
  /** In 4-byte words. */
  length: number;
}

export interface Dispatch {
  /** What it computes, e.g. `h.0.attn.c_attn backward`. */
  label: string;
  kernel: Kernel;
  /** By the kernel's names. */
  buffers: Record<string, Region>;
  sizes: Record<string, number>;
  groups: [number, number, number];
}

export interface Program {
  /** Buffers to allocate: name → 4-byte words. Buffers named in `external` are given instead. */
  buffers: ReadonlyMap<string, number>;
  external: readonly string[];
  /** What stands in some of the buffers from the start. */
  constants: ReadonlyMap<string, Uint32Array<ArrayBuffer>>;
  dispatches: readonly Dispatch[];
}

/** Words of a region's alignment: 256 bytes. */
export const ALIGNMENT = 64;

export const align = (words: number): number => Math.ceil(words / ALIGNMENT) * ALIGNMENT;

/** What cannot be planned, in words for the reader. */
export class PlanError extends Error {
  override name = 'PlanError';
}

/** Collects dispatches and the buffers they name. */
export class ProgramBuilder {
  readonly #sizes = new Map<string, number>();
  readonly #external = new Set<string>();
  readonly #constants = new Map<string, Uint32Array<ArrayBuffer>>();
  readonly #dispatches: Dispatch[] = [];

  /** A buffer of the program's own, whole. */
  buffer(name: string, words: number): Region {
    this.#sizes.set(name, Math.max(this.#sizes.get(name) ?? 0, align(words)));
    return {buffer: name, offset: 0, length: words};
  }

  /** A buffer that holds these words and is never written. */
  constant(name: string, words: Uint32Array<ArrayBuffer>): Region {
    this.#constants.set(name, words);
    return this.buffer(name, words.length);
  }

  /** Part of a buffer that is given when the program is prepared. */
  given(buffer: string, offset: number, length: number): Region {
    this.#external.add(buffer);
    return {buffer, offset, length};
  }

  /** Dispatches so far. */
  get count(): number {
    return this.#dispatches.length;
  }

  /** @throws {PlanError} where the dispatch does not fit its kernel: a mistake in the planner */
  dispatch(dispatch: Dispatch): void {
    const {kernel, label} = dispatch;
    const wanted = kernel.buffers.map(({name}) => name);
    const missing = [
      ...wanted.filter((name) => !dispatch.buffers[name]),
      ...kernel.sizes.filter((name) => !Number.isInteger(dispatch.sizes[name])),
    ];
    if (missing.length > 0) throw new PlanError(`The dispatch “${label}” lacks ${missing.join(', ')}.`);
    if (dispatch.groups.some((count) => count > 65535))
      throw new PlanError(
        `The dispatch “${label}” would need ${dispatch.groups.join(' × ')} workgroups, and WebGPU takes 65,535: choose a smaller batch.`,
      );
    this.#dispatches.push(dispatch);
  }

  build(): Program {
    return {
      buffers: this.#sizes,
      external: [...this.#external],
      constants: this.#constants,
      dispatches: this.#dispatches,
    };
  }
}
