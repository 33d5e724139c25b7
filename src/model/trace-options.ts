/**
 * What if …? Parts of the model that a trace leaves out, to see what they are good for. The weights stay as they are.
 * Plain data: it crosses the worker protocol. No tfjs.
 */
export interface TraceOptions {
  /** `false`: nothing is added for the position, as if `wpe` were all zeros. Default: true. */
  positions?: boolean;
}
