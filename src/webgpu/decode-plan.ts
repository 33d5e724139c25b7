/**
 * Decoding as a plan: 4 L + 3 dispatches a token, many tokens a submission, the draw on the GPU. The forward pass of training reads a prompt,
 * all its tokens at once. It writes what `generate` in training/generate.ts writes, also beyond the context.
 */
import {key} from '../math/rng.js';
import {
  checkSampling,
  checkTokenCount,
  LEAST_PROBABILITY,
  type SamplingOptions,
  scoresNotFinite,
} from '../math/sampling-options.js';
import type {GPTConfig} from '../model/config.js';
import {Executor, type GivenBuffers} from './executor.js';
import type {GeneratedToken} from './generated-token.js';
import {DRAWN_WORDS, MOST_CANDIDATES} from './kernels/decode/sample.js';
import {cacheName, type DecodeProgram, decodeProgram, MOST_DRAWS} from './planner/decode-program.js';
import {type PrefillProgram, prefillProgram} from './planner/prefill-program.js';
import type {SeparateMatrices} from './planner/separate-layout.js';
import {PlanError} from './program.js';
import type {Progress} from './progress.js';
import {type Variant, variantFor} from './variant.js';

export type {GeneratedToken} from './generated-token.js';
export {MOST_CANDIDATES, MOST_DRAWS};

export interface DecodePlanSpec {
  device: GPUDevice;
  config: GPTConfig;
  weights: DecodeWeights;
  /** Default: the one for this device. */
  variant?: Variant;
  onProgress?: Progress;
}

export interface DecodeWeights {
  /**
   * Returns the buffers that hold them now, by name: `theta`, or, of an arena in several parts, by `partName`; with `separate`, biases and norms
   * in `theta` and each matrix by its own name, those of a table in parts by `rowParts`.
   */
  buffers(): GivenBuffers;
  /** How matrices in buffers of their own are held. Default: the arena holds all in 32 bits. */
  separate?: SeparateMatrices;
  /** Bytes of the largest buffer of the arena: a larger one is in parts. Default: no limit. */
  pieceBytes?: number;
  /** Submits pending work that changes them. */
  flush(): void;
  /** Differs from before where they changed: the KV cache is then stale. Default: they never change. */
  version?(): number;
}

export interface DecodeOptions extends SamplingOptions {
  /** Fixes the draws. Default 0. */
  seed?: number;
  /** How many of the likeliest eligible tokens are returned with each token: at most `MOST_CANDIDATES`. Default 0. */
  candidates?: number;
}

/** A text that is being written: the prompt and the tokens after it. `begin` makes one. */
export interface Writing {
  readonly ids: readonly number[];
}

/** Lower ones draw from the same tokens; a quotient by this one is still finite in float32. */
const LEAST_TEMPERATURE = 1e-25;

/** Up to this share of the context, new tokens are read one after another; for more, the forward pass reads a whole context at once. */
const READ_SINGLY_SHARE = 1 / 4;

export class DecodePlan {
  readonly #staging: GPUBuffer;
  #prefill?: Prefill;
  /** Which text's rows the KV cache holds, with which weights, and how many. */
  #cache?: {text: Text; version: number; rows: number};
  #working: Promise<unknown> = Promise.resolve();

  readonly #spec: DecodePlanSpec;
  readonly #executor: Executor;

  private constructor(
    spec: DecodePlanSpec,
    readonly program: DecodeProgram,
    executor: Executor,
  ) {
    this.#spec = spec;
    this.#executor = executor;

    this.#staging = spec.device.createBuffer({
      label: 'drawn tokens',
      size: 4 * DRAWN_WORDS * MOST_DRAWS,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
  }

  /**
   * Plans, compiles and allocates.
   * @throws {PlanError} on a configuration that cannot be planned
   * @throws {KernelError} where the device refuses a kernel
   */
  static async create(spec: DecodePlanSpec): Promise<DecodePlan> {
    const variant = spec.variant ?? variantFor(spec.device, spec.config.embDim);
    const {separate, pieceBytes} = spec.weights;
    const program = decodeProgram(spec.config, variant, separate, pieceBytes);
    return new DecodePlan(spec, program, await Executor.prepare(spec.device, program, spec.onProgress));
  }

