/** What a step leaves to be read: partial sums of the squared gradient, then the mean loss and, after AdamW, the global norm. */

/** Most partial sums. */
export const MOST_PARTIALS = 128;

/** Indices into the report, and its length. */
export const REPORT = {loss: MOST_PARTIALS, norm: MOST_PARTIALS + 1, length: MOST_PARTIALS + 2};

export interface StepReport {
  /** Mean cross-entropy over the labels that count, nats. */
  loss: number;
  /** Global norm before clipping. */
  gradientNorm: number;
}
