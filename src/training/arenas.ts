/** Arenas as tfjs variables: the weights and AdamW's moments, each one flat tensor, or several where one would be too large for the device. */
import {keep, type Tensor1D, tensor1d, type Variable} from '@tensorflow/tfjs-core';
import {type ArenaPart, arenaParts, learningParts} from '../model/arena-parts.js';
import {ConfigError, type GPTConfig} from '../model/config.js';
import {type FineTuning, fineTuningLayout, learningLayout} from '../model/fine-tuning.js';
import {loraWeights} from '../model/lora.js';
import type {WeightDtype} from '../model/memory.js';
import type {ParameterLayout, Slot} from '../model/parameters.js';
import {readInto, type WeightSource} from '../model/weight-source.js';
import type {Weights} from '../model/weights.js';
import {decayMask} from './adamw.js';
import {ArenaVariables} from './arena-variables.js';
import type {HeldWeights} from './held-weights.js';
import {largestPiece} from './matrix-on-gpu.js';
import {isPlannable} from './plannable.js';
import {ReadOnlyWeights} from './read-only-weights.js';
import {WideWeights} from './wide-weights.js';

/** The arenas' numbers: weights in the order of the layout, first and second moments in that of what is trained. */
export interface ArenaValues {
  theta: Float32Array;
  m: Float32Array;
  v: Float32Array;
}

const megabytes = ({length}: ParameterLayout): string => Math.round((4 * length) / 1e6).toLocaleString('en');

/** The weights of a model and AdamW's two moments, on the backend. */
export class ModelArenas {
  /** Of the weights. */
  readonly layout: ParameterLayout;
  /** Of the moments: the slots that are trained. */
  readonly learning: ParameterLayout;
  /** Bytes of the largest buffer. */
  readonly pieceBytes: number;
  /** Of the weights' arena: several where it is larger than that. */
  readonly #parts: readonly ArenaPart[];
  readonly #held: WideWeights | ReadOnlyWeights;
  readonly #config: GPTConfig;
  readonly #tuning: FineTuning;
  #version = 0;
  /** None before a step is made: a model that only writes has no room to spare for them. */
  #moments?: {m: ArenaVariables; v: ArenaVariables};
  #decay?: Tensor1D;