  /**
   * Starts a text. Several can be written alternately; when one continues after another, it is read again from its start.
   * @param promptIds token ids of the prompt
   * @throws {PlanError} on an empty prompt, or an id outside the vocabulary
   * @throws {SamplingError} on a setting outside its range
   */
  begin(promptIds: ArrayLike<number>, options: DecodeOptions = {}): Writing {
    const ids = Array.from(promptIds);
    const {vocabSize} = this.#spec.config;
    const strange = ids.find((id) => !(id >= 0 && id < vocabSize));
    if (ids.length === 0)
      throw new PlanError('There is no token to start from: give the model at least one.');
    if (strange !== undefined)
      throw new PlanError(
        `There is no token ${strange} in this model’s vocabulary, whose ids run from 0 to ${vocabSize - 1}.`,
      );
    const {seed = 0, candidates = 0} = options;
    checkTokenCount('number of candidates', candidates);
    return new Text(ids, {...checkSampling(options), seed, candidates});
  }

  /** Returns the next tokens of a text, at most `MOST_DRAWS`, drawn in one submission. */
  next(text: Writing, count: number): Promise<GeneratedToken[]> {
    const work = () => this.#draw(text as Text, Math.min(count, MOST_DRAWS));
    const result = this.#working.then(work);
    this.#working = result.catch(() => undefined);
    return result;
  }

  /**
   * Continues a prompt, token by token. Stop it by leaving the loop.
   * @param options.tokensPerSubmit tokens that are drawn in one submission; default `MOST_DRAWS`
   */
  async *generate(
    promptIds: ArrayLike<number>,
    {
      maxNewTokens,
      tokensPerSubmit = MOST_DRAWS,
      ...options
    }: DecodeOptions & {maxNewTokens: number; tokensPerSubmit?: number},
  ): AsyncGenerator<GeneratedToken> {
    checkTokenCount('number of new tokens', maxNewTokens);
    const text = this.begin(promptIds, options);
    for (let left = maxNewTokens; left > 0; left -= tokensPerSubmit)
      yield* await this.next(text, Math.min(left, tokensPerSubmit));
  }

  /** Frees everything but the weights. */
  dispose(): void {
    this.#executor.dispose();
    this.#prefill?.dispose();
    this.#staging.destroy();
  }

  async #draw(text: Text, count: number): Promise<GeneratedToken[]> {
    const {weights, config} = this.#spec;
    const {contextLength} = config;
    const window = text.ids.slice(-contextLength);
    const last = window.length - 1; // the position of the token that is read before the first draw
    const version = weights.version?.() ?? 0;
    const known = this.#rowsOf(text, version);
    const atOnce = last - known > READ_SINGLY_SHARE * contextLength;
    if (atOnce || last + count > contextLength)
      this.#prefill ??= await Prefill.create(this.#spec, this.#executor);

    const slides = last + count > contextLength;
    this.#cache = slides ? undefined : {text, version, rows: last + count};
    this.#upload(text, window, atOnce ? last : known);
    this.#submit(known, last, count, atOnce);
    const tokens = await this.#collect(text, count);
    text.ids.push(...tokens.map(({id}) => id));
    return tokens;
  }

  /** Returns how many rows of the cache are valid for a text: none once its start has left the window, which shifts every position. */
  #rowsOf(text: Text, version: number): number {
    const cache = this.#cache;
    const holds = cache?.text === text && cache.version === version;
    return holds && text.ids.length <= this.#spec.config.contextLength ? cache.rows : 0;
  }

  /** Uploads the sampling settings, the window of token ids, and where to begin. */
  #upload(text: Text, window: number[], position: number): void {
    const executor = this.#executor;
    const {vocabSize} = this.#spec.config;
    const {temperature, topK, topP, seed, candidates} = text.options;
    executor.values.set({
      temperature: temperature && Math.max(temperature, LEAST_TEMPERATURE),
      tailMass: 1 - topP,
      topK: topK > 0 ? Math.min(topK, vocabSize) : vocabSize,
      drawKey: key(seed),
      candidates: Math.min(candidates, MOST_CANDIDATES),
    });
    executor.upload();
    const {queue} = executor.device;
    queue.writeBuffer(executor.buffer('tokens'), 0, Uint32Array.from(window));
    queue.writeBuffer(executor.buffer('state'), 0, Uint32Array.of(position, text.drawn));
  }

  /**
   * Draws `count` tokens after the one at position `last` into `staging`. Up to the end of the context a draw reads one token; beyond it the
   * window shifts with every token, which changes every position, so that the whole window is read again.
   * @param known valid rows of the cache
   * @param atOnce whether the forward pass reads the window before the first draw
   */
  #submit(known: number, last: number, count: number, atOnce: boolean): void {
    const executor = this.#executor;
    const {program} = this;
    const spec = this.#spec;
    const {contextLength} = spec.config;
    const weights = spec.weights.buffers();
    executor.bind(weights);
    this.#prefill?.bind(weights);
    spec.weights.flush();
    const encoder = spec.device.createCommandEncoder();
    let pass: GPUComputePassEncoder | undefined;
    const encode = (start: number, end: number) => {
      executor.encode((pass ??= encoder.beginComputePass()), start, end);
    };
    if (!atOnce)
      for (let position = known; position < last; position++) {
        encode(0, program.reading);
        encode(program.drawing, program.drawing + 1);
      }
    for (let position = last; position < last + count; position++) {
      if (position >= contextLength || (atOnce && position === last)) {
        pass?.end();
        pass = undefined;
        this.#prefill!.encode(encoder, Math.max(0, position + 1 - contextLength), position);
        encode(program.reading, program.drawing);
      } else encode(0, program.drawing);
    }
    pass?.end();
    encoder.copyBufferToBuffer(
      executor.buffer('drawn'),
      4 * DRAWN_WORDS * (last + 1),
      this.#staging,
      0,
      4 * DRAWN_WORDS * count,
    );
    spec.device.queue.submit([encoder.finish()]);
  }

  async #collect({options}: Text, count: number): Promise<GeneratedToken[]> {
    const size = 4 * DRAWN_WORDS * count;
    await this.#staging.mapAsync(GPUMapMode.READ, 0, size);
    const bytes = this.#staging.getMappedRange(0, size).slice(0);
    this.#staging.unmap();
    const ids = new Uint32Array(bytes);
    const probabilities = new Float32Array(bytes);
    const entry = (word: number) => ({id: ids[word]!, probability: probabilities[word + 1]!});
    const listed = Math.min(options.candidates, options.temperature === 0 ? 1 : MOST_CANDIDATES);
    return Array.from({length: count}, (_, n) => {
      const first = n * DRAWN_WORDS;
      const drawn = entry(first);
      if (!(drawn.probability > 0)) throw scoresNotFinite();
      const candidates = Array.from({length: listed}, (_, c) => entry(first + 2 * c + 2));
      return {...drawn, candidates: candidates.filter(({probability}) => probability >= LEAST_PROBABILITY)};
    });
  }
}

