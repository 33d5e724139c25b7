/** Arenas as tfjs variables: the weights and AdamW's moments, each one flat tensor. */
import {keep, slice, type Tensor1D, tensor1d, tidy, type Variable, variable} from '@tensorflow/tfjs-core';
import {ConfigError, type GPTConfig} from '../model/config.js';
import {type FineTuning, fineTuningLayout, learningLayout} from '../model/fine-tuning.js';
import {loraWeights} from '../model/lora.js';
import type {WeightDtype} from '../model/memory.js';
import type {ParameterLayout, Slot} from '../model/parameters.js';
import {readInto, type WeightSource} from '../model/weight-source.js';
import type {Weights} from '../model/weights.js';
import {decayMask} from './adamw.js';
import type {HeldWeights} from './held-weights.js';
import {largestPiece} from './matrix-on-gpu.js';
import {moveInto} from './move-into.js';
import {ReadOnlyWeights} from './read-only-weights.js';
import {WideWeights} from './wide-weights.js';

const zerosVariable = (length: number): Variable =>
  tidy(() => variable(tensor1d(new Float32Array(length)), false));

/** The arenas' numbers: weights in the order of the layout, first and second moments in that of what is trained. */
export interface ArenaValues {
  theta: Float32Array;
  m: Float32Array;
  v: Float32Array;
}

/** The weights of a model and AdamW's two moments, on the backend. */
export class ModelArenas {
  /** Of the weights. */
  readonly layout: ParameterLayout;
  /** Of the moments: the slots that are trained. */
  readonly learning: ParameterLayout;
  readonly #held: WideWeights | ReadOnlyWeights;
  readonly #config: GPTConfig;
  readonly #tuning: FineTuning;
  #version = 0;
  /** None before a step is made: a model that only writes has no room to spare for them. */
  #moments?: {m: Variable; v: Variable};
  #decay?: Tensor1D;

  /**
   * Starts with zero moments.
   * @param theta initial weights, in the order of `fineTuningLayout`, or how they are to be held: they are then 0 until `fill`
   * @param pieceBytes of the largest buffer. Weights that are to be filled and are larger can then only be read. Default: what the device gives
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
    const isReadOnly = theta === 'float16' || (theta === 'float32' && 4 * this.layout.length > pieceBytes);
    this.#held = isReadOnly
      ? new ReadOnlyWeights(this.layout, theta, pieceBytes)
      : new WideWeights(this.layout, theta === 'float32' ? undefined : theta);
  }

  /** How the weights are held. */
  get held(): HeldWeights {
    return this.#held;
  }

  /** The weights where they can only be read: in 16 bits, or too large for one buffer. */
  get readOnly(): ReadOnlyWeights | undefined {
    return this.#held instanceof ReadOnlyWeights ? this.#held : undefined;
  }

  /** @throws {ConfigError} where the weights can only be read */
  get theta(): Variable {
    return this.checkTrainable().theta;
  }

  /** @throws {ConfigError} where the weights can only be read */
  checkTrainable(): WideWeights {
    if (this.#held instanceof WideWeights) return this.#held;
    if (this.#held.dtype === 'float32') {
      const megabytes = Math.round((4 * this.layout.length) / 1e6).toLocaleString('en');
      throw new ConfigError(
        `This model’s weights take ${megabytes} MB, more than this device gives in one piece. It holds them in several, which is enough to ` +
          'read and write with the model, but not to change it. To train it, open this page on a device with more graphics memory, or choose a smaller model.',
      );
    }
    throw new ConfigError(
      'This model’s weights are held in 16 bits, which is enough to read and write with it, but not to change it. ' +
        'To train it, load it with dtype="float32", which takes twice the memory for the weights and four times that for a step.',
    );
  }

  get m(): Variable {
    return this.#made().m;
  }

  get v(): Variable {
    return this.#made().v;
  }

  #made(): {m: Variable; v: Variable} {
    if (!this.#moments) {
      const {length} = this.learning;
      this.#moments = {m: zerosVariable(length), v: zerosVariable(length)};
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
    if (this.#held instanceof WideWeights)
      return Float32Array.from((await this.theta.data()) as Float32Array);
    const theta = new Float32Array(this.layout.length);
    for (const slot of this.layout.slots) theta.set(await this.#held.read(slot), slot.offset);
    return theta;
  }

  /** Returns the numbers of one slot, without a copy of the rest. */
  async readSlot(arena: keyof ArenaValues, slot: Slot): Promise<Float32Array> {
    if (arena === 'theta') return this.#held.read(slot);
    const part = tidy(() => slice(this[arena] as unknown as Tensor1D, [slot.offset], [slot.size]));
    try {
      return Float32Array.from((await part.data()) as Float32Array);
    } finally {
      part.dispose();
    }
  }

  async read(): Promise<ArenaValues> {
    const zeros = () => new Float32Array(this.learning.length);
    if (!this.#moments) return {theta: await this.readTheta(), m: zeros(), v: zeros()};
    const [m, v] = [this.m.data(), this.v.data()] as Promise<Float32Array>[];
    return {theta: await this.readTheta(), m: Float32Array.from(await m!), v: Float32Array.from(await v!)};
  }

  /** Replaces the numbers; moments that are not given become 0. @throws {ConfigError} where the weights can only be read */
  replace({theta, m, v}: Pick<ArenaValues, 'theta'> & Partial<ArenaValues>): void {
    this.changed();
    moveInto(this.theta, tensor1d(theta));
    if (!this.#moments && !m && !v) return; // they are zero all the same
    moveInto(this.m, tensor1d(m ?? new Float32Array(this.learning.length)));
    moveInto(this.v, tensor1d(v ?? new Float32Array(this.learning.length)));
  }

  dispose(): void {
    this.#held.dispose();
    this.#decay?.dispose();
    this.#moments?.m.dispose();
    this.#moments?.v.dispose();
  }
}
