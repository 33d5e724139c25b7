/** The vocabulary of the planner: a model's shapes, and where weights, gradients and activations stand. */
import type {GPTConfig} from '../../model/config.js';
import {type ParameterLayout, parameterLayout, type Slot} from '../../model/parameters.js';
import {align, ProgramBuilder, type Region} from '../program.js';
import type {Variant} from '../variant.js';

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

export class Names {
  readonly builder = new ProgramBuilder();
  readonly layout: ParameterLayout;
  readonly batch: BatchRegions;
  readonly batchSize: number;
  readonly length: number;
  /** N = B · T */
  readonly rows: number;
  /** C, and in vectors */
  readonly width: number;
  readonly width4: number;
  readonly heads: number;
  readonly layers: number;
  readonly vocabulary: number;
  /** The head's matrix: wte where it is shared. */
  readonly headMatrix: string;
  /** The norms in the order of the forward pass: ln_1 and ln_2 of each block, then ln_f. Norm s reads stream s. */
  readonly norms: string[];
  private readonly slots: Map<string, Slot>;

  constructor(readonly spec: TrainProgramSpec) {
    const {config, batchSize} = spec;
    this.layout = parameterLayout(config);
    this.slots = new Map(this.layout.slots.map((slot) => [slot.name, slot]));
    this.batchSize = batchSize;
    this.length = spec.length ?? config.contextLength;
    this.rows = batchSize * this.length;
    this.width = config.embDim;
    this.width4 = this.width / 4;
    this.heads = config.nHeads;
    this.layers = config.nLayers;
    this.vocabulary = config.vocabSize;
    this.headMatrix = config.tieWeights ? 'wte.weight' : 'lm_head.weight';
    const blocks = Array.from({length: this.layers}, (_, n) => [`h.${n}.ln_1`, `h.${n}.ln_2`]);
    this.norms = [...blocks.flat(), 'ln_f'];
    this.batch = this.batchRegions(Math.min(this.rows, this.vocabulary));
  }

  slot(name: string): Slot {
    return this.slots.get(name)!;
  }

  isTrainable(name: string): boolean {
    return this.spec.trainable?.(name) ?? true;
  }

  weight(name: string): Region {
    const {offset, size} = this.slot(name);
    return this.builder.given('theta', offset, size);
  }

  /** A bias; where the model has none, one that is 0 and never learns. */
  bias(name: string): Region {
    return this.slots.has(name) ? this.weight(name) : this.builder.buffer('no bias', 4 * this.width);
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
    return this.slots.has(name)
      ? this.gradient(name)
      : this.builder.buffer('no bias gradient', 4 * this.width);
  }

  /** A norm's γ and β are neighbours: one binding sees both. */
  norm(name: string): {region: Region; betaOffset4: number} {
    const [gamma, beta] = [this.slot(`${name}.weight`), this.slot(`${name}.bias`)];
    const region = this.builder.given('theta', gamma.offset, beta.offset + beta.size - gamma.offset);
    return {region, betaOffset4: (beta.offset - gamma.offset) / 4};
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
