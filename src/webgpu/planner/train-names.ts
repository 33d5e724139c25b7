/** The vocabulary of the training planner: where gradients and activations stand. */
import {type ArenaPart, learningParts, type Piece, partName, piecesIn} from '../../model/arena-parts.js';
import type {GPTConfig} from '../../model/config.js';
import {type FineTuning, fineTuningLayout, learningLayout} from '../../model/fine-tuning.js';
import {LORA_LAYERS, type LoraLayer} from '../../model/lora.js';
import type {ParameterLayout, Slot} from '../../model/parameters.js';
import {rowParts} from '../../model/row-parts.js';
import {logitsStride} from '../kernels/head.js';
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
  /** Bytes of the largest binding: larger arenas and logits have several buffers. Default: no limit. */
  pieceBytes?: number;
}

/** Some rows of the head's matrix, with their logits and their gradient. */
export interface HeadPart {
  weight: Region;
  /** [N, tokens padded to a multiple of 4] */
  logits: Region;
  gradient: Region;
  /** The first token. */
  first: number;
  tokens: number;
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
  /** The buffers of the gradient, m and v: each has what is trained of the same part of the weights, perhaps nothing. */
  readonly learningParts: readonly ArenaPart[];
  /** Where adapters stand that kernels see padded; undefined: they see the arena's. */
  readonly padded?: ParameterLayout;
  readonly #learningSlots: Map<string, Slot>;
  readonly #paddedSlots: Map<string, Slot>;

  constructor(
    readonly spec: TrainProgramSpec,
    layout: ParameterLayout | SeparateMatrices = fineTuningLayout(spec.config, spec),
  ) {
    super(spec.config, layout, spec.pieceBytes);
    this.learning = learningLayout(this.layout, spec);
    this.learningParts = learningParts(this.layout, this.learning, this.parts);
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

  /** A part of the gradient, whole. */
  gradients(part: number): Region {
    return this.builder.buffer(partName('gradient', part), this.learningParts[part]!.length);
  }

  /** Where a parameter's gradient stands; nowhere where it is not trained. */
  gradientPieces(name: string): Piece[] {
    const slot = this.#learningSlots.get(name);
    return slot ? piecesIn(this.learningParts, slot.offset, slot.size) : [];
  }

  /**
   * A parameter's gradient. Where it is not trained, or the model has none, a scratch buffer:
   * @param unread numbers that a kernel writes there
   */
  gradient(name: string, unread = 4): Region {
    const slot = this.#learningSlots.get(name);
    // (Buffers of their own for each kind: a kernel may not write to one place under two names.)
    if (!slot)
      return this.builder.buffer(`unread ${name.endsWith('.bias') ? 'bias' : 'weight'} gradient`, unread);
    const copy = this.#paddedSlots.get(name);
    if (!copy) return this.#gradientAt(slot.offset, slot.size);
    const gradients = this.builder.buffer('adapter gradients', this.padded!.length);
    return {...gradients, offset: copy.offset, length: copy.size};
  }

  /** The rows of the head's matrix, of which kernels that read it see a part at a time: all at once where weights and logits fit into a binding. */
  headParts(): HeadPart[] {
    const {headMatrix: name, width, rows, spec} = this;
    const slot = this.#learningSlots.get(name);
    const parts = this.tableParts(name).flatMap(({region, first, tokens}) =>
      rowParts(
        {name, shape: [tokens, Math.ceil(rows / 4) * 4]},
        4,
        spec.pieceBytes ?? Number.POSITIVE_INFINITY,
      ).map((part) => ({region, before: part.first, first: first + part.first, tokens: part.rows})),
    );
    return parts.map(({region, before, first, tokens}, i) => ({
      weight: {...region, offset: region.offset + before * width, length: tokens * width},
      logits: this.matrix(partName('logits', i), logitsStride(tokens)),
      gradient: slot ? this.#gradientAt(slot.offset + first * width, tokens * width) : this.gradient(name),
      first,
      tokens,
    }));
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

  /** Neighboring numbers of the gradient that lie in one part of it. */
  #gradientAt(first: number, count: number): Region {
    const {part, offset} = piecesIn(this.learningParts, first, count)[0]!;
    return {...this.gradients(part), offset, length: count};
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
