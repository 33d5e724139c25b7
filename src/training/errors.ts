/** What can go wrong in a run, in sentences for the reader. */

/** A loss or gradient that is no longer a number. The weights are those of the last good step. */
export class NumericError extends Error {
  override name = 'NumericError';
  constructor(
    /** The step that failed, 1-based. */
    readonly step: number,
    readonly loss: number,
  ) {
    super(
      `Step ${step} gave a loss or gradient that is not a finite number (${loss}), so it was not applied. The learning rate is ` +
        `probably too high: lower it, or switch gradient clipping on, and continue; the weights are those of the step before.`,
    );
  }
}

/** There is less text than one window of context, or a request does not fit the model. */
export class SessionError extends Error {
  override name = 'SessionError';
}
