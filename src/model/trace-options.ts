/**
 * Changes to a forward pass, to see what a part of the model does: parts are left out, or dropout is added as in training. The weights stay.
 * Plain data, because it crosses the worker protocol. No tfjs.
 */
export interface TraceOptions {
  /** `false`: no position embedding, as if `wpe` were all zeros. Default: true. */
  positions?: boolean;
  /** `false`: no mask, so that every token attends to the whole text. Default: as in the model's configuration. */
  causal?: boolean;
  /** Heads whose output is set to 0, by indices from 0. */
  ablated?: readonly {layer: number; head: number}[];
  /** Drops values as a training step does; the same key drops the same values. Default: none. */
  dropout?: {rate: number; key: number};
}
