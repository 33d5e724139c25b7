/** The recurrent network of the comparison, computed in slices: what its last state still feels of each token of the text. */
import {
  influenceByDistance,
  type RecurrentNetwork,
  randomRecurrent,
  recurrentStates,
  scaled,
} from '../../math/recurrent.js';
import {key, normals} from '../../math/rng.js';
import {Slice} from '../../tokenizers/slices.js';

/** A wider state would take seconds: the work grows with its cube. */
export const WIDEST = 128;
/** Standard deviation of the tokens' vectors: small, as a GPT's are before training, so that tanh starts out nearly linear. */
export const TOKEN_SPREAD = 0.1;
/** Below the keys of the network's own weights there are two streams; this is the tokens'. */
const TOKEN_STREAM = 2;

export interface BottleneckQuestion {
  tokens: readonly string[];
  /** C of the state. */
  width: number;
  /** Spectral radius of W. */
  radius: number;
  seed: number;
}

/** A random vector for each token; the same token has the same. [T, C] */
export function tokenVectors(tokens: readonly string[], width: number, seed: number): Float32Array[] {
  const kinds = [...new Set(tokens)];
  const vectors = new Map(
    kinds.map((token, kind) => [token, normals(width, 0, TOKEN_SPREAD, key(seed, TOKEN_STREAM, kind))]),
  );
  return tokens.map((token) => vectors.get(token)!);
}

export class Bottleneck {
  /** At d: how strongly the last state feels the token d steps back, as a share of what it feels of the last one. */
  felt?: Float64Array;
  /** What `felt` is the answer to. */
  answered?: BottleneckQuestion;

  #wanted?: BottleneckQuestion;
  #ending?: AbortController;
  /** With spectral radius 1, for the width and seed last asked for. */
  #unit?: {network: RecurrentNetwork; seed: number};

  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Computes, unless that is what is there. What is under way comes to its end first, so that a slider's curve follows it. */
  ask(question: BottleneckQuestion): void {
    if (this.#wanted && isSame(this.#wanted, question)) return;
    this.#wanted = question;
    if (this.#ending) return;
    this.#ending = new AbortController();
    void this.#run(this.#ending.signal);
  }

  stop(): void {
    this.#ending?.abort();
    this.#ending = this.#wanted = undefined;
  }

  async #run(signal: AbortSignal): Promise<void> {
    try {
      for (let question = this.#wanted!; question !== this.answered; question = this.#wanted!) {
        const norms = await this.#compute(question, signal);
        signal.throwIfAborted();
        this.felt = norms.map((norm) => norm / norms[0]!);
        this.answered = question;
        this.#onChange();
      }
      this.#ending = undefined;
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #compute(
    {tokens, width, radius, seed}: BottleneckQuestion,
    signal: AbortSignal,
  ): Promise<Float64Array> {
    const slice = new Slice(signal);
    await slice.next(); // what the reader moves is drawn first
    if (this.#unit?.network.width !== width || this.#unit.seed !== seed) {
      this.#unit = {network: randomRecurrent(width, 1, seed), seed};
      await slice.next();
    }
    const network = scaled(this.#unit.network, radius);
    const states = recurrentStates(network, tokenVectors(tokens, width, seed));
    const steps = influenceByDistance(network, states);
    let step = steps.next();
    for (; !step.done; step = steps.next()) if (slice.isOver) await slice.next();
    return step.value;
  }
}

const isSame = (a: BottleneckQuestion, b: BottleneckQuestion): boolean =>
  a.tokens === b.tokens && a.width === b.width && a.radius === b.radius && a.seed === b.seed;
