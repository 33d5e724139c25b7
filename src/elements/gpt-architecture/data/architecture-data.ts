/** What the map shows of one forward pass. */
import type {ModelFacts, NamedTensor, PassOptions, PassReading} from '../../../engine/protocol.js';
import {oncePerData} from './per-data.js';

export type Config = ModelFacts['config'];

/** A token that may come next. */
export interface Guess {
  id: number;
  token: string;
  probability: number;
  /** The probability with nothing switched off or patched; absent while nothing is. */
  before?: number;
}

/** What the model would predict if it ended at one point of the residual stream. */
export interface StreamGuesses {
  /** The point, by its trace name: `embed`, `h.0.resid_mid`, … The last one is the model’s prediction. */
  at: string;
  /** [T][guesses]: likeliest first. */
  guesses: readonly (readonly Guess[])[];
}

export interface ArchitectureData {
  config: Config;
  /** [T]: each token as text, or as its bytes where it is only a part of a letter. */
  tokens: readonly string[];
  /** [T] */
  ids: readonly number[];
  /** Intermediates of the forward pass by their trace names: at least those of {@link OVERVIEW}. */
  trace: Readonly<Record<string, NamedTensor>>;
  /** In order of computation. */
  stream: readonly StreamGuesses[];
  /** Parts that are switched off: `h.0.attn.2`, `h.1.mlp`, `positions`. */
  off: readonly string[];
  /** Parts whose output is taken from another text. Default: none. */
  patched?: readonly string[];
  /** What switching off and patching change in the forward pass. Default: nothing. */
  changes?: Pick<PassOptions, 'interventions' | 'patches'>;
  /** Weights that were read along. Default: none. */
  weights?: Readonly<Record<string, NamedTensor>>;
  /** What each part adds to the logits of the candidates after a token. */
  attributed?: {position: number; attribution: NonNullable<PassReading['attribution']>};
  /** The training step that the numbers are from; absent for given data. */
  step?: number;
}

/** What the overview draws. */
export const OVERVIEW = [
  'embed.token',
  'embed.position',
  'embed',
  'h.*.attn.probs',
  'h.*.resid_mid',
  'h.*.mlp.hidden',
  'h.*.resid_post',
] as const;

/** Returns one row of a traced [T, …] tensor. @throws {Error} if it was not traced */
export function rowOf({trace}: ArchitectureData, name: string, token: number): ArrayLike<number> {
  const {shape, data} = tensorOf(trace, name);
  const width = shape.at(-1)!;
  return data.subarray(token * width, (token + 1) * width);
}

/** Returns one head’s attention weights of one asking token, [T]. */
export function headRow(
  {trace}: ArchitectureData,
  layer: number,
  head: number,
  token: number,
): ArrayLike<number> {
  const {shape, data} = tensorOf(trace, `h.${layer}.attn.probs`);
  const T = shape.at(-1)!;
  const start = (head * T + token) * T;
  return data.subarray(start, start + T);
}

/** A hidden unit counts as active above this value; GELU leaves most others near 0. */
const ACTIVE = 0.1;

/** Returns how many hidden units of a block’s MLP are active for a token. */
export function activeUnits(data: ArchitectureData, layer: number, token: number): number {
  let count = 0;
  const row = rowOf(data, `h.${layer}.mlp.hidden`, token);
  for (let i = 0; i < row.length; i++) if (row[i]! > ACTIVE) count++;
  return count;
}

/** Returns the length of a token’s vector at a point of the stream. */
export const normAt = (data: ArchitectureData, name: string, token: number): number =>
  normsOf(data, name)[token]!;

const normsOf = oncePerData((data: ArchitectureData, name) =>
  data.tokens.map((_, token) => {
    let sum = 0;
    const row = rowOf(data, name, token);
    for (let i = 0; i < row.length; i++) sum += row[i]! ** 2;
    return Math.sqrt(sum);
  }),
);

/** Returns the length of the vector that was added to a token’s stream between two of its points. */
export function addedAt(data: ArchitectureData, from: string, to: string, token: number): number {
  const [before, after] = [rowOf(data, from, token), rowOf(data, to, token)];
  let sum = 0;
  for (let i = 0; i < after.length; i++) sum += (after[i]! - before[i]!) ** 2;
  return Math.sqrt(sum);
}

/** Returns the points of the residual stream that are drawn, in order. */
export const streamPoints = ({nLayers}: Config): string[] => [
  'embed',
  ...Array.from({length: nLayers}, (_, n) => [`h.${n}.resid_mid`, `h.${n}.resid_post`]).flat(),
];

function tensorOf(trace: ArchitectureData['trace'], name: string) {
  const tensor = trace[name];
  if (!tensor) throw new Error(`The forward pass holds no “${name}”: give it in “values.trace”.`);
  return {shape: tensor.shape, data: tensor.data as Float32Array};
}
