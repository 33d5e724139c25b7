/** The model that the course shows, asked in Node: the reference on the CPU. */
import '@tensorflow/tfjs-backend-cpu';
import {readFileSync} from 'node:fs';
import {ready, setBackend} from '@tensorflow/tfjs-core';
import {readSafetensors} from '../../../src/checkpoint/safetensors.js';
import type {GPTConfig} from '../../../src/model/config.js';
import type {Intervention} from '../../../src/model/interventions.js';
import {logitLens} from '../../../src/model/logit-lens.js';
import type {NamedTensor} from '../../../src/model/named-tensor.js';
import {parameterLayout, parameterShapes, writeArena} from '../../../src/model/parameters.js';
import {traceForward} from '../../../src/model/trace-forward.js';
import {arenaTensor, sliceArena, weightsFrom} from '../../../src/model/weights.js';
import {loadTokenizer} from '../../../src/tokenizers/load.js';
import type {Tokenizer} from '../../../src/tokenizers/tokenizer.js';

/** A next token, and its probability. */
export interface Guess {
  token: string;
  probability: number;
}

export class ShippedModel {
  readonly config: GPTConfig;
  readonly tokenizer: Tokenizer;
  readonly #weights: ReadonlyMap<string, NamedTensor>;
  readonly #getWeights: () => ReturnType<typeof weightsFrom>;

  private constructor(config: GPTConfig, tokenizer: Tokenizer, weights: ReadonlyMap<string, NamedTensor>) {
    this.config = config;
    this.tokenizer = tokenizer;
    this.#weights = weights;
    const layout = parameterLayout(config);
    const arena = new Float32Array(layout.length);
    writeArena(
      layout,
      arena,
      parameterShapes(config).map(([name, shape]) => [name, {shape, data: weights.get(name)!.data}]),
    );
    const held = arenaTensor(arena);
    this.#getWeights = () => weightsFrom(layout, sliceArena(layout, held));
  }

  /** @param file the path of `tiny-tales.safetensors` */
  static async load(file: string): Promise<ShippedModel> {
    await setBackend('cpu');
    await ready();
    const {tensors, metadata} = readSafetensors(readFileSync(file));
    const tokenizer = await loadTokenizer(JSON.parse(metadata.get('tokenizer')!));
    return new ShippedModel(
      JSON.parse(metadata.get('config')!),
      tokenizer,
      tensors as unknown as ReadonlyMap<string, NamedTensor>,
    );
  }

  weight(name: string): NamedTensor {
    return this.#weights.get(name)!;
  }

  /** Returns one intermediate of a text, as rows along its last axis: of a tensor [H, T, T], the rows of head 0 come first. */
  async rows(text: string, at: string, interventions: readonly Intervention[] = []): Promise<Float32Array[]> {
    const ids = this.tokenizer.encode(text);
    const {shape, data} = (await traceForward(this.#getWeights, this.config, ids, [at], {interventions})).get(
      at,
    )!;
    const width = shape.at(-1)!;
    return Array.from({length: data.length / width}, (_, row) =>
      (data as Float32Array).slice(row * width, (row + 1) * width),
    );
  }

  /** Returns what may come after a text, likeliest first. */
  async guesses(text: string, interventions: readonly Intervention[] = []): Promise<Guess[]> {
    const probs = (await this.rows(text, 'probs', interventions)).at(-1)!;
    return this.ranked(probs).map(([id, probability]) => ({
      token: this.tokenizer.decode([id]),
      probability,
    }));
  }

  /** Returns the ids of a row [V] with their values, largest first. */
  ranked(row: Float32Array): [id: number, value: number][] {
    return [...row.entries()].sort(([, a], [, b]) => b - a);
  }

  /** Returns the likeliest next token after each token of a text [T], if the model ended at one point of the stream. */
  async firstGuesses(text: string, at: string): Promise<string[]> {
    const ids = this.tokenizer.encode(text);
    const [reading] = await logitLens(this.#getWeights, this.config, ids, {points: [at], count: 1});
    return reading!.likeliest.map(([first]) => this.tokenizer.decode([first!.id]));
  }

  /** Returns the mean loss of a text's tokens after the first, in nats. */
  async loss(text: string, interventions: readonly Intervention[] = []): Promise<number> {
    const ids = this.tokenizer.encode(text);
    const probs = await this.rows(text, 'probs', interventions);
    const losses = ids.slice(1).map((id, t) => -Math.log(probs[t]![id]!));
    return losses.reduce((a, b) => a + b) / losses.length;
  }
}
