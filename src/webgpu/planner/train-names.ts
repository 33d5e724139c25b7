/** The vocabulary of the training planner: where gradients and activations stand. */
import type {GPTConfig} from '../../model/config.js';
import {align, type Region} from '../program.js';
import type {Variant} from '../variant.js';
import {ModelNames} from './model-names.js';

export interface TrainProgramSpec {
  config: GPTConfig;
  /** B */
  batchSize: number;
  /** T: tokens a sequence; at most the context length, which is the default. */
  length?: number;
  /** Whether values are dropped at all; how many is a value of each step. */
  dropout: boolean;
  /** Which parameters learn, by name; default: all. */
  trainable?: (name: string) => boolean;
  variant: Variant;
}

/** Where the parts of a batch stand in the buffer `batch`, in words. */
export interface BatchRegions {
  ids: Region;
  labels: Region;
  order: Region;
  segmentIds: Region;
  starts: Region;
}

export class TrainNames extends ModelNames {
  readonly batch: BatchRegions;
  readonly batchSize: number;
  readonly length: number;
  /** N = B · T */
  readonly rows: number;

  constructor(readonly spec: TrainProgramSpec) {
    super(spec.config);
    this.batchSize = spec.batchSize;
    this.length = spec.length ?? spec.config.contextLength;
    this.rows = this.batchSize * this.length;
    this.batch = this.batchRegions(Math.min(this.rows, this.vocabulary));
  }

  isTrainable(name: string): boolean {
    return this.spec.trainable?.(name) ?? true;
  }

  /** The whole gradient, in the layout of the weights. */
  gradients(): Region {
    return this.builder.buffer('gradient', this.layout.length);
  }

  gradient(name: string): Region {
    const {offset, size} = this.slot(name);
    return {...this.gradients(), offset, length: size};
  }

  biasGradient(name: string): Region {
    return this.has(name) ? this.gradient(name) : this.builder.buffer('no bias gradient', 4 * this.width);
  }

  /** An activation [N, columns], with rows of zeros up to a multiple of 4: weight gradients read four at a time. */
  matrix(name: string, columns: number): Region {
    return this.builder.buffer(name, Math.ceil(this.rows / 4) * 4 * columns);
  }

  /** Stream s: 0 after the embedding, 2n + 1 after block n's attention, 2n + 2 after its feed-forward. [N, C] */
  stream(s: number): Region {
    return this.matrix(`stream.${s}`, this.width);
  }

  /** μ and 1 / σ of a norm's rows. [N, 2] */
  stats(norm: string): Region {
    return this.builder.buffer(`${norm}.stats`, this.rows * 2);
  }

  /** One buffer, written once a step, holds everything that a batch brings. */
  private batchRegions(segments: number): BatchRegions {
    let offset = 0;
    const part = (length: number): Region => {
      const region = {buffer: 'batch', offset, length};
      offset = align(offset + length);
      return region;
    };
    const regions = {
      ids: part(this.rows),
      labels: part(this.rows),
      order: part(this.rows),
      segmentIds: part(segments),
      starts: part(segments + 1),
    };
    this.builder.buffer('batch', offset);
    return regions;
  }
}
