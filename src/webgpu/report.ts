/** What a step leaves to be read: partial sums of the squared gradient, then the mean loss and, after AdamW, the global norm. */

/** Most partial sums. */
export const MOST_PARTIALS = 128;

/**
 * Indices into the report, and its length. `failed` is 0 until a step's loss or norm is not finite; from then on it spoils every loss, so that
 * steps which were submitted before anybody read of that change nothing either.
 */
export const REPORT = {
  loss: MOST_PARTIALS,
  norm: MOST_PARTIALS + 1,
  failed: MOST_PARTIALS + 2,
  length: MOST_PARTIALS + 3,
};

export interface StepReport {
  /** Mean cross-entropy over the labels that count, nats. */
  loss: number;
  /** Global norm before clipping. */
  gradientNorm: number;
}
