/**
 * The planner of reading many tokens at once: the forward pass of training on one sequence of T tokens, without its head. It leaves the
 * blocks' q, k and v where decoding has its cache, and the last stream, of whose last row the head then scores what comes next.
 *
 * Nothing is kept for a backward pass: a block's activations are overwritten by the next block's.
 */
import type {GPTConfig} from '../../model/config.js';
import {widen, widenGroups} from '../kernels/widen.js';
import type {Program, Region} from '../program.js';
import type {Variant} from '../variant.js';
import {cacheName} from './decode-program.js';
import {planBlocks} from './forward.js';
import {isMatrix, type SeparateMatrices} from './separate-layout.js';
import {TrainNames} from './train-names.js';

export interface PrefillProgram extends Program {
  /** The T ids to read. */
  ids: Region;
  /** The residual stream after the last block. [T, C] */
  stream: Region;
}

/**
 * @param separate how matrices in buffers of their own are held; those in 16 bits are widened before each layer, into a buffer that all
 *   blocks share. Default: all weights are in one arena
 * @param pieceBytes of the largest buffer of the arena: a larger one is cut. Default: no limit
 * @throws {PlanError} on a configuration that cannot be planned
 */
export function prefillProgram(
  config: GPTConfig,
  variant: Variant,
  separate?: SeparateMatrices,
  pieceBytes?: number,
): PrefillProgram {
  // Decoding reads the cache as float32, however training would store it.
  const stored = 'f32' as const;
  const spec = {config, batchSize: 1, dropout: false, variant: {...variant, stored}, pieceBytes};
  const names = new PrefillNames(spec, separate);
  planBlocks(names);
  return {...names.builder.build(), ids: names.batch.ids, stream: names.stream(2 * names.layers)};
}

const ofAnyBlock = (name: string): string => name.replace(/^h\.\d+\./, '');

/** Buffers by what they hold, not by the block they belong to: all blocks share them, except for the cache. */
class PrefillNames extends TrainNames {
  readonly #caches = new Set(Array.from({length: this.layers}, (_, n) => cacheName(n)));

  /** A block's matrix of 16 bits is widened when it is asked for, just before the dispatch that reads it. */
  override weight(name: string): Region {
    const region = super.weight(name);
    if (this.held === 'f32' || !isMatrix(this.slot(name)) || !name.startsWith('h.')) return region;
    const {size} = this.slot(name);
    const wide = this.builder.buffer(`wide ${ofAnyBlock(name)}`, size);
    this.builder.dispatch({
      label: `${name}, widened`,
      kernel: widen,
      buffers: {packed: region, wide},
      sizes: {count4: size / 4},
      groups: widenGroups(size),
    });
    return wide;
  }

  override matrix(name: string, columns: number): Region {
    if (!this.#caches.has(name)) return super.matrix(ofAnyBlock(name), columns);
    return this.builder.given(name, 0, 4 * Math.ceil(this.rows / 4) * columns);
  }

  /** A layer reads one stream and writes the next: two take turns. */
  override stream(s: number): Region {
    return super.stream(s % 2);
  }

  override stats(norm: string): Region {
    return super.stats(ofAnyBlock(norm));
  }
}
