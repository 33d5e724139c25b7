/**
 * What if …? A trace that leaves parts of the model out, or adds what only training has, to see what they are good for. The weights stay as they are.
 * Plain data: it crosses the worker protocol. No tfjs.
 */
export interface TraceOptions {
  /** `false`: nothing is added for the position, as if `wpe` were all zeros. Default: true. */
  positions?: boolean;
  /** `false`: no mask, so that every token sees the whole text. Default: as the model was made. */
  causal?: boolean;
  /** Heads that find nothing: what they would pass on is 0. Layers and heads are counted from 0. */
  ablated?: readonly {layer: number; head: number}[];
  /** Drops values as a training step would; the same key drops the same ones. Default: none, as when a model writes. */
  dropout?: {rate: number; key: number};
}