  /**
   * Starts with zero moments.
   * @param theta initial weights, in the order of `fineTuningLayout`, or how they are to be held: they are then 0 until `fill`
   * @param pieceBytes of the largest buffer. Default: what the device gives. Larger weights lie in several buffers where planned kernels can train
   *   them; elsewhere, those that are to be filled can then only be read
   */
  constructor(
    config: GPTConfig,
    theta: Float32Array | WeightDtype,
    tuning: FineTuning = {},
    pieceBytes = largestPiece(),
  ) {
    this.#config = config;
    this.#tuning = tuning;
    this.layout = fineTuningLayout(config, tuning);
    this.learning = learningLayout(this.layout, tuning);
    this.pieceBytes = pieceBytes;
    const canCut = isPlannable(config);
    const isTooLarge = 4 * this.layout.length > pieceBytes && !canCut;
    this.#parts = arenaParts(this.layout, canCut ? pieceBytes : Number.POSITIVE_INFINITY);
    this.#held =
      theta === 'float16' || (theta === 'float32' && isTooLarge)
        ? new ReadOnlyWeights(this.layout, theta, pieceBytes)
        : new WideWeights(this.layout, this.#parts, theta === 'float32' ? undefined : theta);
  }

  /** How the weights are held. */
  get held(): HeldWeights {
    return this.#held;
  }

  /** The weights where they can only be read: in 16 bits, or too large for one buffer. */
  get readOnly(): ReadOnlyWeights | undefined {
    return this.#held instanceof ReadOnlyWeights ? this.#held : undefined;
  }

  /** Whether the arenas lie in several buffers: only planned kernels can train them then. */
  get isCut(): boolean {
    return !this.readOnly && this.#parts.length > 1;
  }

  /**
   * Returns the variables of weights and moments, by the names that plans have for their buffers (`partName`).
   * @throws {ConfigError} where the weights can only be read
   */
  variables(): Record<string, Variable> {
    const {m, v} = this.#made();
    return {...this.checkTrainable().arena.named('theta'), ...m.named('m'), ...v.named('v')};
  }

  /**
   * Returns the variables of the weights alone: no moments are made for them.
   * @throws {ConfigError} where the weights can only be read
   */
  weightVariables(): Record<string, Variable> {
    return this.checkTrainable().arena.named('theta');
  }

  /**
   * Weights and moments where each is one tensor, as the reference trains them.
   * @throws {ConfigError} where the weights can only be read, or lie in several buffers
   */
  whole(): Record<keyof ArenaValues, Variable> {
    const {arena} = this.checkTrainable();
    if (this.isCut)
      throw new ConfigError(
        `This model’s weights take ${megabytes(this.layout)} MB, more than this device gives in one piece, and only planned kernels train weights ` +
          'in several. Set kernels to “auto” and train without interventions, or choose a smaller model.',
      );
    const {m, v} = this.#made();
    return {theta: arena.whole, m: m.whole, v: v.whole};
  }

  /** @throws {ConfigError} where the weights can only be read */
  checkTrainable(): WideWeights {
    if (this.#held instanceof WideWeights) return this.#held;
    if (this.#held.dtype === 'float32')
      throw new ConfigError(
        `This model’s weights take ${megabytes(this.layout)} MB, more than this device gives in one piece. It holds them in several, which is enough to ` +
          'read and write with the model, but not to change it. To train it, open this page on a device with more graphics memory, or choose a smaller model.',
      );
    throw new ConfigError(
      'This model’s weights are held in 16 bits, which is enough to read and write with it, but not to change it. ' +
        'To train it, load it with dtype="float32", which takes twice the memory for the weights and four times that for a step.',
    );
  }

  #made(): {m: ArenaVariables; v: ArenaVariables} {
    if (!this.#moments) {
      const parts = learningParts(this.layout, this.learning, this.#parts);
      this.#moments = {m: new ArenaVariables(parts), v: new ArenaVariables(parts)};
    }
    return this.#moments;
  }

  /** 1 where weight decay applies, else 0; in the order of `learning`. */
  get decay(): Tensor1D {
    return (this.#decay ??= keep(tensor1d(decayMask(this.learning))));
  }

  /** Differs from before whenever the weights changed: a KV cache of other weights is stale. */
  get version(): number {
    return this.#version;
  }

  /** To be called after a step has changed the arenas. */
  changed(): void {
    this.#version++;
  }

  /** Returns the weights by name for one forward pass, with what adapters add to them. Call it inside a tidy. */
  readonly weights = (): Weights => this.adapted(this.#held.weights());

  /** Returns weights with what adapters add to them. Call it inside a tidy. */
  adapted(weights: Weights): Weights {
    const {lora} = this.#tuning;
    return lora ? loraWeights(weights, this.#config, lora) : weights;
  }

  /**
   * Writes weights from a source, a few megabytes at a time.
   * @throws {WeightsError} where they are those of another model
   */
  async fill(source: WeightSource, signal?: AbortSignal): Promise<void> {
    const held = this.#held;
    await readInto(this.layout, source, (slot, first, numbers) => held.write(slot, first, numbers), signal);
    held.finish();
    this.changed();
  }

  /** Returns a copy of the weights' arena. */
  async readTheta(): Promise<Float32Array> {
    if (this.#held instanceof WideWeights) return this.#held.arena.read(0, this.layout.length);
    const theta = new Float32Array(this.layout.length);
    for (const slot of this.layout.slots) theta.set(await this.#held.read(slot), slot.offset);
    return theta;
  }

  /** Returns the numbers of one slot, without a copy of the rest. */
  async readSlot(arena: keyof ArenaValues, slot: Slot): Promise<Float32Array> {
    if (arena === 'theta') return this.#held.read(slot);
    return this.#made()[arena].read(slot.offset, slot.size);
  }

  async read(): Promise<ArenaValues> {
    const {length} = this.learning;
    const moment = (arena?: ArenaVariables) => arena?.read(0, length) ?? new Float32Array(length);
    const [m, v] = [moment(this.#moments?.m), moment(this.#moments?.v)];
    return {theta: await this.readTheta(), m: await m, v: await v};
  }

  /** Replaces the numbers; moments that are not given become 0. @throws {ConfigError} where the weights can only be read */
  replace({theta, m, v}: Pick<ArenaValues, 'theta'> & Partial<ArenaValues>): void {
    this.changed();
    this.checkTrainable().arena.assign(theta);
    if (!this.#moments && !m && !v) return; // they are zero all the same
    const moments = this.#made();
    moments.m.assign(m ?? new Float32Array(this.learning.length));
    moments.v.assign(v ?? new Float32Array(this.learning.length));
  }

  dispose(): void {
    this.#held.dispose();
    this.#decay?.dispose();
    this.#moments?.m.dispose();
    this.#moments?.v.dispose();
  }
}