/** See `Writing`. */
class Text implements Writing {
  readonly #promptLength: number;

  constructor(
    readonly ids: number[],
    readonly options: Required<DecodeOptions>,
  ) {
    this.#promptLength = ids.length;
  }

  /** Tokens drawn so far: the index into the stream of random numbers. */
  get drawn(): number {
    return this.ids.length - this.#promptLength;
  }
}

/** Reads a whole window of tokens at once, into the cache. */
class Prefill {
  readonly #config: GPTConfig;
  readonly #program: PrefillProgram;
  readonly #executor: Executor;
  readonly #decoding: Executor;

  private constructor(config: GPTConfig, program: PrefillProgram, executor: Executor, decoding: Executor) {
    this.#config = config;
    this.#program = program;
    this.#executor = executor;
    this.#decoding = decoding;
  }

  static async create(
    {device, config, variant, weights}: DecodePlanSpec,
    decoding: Executor,
  ): Promise<Prefill> {
    const {separate, pieceBytes} = weights;
    const program = prefillProgram(
      config,
      variant ?? variantFor(device, config.embDim),
      separate,
      pieceBytes,
    );
    return new Prefill(config, program, await Executor.prepare(device, program), decoding);
  }

  bind(weights: GivenBuffers): void {
    const caches = Array.from({length: this.#config.nLayers}, (_, n) => cacheName(n));
    this.#executor.bind({
      ...weights,
      ...Object.fromEntries(caches.map((name) => [name, this.#decoding.buffer(name)])),
    });
  }

  /** Reads the tokens at positions `first` to `last`, and copies the residual stream of the last one to decoding's `x`. */
  encode(encoder: GPUCommandEncoder, first: number, last: number): void {
    const program = this.#program;
    const executor = this.#executor;
    const decoding = this.#decoding;
    const config = this.#config;
    const {contextLength, embDim} = config;
    const ids = executor.buffer(program.ids.buffer);
    // Always a whole context: later positions do not change earlier ones.
    encoder.copyBufferToBuffer(
      decoding.buffer('tokens'),
      4 * first,
      ids,
      4 * program.ids.offset,
      4 * contextLength,
    );
    const pass = encoder.beginComputePass();
    executor.encode(pass);
    pass.end();
    const row = 4 * embDim;
    const stream = executor.buffer(program.stream.buffer);
    encoder.copyBufferToBuffer(stream, (last - first) * row, decoding.buffer('x'), 0, row);
  }

  dispose(): void {
    this.#executor.dispose();
  }
}
