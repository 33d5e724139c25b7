/** The vocabulary of the training planner: where gradients and activations stand. */
import type {GPTConfig} from '../../model/config.js';
import {type FineTuning, fineTuningLayout, learningLayout} from '../../model/fine-tuning.js';
import {LORA_LAYERS, type LoraLayer} from '../../model/lora.js';
import type {ParameterLayout, Slot} from '../../model/parameters.js';
import {align, type Region} from '../program.js';
import type {Variant} from '../variant.js';
import {storedWords} from '../wgsl/stored.js';
import {ModelNames} from './model-names.js';
import {paddedLayout} from './padded-layout.js';
import type {SeparateMatrices} from './separate-layout.js';

export interface TrainProgramSpec extends FineTuning {
  config: GPTConfig;
  /** B */
  batchSize: number;
  /** T: tokens a sequence; at most the context length, which is the default. */
  length?: number;
  /** Whether values are dropped at all; how many is a value of each step. */
  dropout: boolean;
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
  /** What is trained: the layout of the gradient and of AdamW's moments. */
  readonly learning: ParameterLayout;
  /** Where adapters stand that kernels see padded; undefined: they see the arena's. */
  readonly padded?: ParameterLayout;
  readonly #learningSlots: Map<string, Slot>;
  readonly #paddedSlots: Map<string, Slot>;

  constructor(
    readonly spec: TrainProgramSpec,
    layout: ParameterLayout | SeparateMatrices = fineTuningLayout(spec.config, spec),
  ) {
    super(spec.config, layout);
    this.learning = learningLayout(this.layout, spec);
    this.#learningSlots = new Map(this.learning.slots.map((slot) => [slot.name, slot]));
    this.padded = paddedLayout(this.layout, spec);
    this.#paddedSlots = new Map(this.padded?.slots.map((slot) => [slot.name, slot]));
    this.batchSize = spec.batchSize;
    this.length = spec.length ?? spec.config.contextLength;
    this.rows = this.batchSize * this.length;
    this.batch = this.#batchRegions(Math.min(this.rows, this.vocabulary));
  }

  isTrainable(name: string): boolean {
    return this.#learningSlots.has(name);
  }

  /** Whether the layers of this kind have adapters. */
  isAdapted(part: LoraLayer): boolean {
    const {lora} = this.spec;
    return lora !== undefined && (lora.layers ?? LORA_LAYERS).includes(part);
  }

  override weight(name: string): Region {
    const copy = this.#paddedSlots.get(name);
    if (!copy) return super.weight(name);
    return {...this.builder.buffer('adapters', this.padded!.length), offset: copy.offset, length: copy.size};
  }

  /** How many numbers of a parameter kernels see. */
  seenSize(name: string): number {
    return (this.#paddedSlots.get(name) ?? this.slot(name)).size;
  }

  /** The whole gradient: of what is trained. */
  gradients(): Region {
    return this.builder.buffer('gradient', this.learning.length);
  }

  /** Where a parameter's gradient stands in the whole; undefined where it is not trained. */
  gradientPlace(name: string): Slot | undefined {
    return this.#learningSlots.get(name);
  }

  /**
   * A parameter's gradient. Where it is not trained, or the model has none, a place that nobody reads:
   * @param unread numbers that a kernel writes there
   */
  gradient(name: string, unread = 4): Region {
    const place = this.gradientPlace(name);
    // (Buffers of their own for each kind: a kernel may not write to one place under two names.)
    if (!place)
      return this.builder.buffer(`unread ${name.endsWith('.bias') ? 'bias' : 'weight'} gradient`, unread);
    const copy = this.#paddedSlots.get(name);
    if (!copy) return {...this.gradients(), offset: place.offset, length: place.size};
    const gradients = this.builder.buffer('adapter gradients', this.padded!.length);
    return {...gradients, offset: copy.offset, length: copy.size};
  }

  /** An activation [N, columns], with rows of zeros up to a multiple of 4: weight gradients read four at a time. */
  matrix(name: string, columns: number): Region {
    return this.builder.buffer(name, Math.ceil(this.rows / 4) * 4 * columns);
  }

  /** An activation that forward saves for backward, [N, columns], stored as the variant says. */
  saved(name: string, columns: number): Region {
    return this.matrix(name, storedWords(this.spec.variant.stored, columns));
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
  #batchRegions(segments: number): BatchRegions {
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
