/** What an evaluation measures, as named numbers. No tfjs: the page draws them. */

/** Means over the examples of one set, by name. Every task has `loss`, in nats; NaN for a set without an example. */
export interface Metrics {
  loss: number;
  [name: string]: number;
}

/** The metrics of both sets. */
export interface EvalMetrics {
  train: Metrics;
  validation: Metrics;
}
