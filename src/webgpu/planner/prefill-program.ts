/**
 * The planner of reading many tokens at once: the forward pass of training on one sequence of T tokens, without its head. It leaves the
 * blocks' q, k and v where decoding has its cache, and the last stream, of whose last row the head then scores what comes next.
 *
 * Nothing is kept for a backward pass: a block's activations are overwritten by the next block's.
 */
import type {GPTConfig} from '../../model/config.js';
import type {Program, Region} from '../program.js';
import type {Variant} from '../variant.js';
import {cacheName} from './decode-program.js';
import {planBlocks} from './forward.js';
import {TrainNames} from './train-names.js';

export interface PrefillProgram extends Program {
  /** The T ids to read. */
  ids: Region;
  /** The residual stream after the last block. [T, C] */
  stream: Region;
}

/** @throws {PlanError} on a configuration that cannot be planned */
export function prefillProgram(config: GPTConfig, variant: Variant): PrefillProgram {
  // Decoding reads the cache as float32, however training would store it.
  const names = new PrefillNames({
    config,
    batchSize: 1,
    dropout: false,
    variant: {...variant, stored: 'f32'},
  });
  planBlocks(names);
  return {...names.builder.build(), ids: names.batch.ids, stream: names.stream(2 * names.layers)};
}

/** Buffers by what they hold, not by the block they belong to: all blocks share them, except for the cache. */
class PrefillNames extends TrainNames {
  readonly #caches = new Set(Array.from({length: this.layers}, (_, n) => cacheName(n)));

  override matrix(name: string, columns: number): Region {
    if (!this.#caches.has(name)) return super.matrix(name.replace(/^h\.\d+\./, ''), columns);
    return this.builder.given(name, 0, 4 * Math.ceil(this.rows / 4) * columns);
  }

  /** A layer reads one stream and writes the next: two take turns. */
  override stream(s: number): Region {
    return super.stream(s % 2);
  }

  override stats(norm: string): Region {
    return super.stats(norm.replace(/^h\.\d+\./, ''));
  }
}
