/** What can be read from a forward pass besides its intermediates. Types only: they cross between page and engine. */
import type {GPTConfig} from './config.js';
import type {Intervention, InterventionPlace} from './interventions.js';
import type {NamedTensor} from './named-tensor.js';

/** One part of the model, and what it adds to each target's logit. */
export interface LogitTerm {
  /**
   * What writes into the residual stream, by its trace name: `embed.token`, `embed.position`, `h.0.attn.context` with a head, `h.0.mlp.out`;
   * or the bias that is added: `h.0.attn.c_proj.bias`, `ln_f.bias`.
   */
  at: string;
  head?: number;
  /** [targets], in the order in which they were asked for. */
  values: number[];
}

export interface LogitAttribution {
  /** [targets]. Each logit is the sum of its terms, up to rounding. */
  logits: number[];
  /** In order of computation. */
  terms: LogitTerm[];
}

export interface AttributionOptions {
  /** Index of the token after which the targets would come. Default: the last. */
  position?: number;
  /** Changes to the forward pass. At `attn.out`, `ln_f`, or in the stream itself they leave terms that do not add up to the logits. */
  interventions?: readonly Intervention[];
}

export interface LensOptions {
  /** How many of the likeliest tokens are returned for each position. Default: 5. */
  count?: number;
  /** Tokens whose probabilities are returned as well. Default: none. */
  targets?: readonly number[];
  /** Which points of the stream are read, by their trace names; `*` is a wildcard. Default: after the embeddings and each sublayer. */
  points?: readonly string[];
  /** Changes to the forward pass. Where they leave out the final norm (`skip` at `ln_f`), the points are read without it. */
  interventions?: readonly Intervention[];
  /** Where the norms stand in this pass. Default: where the configuration has them. */
  norm?: GPTConfig['norm'];
}

/** What the model would predict if it ended at one point of the residual stream. */
export interface LensReading {
  /** The point, by its trace name: `embed`, `h.0.resid_mid`, `h.0.resid_post`, … */
  at: string;
  /** [T][count]: the likeliest next tokens at each position, likeliest first. */
  likeliest: {id: number; probability: number}[][];
  /** [T][targets] */
  targets: number[][];
}

/** What is read of one forward pass. */
export interface PassOptions {
  /** Names of intermediates; `*` is a wildcard. Default: none. */
  want?: readonly string[];
  /** Names of weights. Default: none. */
  weights?: readonly string[];
  /** The logit lens: `count` likeliest tokens at each point, and the probabilities of the `followed` final ones at all points. */
  lens?: {count: number; followed: number};
  /** The attribution of what may come after a token. Default targets: the `lens.count` likeliest tokens. */
  attributed?: {position: number; targets?: readonly number[]};
  /** Changes to the forward pass. */
  interventions?: readonly Intervention[];
  /** Changes whose values come from a text of equally many tokens. */
  patches?: {ids: readonly number[]; places: readonly InterventionPlace[]};
}

/** A forward pass with everything that is shown of it: all from the weights of one training step. */
export interface PassReading {
  step: number;
  trace: Record<string, NamedTensor>;
  weights: Record<string, NamedTensor>;
  lens?: {
    /** Token ids: the `targets` of all readings. */
    targets: number[];
    readings: LensReading[];
    /** Of the model as it is, where something is changed. */
    before?: LensReading[];
  };
  /** Of these token ids, in the order of its targets. */
  attribution?: LogitAttribution & {targets: number[]};
}
